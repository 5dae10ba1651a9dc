// What Chromium asks of an app before it offers to install it, and what arrives while it is closed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { setUp } from '../cast/authenticator.ts';
import type { Person } from '../cast/chromium.ts';
import { mark, openRenewal } from '../cast/renewal.ts';
import { shut } from '../cast/shut.ts';
import { stage } from '../cast/stage.ts';
import { until } from '../cast/until.ts';

const at = stage(
  async house => {
    await house.given.multiFactorEverywhere();
  },
  { windows: true },
);

const sessionOf = (who: Person): Promise<CDPSession> => who.page.context().newCDPSession(who.page);

/** A window that keeps what it is given, as those of people do: one that forgets is never asked to install. */
async function lastingWindow(t: { after(work: () => Promise<void>): void }): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan chromium '));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.GENKAN_TEST_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    locale: 'ja',
  });
  t.after(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  return context.newPage();
}

test('Chromium finds nothing that stands in the way of installing it', async t => {
  const page = await lastingWindow(t);
  const session = await page.context().newCDPSession(page);
  const errors = async () =>
    (await session.send('Page.getInstallabilityErrors')).installabilityErrors.map(({ errorId }) => errorId);
  await page.goto(at.house.url);
  assert.deepEqual(await errors(), ['no-manifest']);
  await page.goto(`${at.house.url}/authenticator`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  assert.deepEqual(await errors(), []);

  const { url, errors: wrong, data = '{}' } = await session.send('Page.getAppManifest');
  assert.deepEqual(wrong, []);
  assert.equal(new URL(url).pathname, '/authenticator/manifest.webmanifest');
  const manifest = JSON.parse(data) as {
    name: string;
    display: string;
    scope: string;
    start_url: string;
    icons: { src: string; sizes: string; type: string; purpose?: string }[];
  };
  assert.equal(manifest.display, 'standalone');
  assert.equal(manifest.scope, '/authenticator');
  for (const { src, sizes, type } of manifest.icons) {
    const response = await fetch(new URL(src, at.house.url));
    assert.equal(response.status, 200, src);
    assert.equal(response.headers.get('content-type'), type);
    if (type !== 'image/png') continue;
    const header = Buffer.from(await response.arrayBuffer());
    assert.equal(`${header.readUInt32BE(16)}x${header.readUInt32BE(20)}`, sizes, src);
  }
  for (const purpose of [undefined, 'maskable'])
    for (const size of ['192x192', '512x512'])
      assert.ok(
        manifest.icons.some(icon => icon.purpose === purpose && icon.sizes === size),
        `an icon of ${size}, ${purpose}`,
      );
});

test('the worker governs the app, and nothing else of the site', async () => {
  const phone = await at.person({ width: 390 });
  await phone.open('/authenticator');
  const scope = await phone.page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  assert.equal(scope, `${at.house.url}/authenticator`);
  await phone.open('/');
  assert.equal(await phone.page.evaluate(() => navigator.serviceWorker.controller === null), true);
  await phone.leave();
});

test('an app that was renewed is the new one from its next start on, also without a network', async t => {
  const renewal = await openRenewal(at.house);
  t.after(() => renewal.close());
  const phone = await at.person({ width: 390 });
  await phone.open(`${renewal.url}/authenticator`);
  await phone.sees('アプリの設定');
  const kept = () =>
    phone.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      return caches.keys();
    });
  const [first, ...more] = await kept();
  assert.ok(first && more.length === 0);
  renewal.renew();
  await phone.page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  const second = await until(async () => {
    const [name, ...others] = await kept();
    return others.length === 0 && name !== first && name;
  });
  assert.match(second, /renewed$/);
  await phone.page.context().setOffline(true);
  await phone.page.reload();
  await phone.sees('アプリの設定');
  assert.equal(await phone.page.locator(`html[${mark}]`).count(), 1);
  await shut(phone.page.context());
});

test('a push shows that there is a request, and nothing more', async () => {
  const { loginName } = await at.house.given.user('Aki');
  const who = await at.person({ story: 'authenticator-push' });
  const phone = await at.person({
    story: 'authenticator-push-phone',
    width: 390,
    allowed: ['notifications'],
  });
  await setUp(who, phone, loginName);
  const session = await sessionOf(phone);
  const registered = new Promise<string>(resolve => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations;
      if (registration) resolve(registration.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const deliver = async () =>
    session.send('ServiceWorker.deliverPushMessage', {
      origin: at.house.url,
      registrationId: await registered,
      data: '{"request":"01a20f33-e994-787a-a085-4d5ffa4d5763"}',
    });
  const shown = () =>
    phone.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
    });
  // Chromium loses one now and then that comes while its worker is being started; the next one takes its place.
  const isShown = async () => (await shown()).length > 0;
  await until(async () => {
    await deliver();
    return until(isShown, () => '', 5_000).catch(() => false);
  });
  assert.deepEqual(await shown(), [
    {
      title: 'サインインの要求',
      body: '開いて内容を確認し、回答してください。',
      tag: 'sign-in',
    },
  ]);
  await who.leave();
  await phone.leave();
});
