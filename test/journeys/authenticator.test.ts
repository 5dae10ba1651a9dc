// Two browsers at once: one signs in, the other is the phone with Genkan Authenticator.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import {
  connect,
  linkOn,
  noNotifications,
  numberOn,
  otherThan,
  setUp,
  toTheCode,
} from '../cast/authenticator.ts';
import { openChromium, type Person } from '../cast/chromium.ts';
import { filmOf } from '../cast/film.ts';
import { openHouse, password } from '../cast/house.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, openSecurityInfo, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

/** A person, whose phone has the app. */
async function withApp(
  name: string,
  options: { address?: string } = {},
): Promise<{ who: Person; phone: Person; loginName: string }> {
  const { loginName } = await at.house.given.user(name);
  const who = await at.person({ story: `authenticator-${name.toLowerCase()}` });
  const phone = await at.person({
    story: `authenticator-${name.toLowerCase()}-phone`,
    width: 390,
    ...options,
  });
  await setUp(who, phone, loginName);
  return { who, phone, loginName };
}

async function signOut(who: Person): Promise<void> {
  await who.press('アカウント メニュー');
  await who.press('サインアウト');
  await who.sees('サインアウトしました');
}

/** Account and password, up to the number. */
async function toTheNumber(who: Person, loginName: string): Promise<string> {
  await who.open('/');
  await signIn(who, loginName);
  if (await who.page.getByText('ID の確認').isVisible())
    await who.page.getByRole('button', { name: /^Genkan Authenticatorで承認する/ }).click();
  await who.sees('アプリでの応答を待っています');
  return numberOn(who);
}

test('the app is set up by opening the link, and approves the next sign-in', async () => {
  const { loginName } = await at.house.given.user('Aki');
  const who = await at.person({ story: 'authenticator-link' });
  const phone = await at.person({ story: 'authenticator-link-phone', width: 390 });
  await toTheCode(who, loginName);
  await who.picture('code');
  await phone.open(await linkOn(who));
  await phone.sees('このアカウントを追加しますか？', 'けやき大学', loginName);
  assert.ok(!phone.page.url().includes('#'), 'the token does not stay in the address');
  await phone.picture('add');
  await connect(who, phone);
  await phone.picture('approved');
  await who.press('完了');
  await doNotStay(who);
  await noNotifications(phone);
  await phone.picture('home');
  await signOut(who);

  const number = await toTheNumber(who, loginName);
  await who.picture('number');
  await phone.sees('サインイン中ですか？', loginName, '203.0.113.77');
  await phone.picture('request');
  await phone.fill('サインイン画面の番号', number);
  await phone.press('承認');
  await phone.sees('承認しました');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
  await phone.leave();
});

test('the camera reads the QR code', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan camera '));
  const camera = join(folder, 'hand.y4m');
  const chromium = await openChromium({ camera });
  t.after(async () => {
    await chromium.close();
    rmSync(folder, { recursive: true });
  });
  const { loginName } = await at.house.given.user('Beni');
  const who = await at.person({ story: 'authenticator-camera' });
  await toTheCode(who, loginName);
  filmOf('https://elsewhere.example/', camera);
  const phone = await chromium.openBrowser({
    house: at.house,
    story: 'authenticator-camera-phone',
    width: 390,
    allowed: ['camera'],
  });
  await phone.open('/authenticator');
  await phone.sees('アプリの設定');
  await phone.press('QRコードを読み取る');
  await phone.sees('このQRコードは、このアプリの設定用ではありません。');
  await phone.picture('another-code');
  await phone.press('キャンセル');
  await phone.sees('アプリの設定');
  filmOf(await linkOn(who), camera);
  await phone.press('QRコードを読み取る');
  await connect(who, phone);
  await phone.leave();
  await who.leave();
});

test('without camera the address is typed; what is not one is said so', async () => {
  const { loginName } = await at.house.given.user('Chie');
  const who = await at.person({ story: 'authenticator-typed' });
  const phone = await at.person({ story: 'authenticator-typed-phone', width: 320 });
  await toTheCode(who, loginName);
  const link = await linkOn(who);
  await phone.open('/authenticator');
  await phone.press('QRコードを読み取る');
  await phone.sees('カメラが見つかりません');
  await phone.picture('no-camera');
  await phone.press('かわりにアドレスを入力');
  await phone.fill('アドレス', 'https://www.example.ac.jp/');
  await phone.press('次へ');
  await phone.sees('このアプリの設定用のアドレスではありません');
  await phone.picture('not-an-address');
  await phone.fill('アドレス', ` ${link} `);
  await phone.press('次へ');
  await connect(who, phone);
  // The same code a second time, on another phone.
  const other = await at.person({ story: 'authenticator-typed-other', width: 320 });
  await other.open(link);
  await other.sees('使用済みか、有効期限が切れています');
  await other.picture('used');
  await phone.leave();
  await who.leave();
});

test('another number is refused, and there is no second try', async () => {
  const { who, phone, loginName } = await withApp('Dai');
  await signOut(who);
  const number = await toTheNumber(who, loginName);
  await phone.sees('サインイン中ですか？');
  await phone.press('承認');
  await phone.sees('2桁の番号を入力してください');
  await phone.fill('サインイン画面の番号', otherThan(number));
  await phone.press('承認');
  await phone.sees('番号が違います');
  await phone.picture('wrong-number');
  await who.sees('アプリに入力された番号が、この画面の番号と異なります');
  await who.picture('wrong-number');
  await phone.press('完了');
  await phone.sees('現在、要求はありません。');
  await who.leave();
  await phone.leave();
});

test('who did not sign in says so, and nothing is asked again', async () => {
  const { who, phone, loginName } = await withApp('Eiji');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.press('心当たりがない');
  await phone.sees('サインインを停止しました', '早めに変更してください');
  await phone.picture('reported');
  await who.sees(/本人ではない|停止|1時間/);
  await who.picture('reported');
  await phone.leave();
});

test('who changed their mind says that too', async () => {
  const { who, phone, loginName } = await withApp('Fumi');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.press('サインインを取りやめる');
  await phone.sees('承認しませんでした');
  await who.sees('アプリで承認されませんでした。');
  await phone.leave();
  await who.leave();
});

test('what nobody answers expires, and both say so', async () => {
  const { who, phone, loginName } = await withApp('Gen');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.sees('サインイン中ですか？');
  at.house.clock.pass(61_000);
  await who.sees('時間内にアプリからの応答がありませんでした。');
  await who.picture('ignored');
  await phone.sees(/この要求は終了しています|要求の有効期限が切れました/);
  await phone.picture('ignored');
  await phone.leave();
  await who.leave();
});

test('codes work offline, and so does the app itself', async () => {
  const { who, phone, loginName } = await withApp('Hana');
  await signOut(who);
  await phone.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await phone.page.context().setOffline(true);
  await phone.page.reload();
  await phone.sees('接続されていません。コードはそのまま使用できます。', 'けやき大学');
  await phone.picture('offline');
  const code = ((await phone.page.locator('.big-number').textContent()) ?? '').replace(/\D/g, '');
  assert.match(code, /^\d{6}$/);
  await who.open('/');
  await signIn(who, loginName);
  if (await who.has('アプリに表示されるコードを使用する'))
    await who.press('アプリに表示されるコードを使用する');
  else await who.page.getByRole('button', { name: /^Genkan Authenticatorに表示されるコード/ }).click();
  await who.fill('コード', code);
  await who.press('検証');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
  await phone.page.context().close();
});

test('one app serves two organisations', async t => {
  const other = await openHouse();
  t.after(() => other.close());
  await other.given.multiFactorEverywhere();
  await other.given.setting('organisation', {
    name: { ja: 'ひのき学園', en: 'Hinoki Academy' },
    help: { ja: '事務局', en: 'Office' },
  });
  const { phone } = await withApp('Iori', { address: '' });
  const { loginName } = await other.given.user('Iori2');
  const chromium = await openChromium();
  t.after(() => chromium.close());
  const there = await chromium.openBrowser({ house: other, story: 'authenticator-two' });
  await toTheCode(there, loginName);
  await phone.press('アカウントを追加');
  await phone.press('かわりにアドレスを入力');
  await phone.fill('アドレス', await linkOn(there));
  await phone.press('次へ');
  await phone.sees('ひのき学園', '心当たりのあるサイトの場合のみ');
  await phone.picture('another-organisation');
  await connect(there, phone);
  await noNotifications(phone);
  await phone.sees('けやき大学', 'ひのき学園');
  await phone.picture('two-organisations');
  await phone.leave();
  await there.leave();
});

test('a device that was removed in the security info is told so, and approves nothing more', async () => {
  const { who, phone } = await withApp('Jun');
  await openSecurityInfo(who);
  await who.picture('security-info');
  await who.press('削除');
  await who.sees('このサインイン方法を削除しますか？');
  await who.press('削除');
  await who.sees('サインイン方法を削除しました。');
  await phone.press('もう一度確認');
  await phone.sees('この端末は、組織側で削除されています');
  await phone.picture('removed-there');
  await phone.press('設定');
  await phone.press('この端末から削除');
  await phone.sees('このアカウントを削除しますか？');
  await phone.press('削除');
  await phone.sees('この端末からアカウントを削除しました。', 'アプリの設定');
});

test('when the browser erased what it kept, the app says what happened and what to do', async () => {
  const { who, phone } = await withApp('Kana');
  await phone.page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations())
      await registration.unregister();
    for (const { name = '' } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
  await phone.open('/authenticator');
  await phone.sees('アプリのデータが消去されました', '回復コード');
  await phone.picture('erased');
  await phone.press('もう一度設定する');
  await phone.sees('アプリの設定');
  await phone.page.reload();
  await phone.sees('アプリの設定');
  await who.leave();
  await phone.leave();
});

test('a device is renamed in the app, and removed from it', async () => {
  const { who, phone } = await withApp('Leo');
  await phone.press('設定');
  await phone.sees('アカウントの設定', 'この端末には通知しません');
  await phone.fill('この端末の名前', '研究室のタブレット');
  await phone.press('名前を保存');
  await phone.sees('名前を保存しました。');
  await phone.picture('renamed');
  await openSecurityInfo(who);
  await who.sees('研究室のタブレット');
  await phone.press('この端末から削除');
  await phone.press('削除');
  await phone.sees('この端末からアカウントを削除しました。');
  await who.leave();
  await phone.leave();
});

test('of twenty sign-ins with the right password, at most three reach the phone', async () => {
  const { who, phone, loginName } = await withApp('Mio');
  const shown = () => phone.page.evaluate(() => history.state?.request?.request as string | undefined);
  const asked: string[] = [];
  for (let n = 0; n < 20; n++) {
    const thief = at.house.visitor({ address: `198.51.100.${n}` });
    await thief.open('/account');
    await thief.send('/identify', { account: loginName });
    const { html } = await thief.send('/password', { password });
    const [, way = ''] = /value="([\w-]+ push)"/.exec(html) ?? [];
    const { text } = await thief.send('/ask', { way });
    if (!text.includes('アプリでの応答を待っています')) continue;
    await phone.sees('サインイン中ですか？', `198.51.100.${n}`);
    asked.push((await shown()) ?? '');
    // Nobody answers.
    at.house.clock.pass(61_000);
    await phone.sees(/この要求は終了しています|要求の有効期限が切れました/);
    await phone.press('完了');
  }
  assert.equal(new Set(asked).size, asked.length);
  assert.equal(asked.length, 3);
  await phone.leave();
  await who.leave();
});
