import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPasses, printedPass } from '../../src/methods/temporary-access-pass/index.ts';
import { violations } from '../cast/page-checks.ts';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

test('at the counter: a slip in the hand, then the first phone, all on a small screen', async () => {
  const { house } = at;
  const user = await house.given.user('Nakamura');
  const made = await openPasses({ ...house.foundation, tell: async () => undefined }).make(
    { user: user.id },
    { is: 'office', name: 'counter' },
  );
  assert.ok(made.made);

  const who = await at.person({ story: 'temporary-access-pass', width: 390 });
  await who.open('/');
  await signIn(who, user.loginName);
  await who.sees('ID の確認');
  await who.picture('choose');
  await who.press('一時アクセス パスを使用する');
  await who.sees('一時アクセス パスの入力', '事務局からお渡しした用紙');
  assert.deepEqual(await violations(who.page), []);
  await who.fill('一時アクセス パス', 'ABCD-EFGH');
  await who.press('検証');
  await who.sees('コードの形式が正しくありません');
  await who.picture('misread');
  await who.fill('一時アクセス パス', printedPass(made.pass).toLowerCase());
  await who.press('検証');
  await who.sees('詳細情報が必要');
  await who.press('次へ');
  await addPhone(who, '090-1234-5678', 'コードのSMS送信');
  await who.fill('コード', await at.telephone('+819012345678').code());
  await who.press('次へ');
  await who.sees('電話番号が追加されました');
  await who.press('完了');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();
});
