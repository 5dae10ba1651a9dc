// Passkeys in a real browser, whose fingerprint reader is a virtual one.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Person } from '../cast/chromium.ts';
import { sideways, smallTargets, violations } from '../cast/page-checks.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, openSecurityInfo, signIn } from '../cast/steps.ts';
import { type VirtualAuthenticator, virtualAuthenticator } from '../cast/virtual-authenticator.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

async function noFaults(who: Person): Promise<void> {
  assert.deepEqual(await violations(who.page), []);
  assert.deepEqual(await sideways(who.page), []);
  assert.deepEqual(await smallTargets(who.page), []);
}

/** Signs in by a text, and adds a passkey to the phone. */
async function withPasskey(
  name: string,
  number: string,
  transport: 'internal' | 'usb' = 'internal',
): Promise<{ who: Person; device: VirtualAuthenticator; loginName: string }> {
  const { loginName } = await at.house.given.user(name, { phone: number });
  const phone = at.telephone(number);
  const who = await at.person({ story: `passkey-${name.toLowerCase()}` });
  const device = await virtualAuthenticator(who, transport);
  await who.open('/');
  await signIn(who, loginName);
  await who.press(`+81 XX-XXXX-XX${number.slice(-2)} にSMSを送信`);
  await who.fill('コード', await phone.code());
  await who.press('検証');
  await doNotStay(who);
  await openSecurityInfo(who);
  await who.press('+ サインイン方法の追加');
  await who.press('パスキー');
  await who.sees('パスキーの設定');
  await who.picture('explained');
  await noFaults(who);
  await who.press('次へ');
  await who.sees('パスキーが追加されました');
  await who.picture('added');
  await who.press('完了');
  await who.sees('セキュリティ情報', 'パスキー');
  await who.picture('security-info');
  assert.equal(await device.count(), 1);
  return { who, device, loginName };
}

async function signOut(who: Person): Promise<void> {
  await who.press('アカウント メニュー');
  await who.press('サインアウト');
  await who.sees('サインアウトしました');
}

/** By name and password to the list of ways; the device, which would answer the first page at once, is not touched. */
async function toTheWays(who: Person, device: VirtualAuthenticator, loginName: string): Promise<void> {
  await device.isTouched(false);
  await who.open('/');
  await signIn(who, loginName);
  await who.sees('ID の確認');
  await device.isTouched(true);
}

test('a passkey is added with a finger, and proves who one is after the password', async () => {
  const { who, device, loginName } = await withPasskey('Aki', '+819012340001');
  await signOut(who);
  await toTheWays(who, device, loginName);
  await who.picture('choose');
  await who.press('パスキーを使用する：端末のパスキー');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
});

test('a passkey is called by another name, which its choice shows; no name is a telephone number', async () => {
  const { who, device, loginName } = await withPasskey('Hina', '+819012340008');
  await who.press('名前の変更');
  await who.fill('名前', '+81 90 1234 5678');
  await who.press('保存');
  await who.sees('電話番号ではなく、名前を入力してください。');
  await who.fill('名前', '研究室のノートパソコン');
  await who.press('保存');
  await who.sees('名前を保存しました。', '研究室のノートパソコン');
  await noFaults(who);
  await signOut(who);
  await toTheWays(who, device, loginName);
  await who.press('パスキーを使用する：研究室のノートパソコン');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
});

test('whoever has a passkey signs in without name and password', async () => {
  const { who, device, loginName } = await withPasskey('Fumi', '+819012340006');
  await signOut(who);
  await device.isTouched(false);
  await who.open('/');
  await who.sees('サインイン オプション', 'パスキーでサインイン');
  await who.picture('sign-in-page');
  await noFaults(who);
  await device.isTouched(true);
  await who.press('パスキーでサインイン');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.open('/account');
  await who.sees(loginName);
  await who.leave();
});

// Chromium's virtual device stands for the person who chooses it in that list.
test('the browser offers the passkey in the list of the account field', async () => {
  const { who, loginName } = await withPasskey('Gen', '+819012340007');
  await signOut(who);
  const asked: string[] = [];
  await who.page.exposeFunction('wasAsked', (how: string) => asked.push(how));
  await who.page.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = options => {
      (window as unknown as { wasAsked(how: string): void }).wasAsked(
        JSON.stringify([
          options?.mediation,
          document.querySelector('[name=account]')?.getAttribute('autocomplete'),
        ]),
      );
      return get(options);
    };
  });
  await who.open('/');
  await doNotStay(who);
  // Nothing but the list asked: a window of the browser's own would have come without anybody wanting it.
  assert.deepEqual(asked, [JSON.stringify(['conditional', 'username webauthn'])]);
  await who.sees('マイ アプリ');
  await who.open('/account');
  await who.sees(loginName);
  await who.leave();
});

test('a finger that the device does not know opens nothing, and the page says what to do', async () => {
  const { who, device, loginName } = await withPasskey('Beni', '+819012340002');
  await signOut(who);
  await device.recognises(false);
  await toTheWays(who, device, loginName);
  await who.press('パスキーを使用する：端末のパスキー');
  await who.sees('応答がありませんでした');
  await who.picture('declined');
  await noFaults(who);
  await device.recognises(true);
  await who.press('パスキーを使用');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
});

test('a security key is added at the USB port and called so; a copy of it that counted less is refused, and another way leads in', async () => {
  const { who, device, loginName } = await withPasskey('Chie', '+819012340003', 'usb');
  await who.sees('セキュリティ キー');
  await signOut(who);
  await device.countsFrom(0);
  await toTheWays(who, device, loginName);
  await who.press('パスキーを使用する：セキュリティ キー');
  await who.sees('複製が使用されている可能性');
  await who.picture('cloned');
  await who.press('別の方法でサインイン');
  await who.sees('ID の確認');
  await who.leave();
});

test('the same device is not registered twice', async () => {
  const { who, device } = await withPasskey('Dai', '+819012340004');
  await who.press('+ サインイン方法の追加');
  await who.press('パスキー');
  await who.press('次へ');
  await who.sees('すでにあります');
  await who.picture('already');
  assert.equal(await device.count(), 1);
  await who.leave();
});

test('without script the page says why it cannot, and shows the way to another one', async () => {
  const { loginName } = await at.house.given.user('Eiji', { phone: '+819012340005' });
  const phone = at.telephone('+819012340005');
  const who = await at.person({ story: 'passkey-no-script', javaScript: false, width: 320 });
  await who.open('/');
  await signIn(who, loginName);
  await who.press('+81 XX-XXXX-XX05 にSMSを送信');
  await who.fill('コード', await phone.code());
  await who.press('検証');
  await doNotStay(who);
  await who.open('/account/security-info/add');
  await who.press('パスキー');
  // Playwright takes scripts away after the page was read, so that Chromium still hides what is for browsers without.
  assert.match(await who.page.content(), /<noscript>.*?パスキーにはJavaScriptが必要です/s);
  await who.picture('no-script');
  await who.press('別のサインイン方法を設定してください');
  await who.sees('サインイン方法の追加');
  await who.leave();
});
