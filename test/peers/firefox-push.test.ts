// A sign-in request on its whole way: from the product through a push service into Firefox, where it is decrypted
// and shown while the app is closed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { linkOn, numberOn, toTheCode, toTheNumber } from '../cast/authenticator.ts';
import { openChromium, type Person } from '../cast/chromium.ts';
import { type Firefox, type FirefoxWindow, openFirefox } from '../cast/firefox.ts';
import { openHouse } from '../cast/house.ts';
import { openPushService, type PushService } from '../cast/push-service.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay } from '../cast/steps.ts';
import { until } from '../cast/until.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

/** From the set-up page to the question whether this device may notify. */
async function addAccount(phone: FirefoxWindow, who: Person, loginName: string): Promise<void> {
  await toTheCode(who, loginName);
  await phone.open(await linkOn(who));
  await approveFirst(phone, who);
}

async function approveFirst(phone: FirefoxWindow, who: Person): Promise<void> {
  await phone.sees('このアカウントを追加しますか？');
  await phone.press('追加');
  await phone.sees('番号の入力');
  await who.sees('アプリが接続されました');
  await phone.fill('設定画面の番号', await numberOn(who));
  await phone.press('承認');
  await phone.sees('承認しました');
  await who.press('完了');
  await doNotStay(who);
  await phone.press('完了');
}

/** Those of the app, as title and text. */
const notifications = `navigator.serviceWorker.ready
  .then(worker => worker.getNotifications())
  .then(all => all.map(({ title, body }) => [title, body]))`;

/** The answer is on the page a moment before its notification is taken away. */
const untilNoneIsShown = (phone: FirefoxWindow): Promise<unknown> =>
  until(async () => (await phone.evaluate<unknown[]>(notifications)).length === 0);

const openPhone = (service: PushService): Promise<Firefox> =>
  openFirefox({
    'dom.push.serverURL': service.address,
    'dom.push.testing.allowInsecureServerURL': true,
    'dom.push.connection.enabled': true,
    'dom.push.retryBaseInterval': 200,
    'permissions.default.desktop-notification': 1,
    // Without a desktop there is nobody to hand notifications to.
    'alerts.useSystemBackend': false,
  });

/** What the product has of where to push, sealed: another one as soon as it was told anew. */
async function subscriptions(): Promise<string> {
  const { db } = at.house.foundation.storage;
  const devices = await db
    .selectFrom('authenticator_devices')
    .select('subscription_sealed')
    .orderBy('id')
    .execute();
  return devices.map(device => device.subscription_sealed?.toString('hex')).join();
}

test('a push wakes the closed app in Firefox, also after the push service forgot it', async t => {
  const service = await openPushService();
  t.after(() => service.close());
  const firefox = await openPhone(service);
  t.after(() => firefox.close());
  const { window: phone } = firefox;
  const app = `${at.house.url}/authenticator`;
  const { loginName } = await at.house.given.user('Aki');
  const who = await at.person({ story: 'firefox-push' });

  await addAccount(phone, who, loginName);
  await phone.sees('この端末に通知しますか？');
  await phone.press('通知を許可');
  await phone.sees('現在、要求はありません。');
  await phone.press('設定');
  await phone.sees('サインインの要求を、この端末に通知します。');
  assert.equal(service.channels.length, 1);

  // The app is closed; its worker is all there is.
  await phone.open('about:blank');
  const again = await at.person({ story: 'firefox-push-again' });
  const number = await toTheNumber(again, loginName);
  await service.delivered(1);
  assert.deepEqual(
    service.acknowledged.map(({ code }) => code),
    [100],
  );
  t.diagnostic(`shown ${Math.round(service.acknowledged[0]?.after ?? 0)} ms after the push service had it`);
  const [message] = service.taken;
  assert.equal(message?.headers['content-encoding'], 'aes128gcm');
  assert.equal(message?.headers.ttl, '60');
  assert.equal(message?.headers.urgency, 'high');
  assert.match(String(message?.headers.authorization), /^vapid t=[\w.-]+, ?k=[\w-]+$/);
  assert.ok((message?.bytes.length ?? 0) < 300);

  await phone.open(app);
  assert.deepEqual(await phone.evaluate(notifications), [
    ['サインインの要求', '開いて内容を確認し、回答してください。'],
  ]);
  await phone.sees('サインイン中ですか？');
  await phone.fill('サインイン画面の番号', number);
  await phone.press('承認');
  await phone.sees('承認しました');
  await untilNoneIsShown(phone);
  await doNotStay(again);
  await again.sees('マイ アプリ');
  await again.leave();

  // The push service loses its memory: the worker subscribes anew, and tells the product.
  await phone.open('about:blank');
  const before = await subscriptions();
  service.forget();
  await until(() => service.channels.length === 2);
  await until(async () => (await subscriptions()) !== before);
  await phone.open(app);
  await phone.sees('現在、要求はありません。');
  await phone.open('about:blank');
  const third = await at.person({ story: 'firefox-push-third' });
  await toTheNumber(third, loginName);
  await service.delivered(2);
  assert.equal(service.acknowledged[1]?.code, 100);
  await third.leave();
  await who.leave();
});

test('the notification, pressed, opens the app at the request, and no second one where it is open', async t => {
  const service = await openPushService();
  t.after(() => service.close());
  const firefox = await openPhone(service);
  t.after(() => firefox.close());
  const { window: first } = firefox;
  const app = `${at.house.url}/authenticator`;
  const inFront = async (): Promise<string | undefined> =>
    (await firefox.tabs()).find(({ isInFront }) => isInFront)?.url;
  const { loginName } = await at.house.given.user('Chie');
  const who = await at.person({ story: 'firefox-press' });
  await addAccount(first, who, loginName);
  await first.press('通知を許可');
  await first.sees('現在、要求はありません。');
  await first.open('about:blank');

  const closed = await at.person({ story: 'firefox-press-closed' });
  const number = await toTheNumber(closed, loginName);
  await service.delivered(1);
  assert.equal((await firefox.tabs()).length, 1);
  await firefox.pressNotification();
  await until(async () => (await inFront()) === app);
  const phone = await firefox.at(app);
  await phone.sees('サインイン中ですか？');
  await phone.fill('サインイン画面の番号', number);
  await phone.press('承認');
  await phone.sees('承認しました');
  await phone.press('完了');
  await untilNoneIsShown(phone);
  await doNotStay(closed);
  await closed.sees('マイ アプリ');
  await closed.leave();

  await first.bringToFront();
  await until(async () => (await inFront()) === 'about:blank');
  const open = await at.person({ story: 'firefox-press-open' });
  const another = await toTheNumber(open, loginName);
  await service.delivered(2);
  await firefox.pressNotification();
  // Whether that tab comes to the front cannot be seen here: without a desktop Firefox raises none by `focus()`.
  await untilNoneIsShown(phone);
  assert.equal((await firefox.tabs()).length, 2);
  await phone.sees('サインイン中ですか？');
  await phone.fill('サインイン画面の番号', another);
  await phone.press('承認');
  await phone.sees('承認しました');
  await doNotStay(open);
  await open.leave();
  await who.leave();
});

test('two organisations push to one app, each in its own name', async t => {
  const service = await openPushService();
  t.after(() => service.close());
  const firefox = await openPhone(service);
  t.after(() => firefox.close());
  const { window: phone } = firefox;
  const other = await openHouse();
  t.after(() => other.close());
  await other.given.multiFactorEverywhere();
  const chromium = await openChromium();
  t.after(() => chromium.close());

  const { loginName } = await at.house.given.user('Beni');
  const who = await at.person({ story: 'firefox-push-here' });
  await addAccount(phone, who, loginName);
  await phone.press('通知を許可');
  await phone.sees('現在、要求はありません。');

  const { loginName: there } = await other.given.user('Beni2');
  const elsewhere = await chromium.openBrowser({ house: other, story: 'firefox-push-there' });
  await toTheCode(elsewhere, there);
  await phone.press('アカウントを追加');
  await phone.press('かわりにアドレスを入力');
  await phone.fill('アドレス', await linkOn(elsewhere));
  await phone.press('次へ');
  await approveFirst(phone, elsewhere);
  await phone.press('通知を許可');
  await phone.sees('現在、要求はありません。');
  assert.equal(service.channels.length, 2);

  await phone.open('about:blank');
  const first = await at.person({ story: 'firefox-push-first' });
  await toTheNumber(first, loginName);
  await service.delivered(1);
  const second = await chromium.openBrowser({ house: other, story: 'firefox-push-second' });
  const number = await toTheNumber(second, there);
  await service.delivered(2);
  assert.deepEqual(
    service.acknowledged.map(({ code }) => code),
    [100, 100],
  );
  const keys = service.taken.map(({ headers }) => /k=([\w-]+)/.exec(String(headers.authorization))?.[1]);
  assert.notEqual(keys[0], keys[1]);

  // Both wait; the one that is asked for is answered.
  await phone.open(`${at.house.url}/authenticator`);
  await phone.sees('サインイン中ですか？');
  if (!(await phone.evaluate<string>('document.body.innerText')).includes(there)) {
    await phone.press('サインインを取りやめる');
    await phone.sees('承認しませんでした');
    await phone.press('完了');
    await phone.sees(there);
  }
  await phone.fill('サインイン画面の番号', number);
  await phone.press('承認');
  await phone.sees('承認しました');
  await doNotStay(second);
  await second.leave();
  await elsewhere.leave();
});
