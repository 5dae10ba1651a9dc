// Genkan Authenticator comes onto a phone: two browsers at once, one shows the code, the other is the phone.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import {
  connect,
  linkOn,
  noNotifications,
  signOut,
  toTheCode,
  toTheNumber,
  withApp,
} from '../cast/authenticator.ts';
import { openChromium } from '../cast/chromium.ts';
import { filmOf } from '../cast/film.ts';
import { openHouse } from '../cast/house.ts';
import { shut } from '../cast/shut.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay } from '../cast/steps.ts';

const at = stage(
  async house => {
    await house.given.multiFactorEverywhere();
  },
  { windows: true },
);

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
  const chromium = await openChromium({ camera, windows: true });
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

/** Stands in for what Chromium has on Android and macOS and not on Linux, and says what it found. */
const nativeReader = (finds: string | undefined): string => `
  window.asked = 0;
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ['qr_code']; }
    async detect() {
      window.asked++;
      ${finds === undefined ? "throw new DOMException('Barcode detection service unavailable.', 'NotSupportedError')" : `return [{ rawValue: ${JSON.stringify(finds)} }]`};
    }
  };`;

test('where the browser reads codes by itself it is asked, and where it has nothing behind it we read ourselves', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan camera '));
  const camera = join(folder, 'hand.y4m');
  filmOf('https://elsewhere.example/', camera);
  const chromium = await openChromium({ camera, windows: true });
  t.after(async () => {
    await chromium.close();
    rmSync(folder, { recursive: true });
  });
  const { loginName } = await at.house.given.user('Dan');
  const who = await at.person({ story: 'authenticator-native' });
  await toTheCode(who, loginName);
  const link = await linkOn(who);
  // On the film is another code: what is read of this one came from the browser.
  for (const finds of [link, undefined]) {
    if (finds === undefined) filmOf(link, camera);
    const phone = await chromium.openBrowser({
      house: at.house,
      story: 'authenticator-native-phone',
      width: 390,
      allowed: ['camera'],
    });
    await phone.page.addInitScript(nativeReader(finds));
    await phone.open('/authenticator');
    await phone.press('QRコードを読み取る');
    await phone.sees('このアカウントを追加しますか？', loginName);
    assert.equal(await phone.page.evaluate('window.asked'), 1);
    await phone.leave();
  }
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
  // The same code a second time, on this phone and on another one.
  await noNotifications(phone);
  await phone.open(link);
  await phone.sees('使用済みか、有効期限が切れています');
  const other = await at.person({ story: 'authenticator-typed-other', width: 320 });
  await other.open(link);
  await other.sees('使用済みか、有効期限が切れています');
  await other.picture('used');
  // Its console tells of the 410, as it should.
  await shut(phone.page.context());
  await who.leave();
});

test('one app serves two organisations', async t => {
  const other = await openHouse();
  t.after(() => other.close());
  await other.given.multiFactorEverywhere();
  await other.given.setting('organisation', {
    name: { ja: 'ひのき学園', en: 'Hinoki Academy' },
    help: { ja: '事務局', en: 'Office' },
  });
  const { phone } = await withApp(at, 'Iori', { address: '' });
  const { loginName } = await other.given.user('Iori2');
  const chromium = await openChromium({ windows: true });
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
