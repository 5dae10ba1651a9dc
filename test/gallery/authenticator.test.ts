// Every screen of Genkan Authenticator, on a narrow and a wide window, light and dark, in both languages.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { linkOn, numberOn, otherThan, toTheCode, toTheNumber } from '../cast/authenticator.ts';
import type { Person } from '../cast/chromium.ts';
import { sideways, smallTargets, violations } from '../cast/page-checks.ts';
import { takePicture } from '../cast/picture.ts';
import { openScales } from '../cast/scales.ts';
import { stage } from '../cast/stage.ts';

const at = stage(
  async house => {
    await house.given.multiFactorEverywhere();
  },
  { windows: true },
);

const pictures = join(import.meta.dirname, '..', '..', 'artefacts', 'gallery', 'authenticator');
mkdirSync(pictures, { recursive: true });

const views = [
  { width: 320, height: 640, colorScheme: 'light' },
  { width: 320, height: 640, colorScheme: 'dark' },
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/** Looks at this screen in every way, and leaves it in Japanese. */
async function look({ page }: Person, name: string): Promise<void> {
  for (const language of ['English', '日本語']) {
    await page.getByRole('button', { name: language, exact: true }).click();
    for (const { width, height, colorScheme } of views) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const lang = language === 'English' ? 'en' : 'ja';
      await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' });
      const where = `${name}-${lang}-${width}-${colorScheme}`;
      await takePicture(page, join(pictures, `${where}.png`));
      assert.deepEqual(await sideways(page), [], where);
      assert.deepEqual(await smallTargets(page), [], where);
      // Colours do not depend on the language.
      if (lang === 'ja' || colorScheme === 'light') assert.deepEqual(await violations(page), [], where);
    }
  }
}

test('every screen is readable, reachable and in place', { timeout: 900_000 }, async () => {
  const { loginName } = await at.house.given.user('Aki');
  const who = await at.person();
  const phone = await at.person();
  // A question is good for a minute, and to look at one in every way takes longer on a busy machine.
  at.house.clock.stand();
  await phone.page.clock.setFixedTime(at.house.clock.now());
  await phone.open('/authenticator');
  await phone.sees('アプリの設定');
  await look(phone, 'empty');
  await phone.press('QRコードを読み取る');
  await phone.sees('カメラが見つかりません');
  await look(phone, 'no-camera');
  await phone.press('かわりにアドレスを入力');
  await phone.press('次へ');
  await phone.sees('設定用のアドレスではありません');
  await look(phone, 'address');

  await toTheCode(who, loginName);
  await phone.fill('アドレス', await linkOn(who));
  await phone.press('次へ');
  await phone.sees('このアカウントを追加しますか？');
  await look(phone, 'add');
  await phone.press('追加');
  await phone.sees('番号の入力');
  await who.sees('アプリが接続されました');
  const number = await numberOn(who);
  await look(phone, 'first-number');
  await phone.fill('設定画面の番号', number);
  await phone.press('承認');
  await phone.sees('承認しました');
  await look(phone, 'approved');
  await phone.press('完了');
  await phone.sees('この端末に通知しますか？');
  await look(phone, 'notify');
  await phone.press('あとで');
  await phone.sees('現在、要求はありません。');
  await phone.press('アカウントを追加');
  await look(phone, 'home');
  await phone.press('設定');
  await phone.sees('アカウントの設定');
  await look(phone, 'settings');
  await phone.press('この端末から削除');
  await phone.sees('このアカウントを削除しますか？');
  await look(phone, 'remove');
  await phone.press('キャンセル');
  await phone.press('戻る');

  const again = await at.person();
  const asked = await toTheNumber(again, loginName);
  await phone.sees('サインイン中ですか？');
  await phone.press('承認');
  await phone.sees('2桁の番号を入力してください');
  await look(phone, 'request');
  await phone.fill('サインイン画面の番号', otherThan(asked));
  await phone.press('承認');
  await phone.sees('番号が違います');
  await look(phone, 'wrong-number');
  await phone.press('完了');

  await phone.page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const { name = '' } of await indexedDB.databases())
      await new Promise(resolve => {
        // Where the app still holds it, it goes as soon as the page is left.
        const asked = indexedDB.deleteDatabase(name);
        asked.onsuccess = asked.onblocked = resolve;
      });
  });
  await phone.open('/authenticator');
  await phone.sees('アプリのデータが消去されました');
  await look(phone, 'erased');
  assert.deepEqual(phone.complaints, []);
});

test('text at 200 % does not scroll sideways on a narrow screen', async () => {
  const phone = await at.person({ width: 640 });
  await phone.open('/authenticator');
  await phone.sees('アプリの設定');
  await phone.page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  assert.deepEqual(await sideways(phone.page), []);
  await phone.leave();
});

test('a first visit loads at most 40 kB, its worker included; the decoder comes when the camera is opened, once', async t => {
  const scales = await openScales(at.house);
  t.after(() => scales.close());
  const phone = await at.person({ width: 320 });
  await phone.open(`${scales.url}/authenticator`);
  await phone.sees('アプリの設定');
  await phone.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // What a browser may ask for besides, and when, is its own affair: it counts in any case, and once.
  const besides = ['manifest.webmanifest', 'icon.svg', 'icon-192.png'].map(file => `/authenticator/${file}`);
  const loaded = scales.weighed.filter(({ path }) => !besides.includes(path));
  for (const path of besides) await (await fetch(`${scales.url}${path}`)).arrayBuffer();
  for (const path of besides)
    loaded.push(...scales.weighed.filter(one => one.path === path && one.bytes > 0).slice(0, 1));
  const table = () =>
    scales.weighed.map(({ path, status, bytes }) => `${path} ${status} ${bytes}`).join('\n');
  const sum = loaded.reduce((all, { bytes }) => all + bytes, 0);
  for (const part of [/^\/authenticator$/, /\/main-/, /\/app-.*css$/, /\/sw\.js$/])
    assert.ok(
      loaded.some(({ path, bytes }) => part.test(path) && bytes > 0),
      `${part}:\n${table()}`,
    );
  assert.ok(sum <= 40_000, `${sum} bytes:\n${table()}`);

  const decoders = () => scales.weighed.filter(({ path }) => path.includes('/scan-'));
  assert.deepEqual(decoders(), []);
  for (const _ of ['the first time', 'the second time']) {
    await phone.press('QRコードを読み取る');
    await phone.sees('カメラが見つかりません');
    await phone.open(`${scales.url}/authenticator`);
  }
  const [decoder, ...again] = decoders();
  assert.ok(decoder && decoder.bytes <= 16_000, table());
  assert.deepEqual(again, [], 'the browser has kept it');
  await phone.leave();
});
