// Manual 「電話と SMS」 2-1 初回登録: the steps in their order, with their labels.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Person } from '../chromium.ts';
import { password } from '../house.ts';
import { inbox } from '../mail.ts';
import type { Stage } from '../stage.ts';
import { addPhone } from '../steps.ts';

/** ① and ②: from the mail to the list of ways. */
export async function signInToTheWizard(at: Stage, who: Person, loginName: string): Promise<void> {
  await who.open(at.mail.url);
  await who.sees('サインイン', 'アカウント');
  await who.picture('sign-in');
  await who.fill('アカウント', loginName);
  await who.press('次へ');
  await who.sees('パスワードの入力', 'パスワードを忘れた場合');
  await who.picture('password');
  await who.fill('パスワード', password);
  await who.press('サインイン');
  await who.sees('詳細情報が必要', '別のアカウントを使用する', '問い合わせ先');
  await who.picture('more-information');
  await who.press('次へ');
  await who.sees('アカウントのセキュリティ保護');
  await who.picture('secure');
  await who.press('別のサインイン方法を設定してください');
  await who.sees('サインイン方法の追加');
  await who.picture('choose');
}

/** ⑥ and what follows: signed in to the mail. */
export async function finish(who: Person): Promise<void> {
  await who.sees('電話番号が追加されました');
  await who.picture('added');
  await who.press('完了');
  await who.sees('サインインの状態を維持しますか？');
  await who.picture('stay');
  await who.press('いいえ');
}

export const registersByText = (at: Stage): Promise<void> =>
  test('2-1: Hanako registers her phone by a text and is in her mail', async () => {
    const { loginName, id } = await at.house.given.user('Hanako');
    const phone = at.telephone('+819011110001');
    const hanako = await at.person({ story: '2-1 by text' });

    await signInToTheWizard(at, hanako, loginName);
    await addPhone(hanako, '090-1111-0001', 'コードのSMS送信');
    await hanako.sees('コードの入力', '+81 90-1111-0001');
    await hanako.picture('code');
    await hanako.fill('コード', await phone.code());
    await hanako.press('次へ');
    await finish(hanako);
    await hanako.sees(`${inbox}: Hanako (mfa otp pwd sms)`);
    await hanako.picture('mail');

    const report = await at.house.foundation.directory.reports.methodsOf(id);
    assert.deepEqual(report, [{ method: 'phone', n: 1 }]);
    await hanako.leave();
  });

export const registersByCall = (at: Stage): Promise<void> =>
  test('2-1: Jiro registers by a call, and the page goes on by itself when # is pressed', async () => {
    const { loginName } = await at.house.given.user('Jiro');
    const phone = at.telephone('+818011110002');
    const jiro = await at.person({ story: '2-1 by call' });

    await signInToTheWizard(at, jiro, loginName);
    await addPhone(jiro, '０８０ー１１１１ー０００２', '呼び出し');
    await jiro.sees('電話に出てください', '# を押してください');
    await jiro.picture('calling');
    assert.match(await phone.answer(), /シャープ|#/);
    await jiro.sees('応答がありました');
    await jiro.picture('answered');
    await phone.press('#');
    await finish(jiro);
    await jiro.sees(`${inbox}: Jiro`);
    await jiro.leave();
  });
