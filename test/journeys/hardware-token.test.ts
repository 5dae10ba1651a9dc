import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTokens } from '../../src/methods/hardware-token/index.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { violations } from '../cast/page-checks.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});

test('a token from the office is claimed by the number on its back, and lets its holder in', async () => {
  const { house } = at;
  const user = await house.given.user('Ueda');
  const loaded = await openTokens({
    ...house.foundation,
    userNamed: async () => undefined,
    tell: async () => undefined,
  }).import(
    'upn,serial number,secret key,time interval,manufacturer,model\n,7654321,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,60,M,T',
    undefined,
    { is: 'office', name: 'counter' },
  );
  assert.ok(loaded.imported);
  const code = () => hotp(Buffer.from('12345678901234567890'), stepOf(house.clock.now(), 60));

  const who = await at.person({ story: 'hardware-token', width: 390 });
  await who.open('/');
  await signIn(who, user.loginName);
  await who.press('次へ');
  await who.picture('choose');
  await who.press('ハードウェア トークン');
  await who.fill('シリアル番号', '7654320');
  await who.press('次へ');
  await who.sees('この番号のトークンは登録できません');
  await who.fill('シリアル番号', '７６５４３２１');
  await who.press('次へ');
  await who.sees('トークンのコードの入力');
  assert.deepEqual(await violations(who.page), []);
  await who.fill('コード', code());
  await who.press('検証');
  await who.sees('ハードウェア トークンが追加されました');
  await who.picture('added');
  await who.press('完了');
  await doNotStay(who);
  await who.sees('マイ アプリ');
  await who.leave();

  house.clock.pass(120_000);
  const later = await at.person({ story: 'hardware-token-later' });
  await later.open('/');
  await signIn(later, user.loginName);
  await later.press('ハードウェア トークンのコードを使用する：7654321');
  await later.fill('コード', code());
  await later.press('検証');
  await doNotStay(later);
  await later.sees('マイ アプリ');
  await later.leave();
});
