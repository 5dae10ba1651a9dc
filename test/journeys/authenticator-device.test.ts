// The phone with Genkan Authenticator: offline, renamed, removed here and there, and with its storage erased.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Route } from 'playwright-core';
import { signOut, toTheNumber, withApp } from '../cast/authenticator.ts';
import type { Person } from '../cast/chromium.ts';
import { shut } from '../cast/shut.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, openSecurityInfo, signIn } from '../cast/steps.ts';

const at = stage(
  async house => {
    await house.given.multiFactorEverywhere();
  },
  { windows: true },
);

test('codes work offline, and so does the app itself', async () => {
  const { who, phone, loginName } = await withApp(at, 'Hana');
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
  await who.page
    .getByRole('button', {
      name: /^(?:アプリに表示されるコードを使用する|Genkan Authenticatorに表示されるコード)/,
    })
    .first()
    .click();
  await who.fill('コード', code);
  await who.press('検証');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
  await shut(phone.page.context());
});

test('where no push arrives and the stream is refused or held back, an app asks when it is opened, and when it comes to the front', async t => {
  const { who, phone, loginName } = await withApp(at, 'Nao');
  await signOut(who);
  const isHidden = (hidden: boolean) =>
    phone.page.evaluate(is => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: is });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  // Time stands, for the answer takes as long as the machine needs.
  at.house.clock.stand();
  t.after(() => at.house.clock.goOn());
  for (const withhold of [(route: Route) => route.abort(), () => {}]) {
    await phone.page.route('**/device/stream', withhold);
    const number = await toTheNumber(who, loginName);
    await phone.page.reload();
    await phone.sees('サインイン中ですか？');
    await phone.fill('サインイン画面の番号', number);
    await phone.press('承認');
    await phone.sees('承認しました');
    await phone.press('完了');
    await doNotStay(who);
    await signOut(who);

    await isHidden(true);
    await toTheNumber(who, loginName);
    await isHidden(false);
    await phone.sees('サインイン中ですか？');
    await phone.press('サインインを取りやめる');
    await phone.press('完了');
    await who.sees('アプリで承認されませんでした。');
    await phone.page.unroute('**/device/stream', withhold);
  }
  await who.leave();
  // Its console tells of the stream that was refused, as it should.
  await shut(phone.page.context());
});

test('a device that was removed in the security info is told so, and approves nothing more', async () => {
  const { who, phone } = await withApp(at, 'Jun');
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
  const { who, phone } = await withApp(at, 'Kana');
  await phone.page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations())
      await registration.unregister();
    for (const { name = '' } of await indexedDB.databases())
      await new Promise(resolve => {
        // Where the app still holds it, it goes as soon as the page is left.
        const asked = indexedDB.deleteDatabase(name);
        asked.onsuccess = asked.onblocked = resolve;
      });
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

/** What the browser gives out of the keys that it keeps for the app, by their names. */
const givenOut = (phone: Person): Promise<Record<string, string>> =>
  phone.page.evaluate(async () => {
    const opening = indexedDB.open('genkan-authenticator');
    await new Promise(resolve => {
      opening.onsuccess = resolve;
    });
    const asking = opening.result.transaction('accounts').objectStore('accounts').getAll();
    await new Promise(resolve => {
      asking.onsuccess = resolve;
    });
    opening.result.close();
    const [account] = asking.result as Record<string, CryptoKey>[];
    const given: Record<string, string> = {};
    for (const [name, key] of Object.entries(account ?? {}))
      if (key instanceof CryptoKey)
        for (const format of ['jwk', 'raw', 'pkcs8'] as const)
          given[`${name} ${format}`] = await crypto.subtle
            .exportKey(format as 'jwk', key)
            .then(JSON.stringify, (error: DOMException) => error.name);
    return given;
  });

test('a device keeps its keys to itself, is renamed in the app, and removed from it', async () => {
  const { who, phone } = await withApp(at, 'Leo');
  const given = await givenOut(phone);
  assert.deepEqual(Object.keys(given).sort(), [
    ...['codes jwk', 'codes pkcs8', 'codes raw'],
    ...['key jwk', 'key pkcs8', 'key raw'],
  ]);
  // A format that a key of this kind does not have is refused as such.
  for (const [what, said] of Object.entries(given))
    assert.match(said, /^(?:InvalidAccessError|NotSupportedError)$/, what);
  assert.equal(given['key jwk'], 'InvalidAccessError');
  assert.equal(given['key pkcs8'], 'InvalidAccessError');
  assert.equal(given['codes raw'], 'InvalidAccessError');
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
