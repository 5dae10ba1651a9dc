// Microsoft 365 asks for the second proof: password there, the proof here, and back; in a real browser.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import { entraFor, tenantOf } from '../cast/entra.ts';
import { campus } from '../cast/house.ts';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';
import type { Entra, EntraTenant } from '../peers/entra/entra.ts';

let entra: Entra;
let tenant: EntraTenant;
const at = stage(async house => {
  await house.given.campusSkip();
  entra = await entraFor(house);
  tenant = await tenantOf(house, entra);
});
after(() => entra.close());

const isFine = (): void => {
  assert.deepEqual(entra.judged.at(-1)?.faults, []);
  assert.equal(entra.judged.at(-1)?.error, undefined);
};

test('Hanako’s password is right at Microsoft; a text proves it here, and she is in', async () => {
  const { loginName } = await at.house.given.user('Hanako', { phone: '+819055550001' });
  const phone = at.telephone('+819055550001');
  const hanako = await at.person({ story: 'microsoft 365 by text' });
  await hanako.open(entra.signInOf(entra.user(tenant, loginName)));
  await hanako.sees(
    'ID の確認',
    'hanako@keyaki.example',
    /^Microsoft 365 が待機する残り時間は2\d\d秒です。$/,
  );
  await hanako.picture('choose');
  await hanako.press('+81 XX-XXXX-XX01 にSMSを送信');
  await hanako.sees('コードの入力');
  await hanako.picture('code');
  await hanako.fill('コード', await phone.code());
  await hanako.press('検証');
  await hanako.sees('Microsoft 365: hanako@keyaki.example');
  isFine();
  assert.deepEqual(entra.judged.at(-1)?.claims.amr, ['sms']);
  await hanako.leave();
});

test('Jiro answers a call, on campus too: a network is no proof', async () => {
  const { loginName } = await at.house.given.user('Jiro', { phone: '+819055550002', way: 'call' });
  const phone = at.telephone('+819055550002');
  const jiro = await at.person({ story: 'microsoft 365 by call', address: campus });
  await jiro.open(entra.signInOf(entra.user(tenant, loginName)));
  await jiro.press('+81 XX-XXXX-XX02 に電話をかける');
  await jiro.sees('電話に出てください');
  await phone.answer();
  await phone.press('#');
  await jiro.sees('Microsoft 365: jiro@keyaki.example');
  isFine();
  assert.deepEqual(entra.judged.at(-1)?.claims.amr, ['tel']);
  await jiro.leave();
});

test('Sakura has nothing registered: she registers a phone on the way, and is in', async () => {
  const { loginName } = await at.house.given.user('Sakura');
  const phone = at.telephone('+819055550003');
  const sakura = await at.person({ story: 'microsoft 365 first registration' });
  const user = entra.user(tenant, loginName);
  await sakura.open(entra.signInOf(user));
  await sakura.sees('詳細情報が必要', /残り時間は/);
  await sakura.picture('more');
  await sakura.press('次へ');
  await addPhone(sakura, '090-5555-0003', 'コードのSMS送信');
  await sakura.fill('コード', await phone.code());
  await sakura.press('次へ');
  await sakura.sees('電話番号が追加されました');
  await sakura.press('完了');
  await sakura.sees('Microsoft 365: sakura@keyaki.example');
  isFine();
  await sakura.leave();
});

test('without script, every step has its button', async () => {
  const { loginName } = await at.house.given.user('Mika', { phone: '+819055550004' });
  const phone = at.telephone('+819055550004');
  const mika = await at.person({ story: 'microsoft 365 without script', javaScript: false, width: 320 });
  await mika.open(entra.signInOf(entra.user(tenant, loginName)));
  await mika.press('続行');
  await mika.sees('ID の確認');
  await mika.press('+81 XX-XXXX-XX04 にSMSを送信');
  await mika.fill('コード', await phone.code());
  await mika.press('検証');
  await mika.sees('本人確認ができました。Microsoft に戻ります。');
  await mika.picture('back');
  await mika.press('Microsoft に戻る');
  await mika.sees('Microsoft 365: mika@keyaki.example');
  isFine();
  await mika.leave();
});

test('Ken is signed in here already: he proves it to Microsoft, and his own pages stay as they were', async () => {
  const { loginName } = await at.house.given.user('Ken', { phone: '+819055550005' });
  const phone = at.telephone('+819055550005');
  const ken = await at.person({ story: 'microsoft 365 beside a session', address: campus });
  await ken.open('/account');
  await signIn(ken, loginName);
  await doNotStay(ken);
  await ken.sees('マイ アカウント');
  const other = await ken.newTab();
  await other.open(entra.signInOf(entra.user(tenant, loginName)));
  await other.press('+81 XX-XXXX-XX05 にSMSを送信');
  await other.fill('コード', await phone.code());
  await other.press('検証');
  await other.sees('Microsoft 365: ken@keyaki.example');
  isFine();
  await ken.open('/account');
  await ken.sees('マイ アカウント');
  await ken.leave();
});

test('a call that Yui did not expect: she says that it was not her, and Microsoft hears it', async () => {
  const { loginName } = await at.house.given.user('Yui', { phone: '+819055550006', way: 'call' });
  const phone = at.telephone('+819055550006');
  const thief = await at.person({ story: 'microsoft 365 not me' });
  await thief.open(entra.signInOf(entra.user(tenant, loginName)));
  await thief.press('+81 XX-XXXX-XX06 に電話をかける');
  await phone.answer();
  await phone.press('0#');
  await thief.sees('サインインできません');
  await thief.picture('refused');
  await thief.press('Microsoft 365 に戻る');
  await thief.sees('サインインできません: access_denied');
  assert.equal(entra.judged.at(-1)?.error, 'access_denied');
  await thief.leave();
});

test('who took too long is told so, and the next attempt goes through', async () => {
  const { loginName } = await at.house.given.user('Taro', { phone: '+819055550007' });
  const phone = at.telephone('+819055550007');
  const taro = await at.person({ story: 'microsoft 365 too late' });
  const user = entra.user(tenant, loginName);
  await taro.open(entra.signInOf(user));
  await taro.press('+81 XX-XXXX-XX07 にSMSを送信');
  const code = await phone.code();
  at.house.clock.pass(minutes(5));
  await taro.fill('コード', code);
  await taro.press('検証');
  await taro.sees(
    'このサインインは、完了または中止されたか、時間切れになっています。アプリに戻って、最初からやり直してください。',
  );
  await taro.picture('over');
  await taro.open(entra.signInOf(user));
  await taro.press('+81 XX-XXXX-XX07 にSMSを送信');
  await taro.fill('コード', await phone.code());
  await taro.press('検証');
  await taro.sees('Microsoft 365: taro@keyaki.example');
  isFine();
  await taro.leave();
});

test('whoever is not known here reads why, for the office too, and goes back', async () => {
  const nobody = await at.person({ story: 'microsoft 365 unknown' });
  await nobody.open(entra.signInOf(entra.user(tenant, 'nobody@keyaki.example')));
  await nobody.sees(/お使いの Microsoft アカウントはまだ登録されていません。.*unknown-user/);
  await nobody.picture('unknown');
  await nobody.press('Microsoft に戻る');
  await nobody.sees('サインインできません: access_denied');
  await nobody.leave();
});

test('an application that signs in by a window of its own still has it when all is proved', async () => {
  const { loginName } = await at.house.given.user('Rin', { phone: '+819055550008' });
  const phone = at.telephone('+819055550008');
  const rin = await at.person({ story: 'microsoft 365 in a popup' });
  await rin.open(entra.application);
  const opened = rin.page.waitForEvent('popup');
  await rin.page.evaluate(
    address => {
      Object.assign(window, { popup: window.open(address, 'sign-in', 'popup') });
    },
    entra.signInOf(entra.user(tenant, loginName)),
  );
  const popup = await opened;
  await popup.getByText('+81 XX-XXXX-XX08 にSMSを送信').click();
  await popup.getByLabel('コード', { exact: true }).fill(await phone.code());
  const isClosed = () => rin.page.evaluate(() => (window as unknown as { popup: Window }).popup.closed);
  assert.equal(await isClosed(), false, 'the application thinks that the person closed the window');
  await popup.getByText('検証').click();
  await popup.getByText('Microsoft 365: rin@keyaki.example').waitFor();
  assert.equal(await isClosed(), false);
  isFine();
  await rin.leave();
});
