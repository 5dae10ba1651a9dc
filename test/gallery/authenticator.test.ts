// Every screen of Genkan Authenticator, on a narrow and a wide window, light and dark, in both languages.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
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

/** Looks at this screen in every way, or in these, and leaves it in Japanese. */
async function look(
  { page }: Person,
  name: string,
  { ways = views, also }: { ways?: readonly (typeof views)[number][]; also?: () => Promise<void> } = {},
): Promise<void> {
  for (const language of ['English', '日本語']) {
    await page.getByRole('button', { name: language, exact: true }).click();
    for (const { width, height, colorScheme } of ways) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const lang = language === 'English' ? 'en' : 'ja';
      await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' });
      const where = `${name}-${lang}-${width}-${colorScheme}`;
      await takePicture(page, join(pictures, `${where}.png`));
      assert.deepEqual(await sideways(page), [], where);
      assert.deepEqual(await smallTargets(page), [], where);
      await also?.();
      // Colours do not depend on the language.
      if (lang === 'ja' || colorScheme === 'light') assert.deepEqual(await violations(page), [], where);
    }
  }
}

/** Those that are made of nothing else than the others: the narrow ones. */
const narrow = { ways: views.filter(({ width }) => width === 320) };

/** Whoever did not ask for it finds the way to say so as easily as the other one. */
async function answersAreAlike({ page }: Person): Promise<void> {
  const sizes = await page
    .locator('.answers button')
    .evaluateAll(all =>
      all.map(one => one.getBoundingClientRect()).map(({ width, height }) => [width, height]),
    );
  assert.equal(sizes.length, 2);
  assert.deepEqual(sizes[0], sizes[1]);
}

/** As the app says it, to somebody in Japan. */
const timeOf = (instant: number): string =>
  new Intl.DateTimeFormat('ja', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Tokyo' }).format(
    instant,
  );

/** The sign-in page of an application, to which its people are sent. */
function addressAt(client: string): string {
  const challenge = createHash('sha256')
    .update('a verifier that nobody comes back with, of 43 letters')
    .digest();
  return `/oidc/auth?${new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: `http://localhost:9/${client}/callback`,
    scope: 'openid',
    code_challenge: challenge.toString('base64url'),
    code_challenge_method: 'S256',
  })}`;
}

test('every screen is readable, reachable and in place', { timeout: 900_000 }, async () => {
  const { id, loginName } = await at.house.given.user('Aki');
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

  const asked = async (): Promise<{ again: Person; number: string }> => {
    const again = await at.person();
    const number = await toTheNumber(again, loginName, addressAt('gakumu'));
    await phone.sees('サインイン中ですか？');
    return { again, number };
  };
  await at.house.given.application('gakumu');
  const first = await asked();
  await phone.sees('gakumu', loginName, '203.0.113.77', timeOf(at.house.clock.now()));
  await phone.press('承認');
  await phone.sees('2桁の番号を入力してください');
  await look(phone, 'request', { also: () => answersAreAlike(phone) });
  await phone.fill('サインイン画面の番号', otherThan(first.number));
  await phone.press('承認');
  await phone.sees('番号が違います');
  await look(phone, 'wrong-number');
  await phone.press('完了');

  const second = await asked();
  await phone.press('サインインを取りやめる');
  await phone.sees('承認しませんでした');
  await look(phone, 'denied', narrow);
  await phone.press('完了');
  const third = await asked();
  await phone.page.clock.setFixedTime(at.house.clock.now() + 61_000);
  await phone.sees('要求の有効期限が切れました');
  await look(phone, 'expired', narrow);
  for (const { again } of [first, second, third]) await again.leave();
  // Three that were not approved: the next one is asked half an hour later.
  at.house.clock.pass(31 * 60_000);
  await phone.page.clock.setFixedTime(at.house.clock.now());
  await phone.press('完了');
  const fourth = await asked();
  await phone.press('心当たりがない');
  await phone.sees('サインインを停止しました');
  await look(phone, 'reported', narrow);
  await phone.press('完了');
  await fourth.again.leave();
  assert.equal(phone.complaints.join(), '');

  await phone.page.context().setOffline(true);
  await phone.sees('接続されていません。コードはそのまま使用できます。');
  await look(phone, 'offline', narrow);
  await phone.page.context().setOffline(false);
  await at.house.foundation.directory.office.removeMethods(id, { is: 'office', name: 'test' });
  await phone.open('/authenticator');
  await phone.sees('この端末は、組織側で削除されています');
  await look(phone, 'removed-there', narrow);

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
  // Its console tells of the network that was not there, and of the device that was removed.
  assert.deepEqual(
    phone.complaints.filter(one => !one.includes('Failed to load resource')),
    [],
  );
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
