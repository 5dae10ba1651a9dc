// Manual 「電話と SMS」 4-1 電話番号の変更, from campus and from outside.
import assert from 'node:assert/strict';
import test from 'node:test';
import { password } from '../cast/house.ts';
import { changesPhoneOnCampus } from '../cast/manuals/change-of-phone.ts';
import { press } from '../cast/press.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, openSecurityInfo, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.setting('securityInfo', { onTrustedNetwork: 'password' });
  await house.given.campusSkip();
});

changesPhoneOnCampus(at);

test('4-1: from outside every change asks for the phone that is registered', async () => {
  const { loginName } = await at.house.given.user('Yoko', { phone: '+819033330003' });
  const phone = at.telephone('+819033330003');
  const yoko = await at.person({ story: '4-1 from outside' });
  await yoko.open('/');
  await signIn(yoko, loginName);
  await yoko.press('+81 XX-XXXX-XX03 にSMSを送信');
  await yoko.fill('コード', await phone.code());
  await yoko.press('検証');
  await doNotStay(yoko);
  at.house.clock.pass(16 * 60_000);
  await openSecurityInfo(yoko);
  await yoko.press('変更');
  await yoko.fill('パスワード', password);
  await yoko.press('サインイン');
  await yoko.sees('ID の確認');
  await yoko.picture('asked-again');
  await yoko.press('+81 XX-XXXX-XX03 にSMSを送信');
  await yoko.fill('コード', await phone.code());
  await yoko.press('検証');
  await yoko.sees('電話番号の追加');
  await yoko.fill('電話番号', '09033330004');
  await yoko.press('次へ');
  await yoko.fill('コード', await at.telephone('+819033330004').code());
  await yoko.press('次へ');
  await yoko.sees('電話番号が追加されました');
  await yoko.press('完了');
  await yoko.sees('+81 XX-XXXX-XX04');
  await yoko.doesNotSee('+81 XX-XXXX-XX03');
  await yoko.leave();
});

test('4-1: from outside, a phone that is not at hand cannot be changed', async () => {
  const { loginName, id } = await at.house.given.user('Goro', { phone: '+819033330005' });
  const goro = await at.person({ story: '4-1 without the phone' });
  await goro.open('/account/security-info/add');
  await signIn(goro, loginName);
  await goro.sees('ID の確認', '+81 XX-XXXX-XX05');
  await goro.press('+81 XX-XXXX-XX05 にSMSを送信');
  await goro.sees('コードの入力');
  await goro.fill('コード', '000000');
  await goro.press('検証');
  await goro.sees('コードが正しくありません。');
  for (const path of ['/account/security-info/add', '/account/security-info', '/account']) {
    await goro.open(path);
    await goro.sees('サインイン');
    assert.equal(await goro.has('+ サインイン方法の追加'), false);
  }
  assert.deepEqual(await at.house.foundation.directory.reports.methodsOf(id), [{ method: 'phone', n: 1 }]);
  await goro.leave();
});

test('the new phone is added before the old one is removed, and which is asked first can be chosen', async () => {
  const { loginName } = await at.house.given.user('Emi', { phone: '+819033330006' });
  const old = at.telephone('+819033330006');
  const emi = await at.person({ story: 'two phones' });
  await emi.open('/');
  await signIn(emi, loginName);
  await emi.press('+81 XX-XXXX-XX06 にSMSを送信');
  await emi.fill('コード', await old.code());
  await emi.press('検証');
  await doNotStay(emi);
  await openSecurityInfo(emi);
  await emi.press('+ サインイン方法の追加');
  await emi.press('代替の電話');
  await emi.fill('電話番号', '080-3333-0007');
  await emi.press('次へ');
  const second = at.telephone('+818033330007');
  await second.answer();
  await second.press('#');
  await emi.sees('電話番号が追加されました');
  await emi.press('完了');
  await emi.sees('+81 XX-XXXX-XX06', '+81 XX-XXXX-XX07');
  await emi.picture('two');
  const inRow = (number: string) => emi.page.getByRole('row', { name: number });
  await press(emi.page, inRow('XX07').getByRole('button', { name: '既定にする' }));
  await emi.sees('この方法を既定にしました。');

  const again = await at.person({ story: 'two phones, again' });
  await again.open('/');
  await signIn(again, loginName);
  await again.sees('ID の確認');
  await again.picture('choose');
  assert.match((await again.page.locator('.choice').first().textContent()) ?? '', /XX07/);
  await again.leave();

  await press(emi.page, inRow('XX06').getByRole('link', { name: '削除' }));
  await emi.press('削除');
  await emi.sees('サインイン方法を削除しました。', '+81 XX-XXXX-XX07');
  await emi.doesNotSee('XX06');
  await emi.leave();
});
