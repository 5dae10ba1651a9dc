import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sideways, violations } from '../cast/page-checks.ts';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

test('codes on paper from the first day; then the phone is lost, and another one takes its place', async () => {
  const user = await at.house.given.user('Ishida');
  const who = await at.person({ story: 'recovery-codes', width: 390 });
  await who.open('/');
  await signIn(who, user.loginName);
  await who.press('次へ');
  await addPhone(who, '090-1111-2222', 'コードのSMS送信');
  await who.fill('コード', await at.telephone('+819011112222').code());
  await who.press('次へ');
  await who.sees('電話番号が追加されました', '回復コードを紙に控えておくと');
  await who.picture('offered');
  await who.press('回復コードを作成');
  await who.sees('回復コードの保存', 'コードが表示されるのは今だけです');
  const codes = (await who.page.locator('.codes code').textContent())?.split('\n');
  assert.equal(codes?.length, 10);
  assert.deepEqual(await violations(who.page), []);
  assert.deepEqual(await sideways(who.page), []);
  await who.picture('codes');
  await who.page.emulateMedia({ media: 'print' });
  assert.ok(!(await who.page.getByRole('button', { name: '保存しました' }).isVisible()));
  await who.picture('printed');
  await who.page.emulateMedia({ media: 'screen' });
  await who.press('保存しました');
  await who.sees('電話番号が追加されました');
  await who.doesNotSee('回復コードを作成');
  await who.press('完了');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();

  const later = await at.person({ story: 'recovery-codes-used' });
  await later.open('/');
  await signIn(later, user.loginName);
  await later.sees('ID の確認');
  await later.press('どの方法も使えない場合');
  await later.picture('none-of-these');
  await later.press('回復コードを使用する');
  await signIn(later, user.loginName);
  await later.press('回復コードを使用する');
  await later.fill('回復コード', codes?.[7] ?? '');
  await later.press('検証');
  await later.sees('サインイン方法の追加');
  await later.press('認証アプリ');
  await later.sees('認証アプリの設定');
  await later.open('/');
  await later.sees('ID の確認');
  await later.leave();
});
