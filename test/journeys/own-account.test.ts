// Staying signed in, another account, signing out, the language, and an app in place of a phone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { password } from '../cast/house.ts';
import { inbox } from '../cast/mail.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, openSecurityInfo, signIn } from '../cast/steps.ts';

const at = stage(async () => undefined);
const day = 24 * 60 * 60_000;

test('who stays signed in is not asked again for thirty days; who does not, is asked after the browser was closed', async () => {
  const { loginName } = await at.house.given.user('Hanako');
  const stays = await at.person({ story: 'stays signed in' });
  await stays.open(at.mail.url);
  await signIn(stays, loginName);
  await stays.sees('この端末では30日間サインインを求められません。');
  await stays.press('はい');
  await stays.sees(inbox);
  await stays.closeAndReturn();
  await stays.open(at.mail.url);
  await stays.sees(`${inbox}: Hanako`);
  at.house.clock.pass(31 * day);
  await stays.open(at.mail.url);
  await stays.sees('アカウント');
  await stays.leave();

  const leaves = await at.person({ story: 'does not stay' });
  await leaves.open(at.mail.url);
  await signIn(leaves, loginName);
  await doNotStay(leaves);
  await leaves.sees(inbox);
  await leaves.closeAndReturn();
  await leaves.open(at.mail.url);
  await leaves.sees('アカウント');
  await leaves.leave();
});

test('another account begins anew, and nothing of the first one is left', async () => {
  const first = await at.house.given.user('Jiro');
  const second = await at.house.given.user('Saburo');
  const person = await at.person({ story: 'another account' });
  await person.open(at.mail.url);
  await person.fill('アカウント', first.loginName);
  await person.press('次へ');
  await person.sees(first.loginName);
  await person.press('別のアカウントを使用する');
  await person.sees('アカウント');
  assert.equal(await person.page.getByLabel('アカウント', { exact: true }).inputValue(), '');
  await signIn(person, second.loginName);
  await doNotStay(person);
  await person.sees(`${inbox}: Saburo`);
  await person.leave();
});

test('who signs out is out: not by the back button, and not in the applications that ask again', async () => {
  const { loginName } = await at.house.given.user('Sakura');
  const sakura = await at.person({ story: 'signs out' });
  await sakura.open('/');
  await signIn(sakura, loginName);
  await doNotStay(sakura);
  await sakura.sees('マイ アプリ', 'メール');
  await sakura.picture('my-apps');
  await sakura.press('アカウント メニュー');
  await sakura.press('サインアウト');
  await sakura.sees('サインアウトしました');
  await sakura.picture('signed-out');
  await sakura.page.goBack();
  await sakura.sees('アカウント');
  assert.equal(await sakura.has('アカウントを表示'), false);
  await sakura.open(at.mail.url);
  await sakura.sees('アカウント');
  await sakura.leave();
});

test('the language that is chosen at the foot of a page stays, through the sign-in and after it', async () => {
  const { loginName } = await at.house.given.user('Emily', { phone: '+819088880001', language: 'ja' });
  const emily = await at.person({ story: 'language', language: 'ja' });
  await emily.open('/');
  await emily.sees('サインイン');
  await emily.press('English');
  await emily.sees('Sign in');
  await emily.fill('Account', loginName);
  await emily.press('Next');
  await emily.fill('Password', password);
  await emily.press('Sign in');
  await emily.sees('Stay signed in?');
  await emily.press('No');
  await emily.sees('My apps');
  assert.equal(await emily.page.locator('html').getAttribute('lang'), 'en');
  await emily.press('日本語');
  await emily.sees('マイ アプリ');
  await emily.leave();
});

test('an app is registered by the secret that is typed into it, and proves who signs in', async () => {
  await at.house.given.multiFactorEverywhere();
  at.house.clock.pass(1_001);
  const { loginName } = await at.house.given.user('Ken');
  const ken = await at.person({ story: 'app' });
  await ken.open(at.mail.url);
  await signIn(ken, loginName);
  await ken.press('次へ');
  await ken.press('認証アプリ');
  await ken.sees('認証アプリの設定');
  await ken.picture('set-up');
  await ken.press('画像を読み取れない場合');
  await ken.sees(loginName);
  const key = ((await ken.page.locator('.copyable code').last().textContent()) ?? '').replaceAll(' ', '');
  assert.match(key, /^[A-Z2-7]{32}$/);
  await ken.picture('typed');
  const secret = bytesOf(key);
  const codeNow = (): string => hotp(secret, stepOf(at.house.clock.now()));
  await ken.fill('アプリまたは端末の名前', 'けんのスマホ');
  await ken.press('次へ');
  await ken.fill('コード', codeNow());
  await ken.press('検証');
  await ken.sees('認証アプリが追加されました');
  await ken.picture('added');
  await ken.press('完了');
  await doNotStay(ken);
  await ken.sees(`${inbox}: Ken (mfa otp pwd)`);
  await ken.leave();

  at.house.clock.pass(60_000);
  // A used code is known as one while its minute lasts, and nobody hurries here.
  at.house.clock.stand();
  const again = await at.person({ story: 'app, again' });
  await again.open('/');
  await signIn(again, loginName);
  await again.press('認証アプリのコードを使用する：けんのスマホ');
  const code = codeNow();
  await again.fill('コード', code.replace(/(\d{3})/, '$1 '));
  await again.press('検証');
  await doNotStay(again);
  await openSecurityInfo(again);
  await again.sees('けんのスマホ');
  await again.picture('security-info');

  const thief = await at.person({ story: 'app, replayed' });
  await thief.open('/');
  await signIn(thief, loginName);
  await thief.press('認証アプリのコードを使用する：けんのスマホ');
  await thief.fill('コード', code);
  await thief.press('検証');
  await thief.sees('このコードは使用済みです。');
  await thief.leave();
  await again.leave();
});

/** RFC 4648 §6 */
function bytesOf(base32: string): Buffer {
  const bits = [...base32].map(sign =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map(byte => Number.parseInt(byte, 2)));
}
