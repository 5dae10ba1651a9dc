// Manual 「電話と SMS」 4-1 電話番号の変更, from campus.
import assert from 'node:assert/strict';
import test from 'node:test';
import { campus } from '../house.ts';
import type { Stage } from '../stage.ts';
import { addPhone, doNotStay, openSecurityInfo, signIn } from '../steps.ts';
import { until } from '../until.ts';

export const changesPhoneOnCampus = (at: Stage): Promise<void> =>
  test('4-1: Taro lost his phone, and changes his number on campus: delete, add, verify', async () => {
    const { loginName } = await at.house.given.user('Taro', { phone: '+819033330001' });
    const taro = await at.person({ story: '4-1 from campus', address: campus });
    await taro.open('/');
    await signIn(taro, loginName);
    await doNotStay(taro);
    await openSecurityInfo(taro);
    await taro.sees('+81 XX-XXXX-XX01');
    await taro.picture('security-info');
    await taro.press('削除');
    await taro.sees('このサインイン方法を削除しますか？', 'これは登録されている最後の方法です。');
    await taro.picture('delete');
    await taro.press('削除');
    await taro.sees('サインイン方法を削除しました。');
    await taro.doesNotSee('+81 XX-XXXX-XX01');
    await taro.press('+ サインイン方法の追加');
    await taro.sees('サインイン方法の追加');
    await taro.picture('choose');
    await addPhone(taro, '090-3333-0002', 'コードのSMS送信');
    const phone = at.telephone('+819033330002');
    await taro.fill('コード', await phone.code());
    await taro.press('次へ');
    await taro.sees('電話番号が追加されました');
    await taro.press('完了');
    await taro.sees('セキュリティ情報', '+81 XX-XXXX-XX02');
    await taro.picture('changed');
    assert.ok(await at.telephone('+819033330001').isQuiet());

    const outside = await at.person({ story: '4-1 afterwards from home' });
    await outside.open('/');
    await signIn(outside, loginName);
    await outside.press('+81 XX-XXXX-XX02 にSMSを送信');
    await outside.fill('コード', await phone.code());
    await outside.press('検証');
    await doNotStay(outside);
    await outside.sees('マイ アプリ');
    await outside.leave();
    await taro.leave();

    const told = () => at.house.letters().filter(letter => letter.includes(loginName));
    await until(() => told().length >= 2);
    assert.equal(told().length, 2, 'both changes were told by mail');
  });
