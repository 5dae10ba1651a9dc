// 事前設定 before 利用開始日, the obligation from it, and the office's list of who has not.
import assert from 'node:assert/strict';
import test from 'node:test';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';

const day = 24 * 60 * 60_000;
const startsOn = new Date(Date.now() + 10 * day).toISOString().slice(0, 10);
const at = stage(house => house.given.setting('registration', { startsOn }));

test('before the date one may register early; from it one must, and the office sees who has not', async () => {
  const early = await at.house.given.user('Hanako');
  const late = await at.house.given.user('Jiro');
  const missing = async () =>
    (await at.house.foundation.directory.reports.registration({})).missing.map(one => one.loginName);

  const hanako = await at.person({ story: 'registered early' });
  await hanako.open('/');
  await signIn(hanako, early.loginName);
  await doNotStay(hanako);
  await hanako.sees('いま事前設定を行うことができます。');
  await hanako.picture('my-apps');
  await hanako.press('事前設定を行う');
  await hanako.sees('サインイン方法の追加');
  await addPhone(hanako, '090-4444-0001', 'コードのSMS送信');
  await hanako.fill('コード', await at.telephone('+819044440001').code());
  await hanako.press('次へ');
  await hanako.sees('電話番号が追加されました');
  await hanako.press('完了');
  await hanako.open('/');
  await hanako.doesNotSee('事前設定');
  await hanako.leave();

  const jiro = await at.person({ story: 'registered late' });
  await jiro.open('/');
  await signIn(jiro, late.loginName);
  await doNotStay(jiro);
  await jiro.sees('マイ アプリ', '事前設定');
  assert.deepEqual(await missing(), [late.loginName]);
  await jiro.closeAndReturn();

  at.house.clock.pass(11 * day);
  await jiro.open('/');
  await signIn(jiro, late.loginName);
  await jiro.sees('詳細情報が必要');
  await jiro.open('/account');
  assert.equal(await jiro.has('セキュリティ情報'), false);
  await signIn(jiro, late.loginName);
  await jiro.press('次へ');
  await addPhone(jiro, '090-4444-0002', '呼び出し');
  const phone = at.telephone('+819044440002');
  await phone.answer();
  await phone.press('#');
  await jiro.sees('電話番号が追加されました');
  await jiro.press('完了');
  await doNotStay(jiro);
  await jiro.sees('マイ アカウント');
  assert.deepEqual(await missing(), []);
  await jiro.leave();

  const again = await at.person({ story: 'registered early, afterwards' });
  await again.open('/');
  await signIn(again, early.loginName);
  await again.sees('サインインの状態を維持しますか？');
  await again.leave();
});
