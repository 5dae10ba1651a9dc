// Manual 「電話と SMS」 2-1 初回登録 and 2-3 スマホ版: the steps in their order, with their labels.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Person } from '../cast/chromium.ts';
import { password } from '../cast/house.ts';
import { inbox } from '../cast/mail.ts';
import { stage } from '../cast/stage.ts';
import { addPhone } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.campusSkip();
});

/** ① and ②: from the mail to the list of ways. */
async function signInToTheWizard(who: Person, loginName: string): Promise<void> {
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
async function finish(who: Person): Promise<void> {
  await who.sees('電話番号が追加されました');
  await who.picture('added');
  await who.press('完了');
  await who.sees('サインインの状態を維持しますか？');
  await who.picture('stay');
  await who.press('いいえ');
}

test('2-1: Hanako registers her phone by a text and is in her mail', async () => {
  const { loginName, id } = await at.house.given.user('Hanako');
  const phone = at.telephone('+819011110001');
  const hanako = await at.person({ story: '2-1 by text' });

  await signInToTheWizard(hanako, loginName);
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

test('2-1: Jiro registers by a call, and the page goes on by itself when # is pressed', async () => {
  const { loginName } = await at.house.given.user('Jiro');
  const phone = at.telephone('+818011110002');
  const jiro = await at.person({ story: '2-1 by call' });

  await signInToTheWizard(jiro, loginName);
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

const teams =
  'Mozilla/5.0 (Linux; Android 14; SO-53D Build/67.2.A.2.118; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.107 Mobile Safari/537.36 TeamsMobile-Android';

for (const javaScript of [true, false])
  test(`2-3: Sakura registers in the app of her phone, 320 px wide, ${javaScript ? 'with' : 'without'} script`, async () => {
    const name = javaScript ? 'Sakura' : 'Sakurako';
    const { loginName } = await at.house.given.user(name);
    const number = javaScript ? '07011110003' : '07011110004';
    const phone = at.telephone(`+81${number.slice(1)}`);
    const sakura = await at.person({
      story: `2-3 ${javaScript ? 'with' : 'without'} script`,
      width: 320,
      userAgent: teams,
      javaScript,
    });

    await signInToTheWizard(sakura, loginName);
    await addPhone(sakura, number, javaScript ? 'コードのSMS送信' : '呼び出し');
    if (javaScript) {
      await sakura.sees('コードが届きませんか？', '別のサインイン方法を設定してください');
      await sakura.picture('code');
      await sakura.fill('コード', await phone.code());
      await sakura.press('次へ');
    } else {
      await phone.answer();
      await phone.press('#');
    }
    await finish(sakura);
    await sakura.sees(`${inbox}: ${name}`);
    await sakura.leave();
  });

test('leaving half-way leaves nothing behind, and coming back starts clean', async () => {
  const { loginName, id } = await at.house.given.user('Kenji');
  const kenji = await at.person({ story: '2-1 left half-way' });
  await signInToTheWizard(kenji, loginName);
  await addPhone(kenji, '090-1111-0005', 'コードのSMS送信');
  await kenji.sees('コードの入力');
  await kenji.closeAndReturn();
  assert.deepEqual(await at.house.foundation.directory.reports.methodsOf(id), []);

  await signInToTheWizard(kenji, loginName);
  await kenji.press('電話');
  assert.equal(await kenji.page.getByLabel('電話番号', { exact: true }).inputValue(), '');
  await kenji.leave();
});

test('a wrong code is said with the tries that are left, and a wrong number can be mended', async () => {
  const { loginName } = await at.house.given.user('Mika');
  const phone = at.telephone('+819011110006');
  const mika = await at.person({ story: '2-1 with mistakes' });
  await signInToTheWizard(mika, loginName);

  await addPhone(mika, '090-1111', 'コードのSMS送信');
  await mika.sees('電話番号の桁数が足りません。');
  await mika.picture('too-short');
  await mika.fill('電話番号', '+81 (0)90 1111 0006');
  await mika.press('次へ');
  await mika.sees('コードの入力');
  const code = await phone.code();
  await mika.fill('コード', code === '000000' ? '000001' : '000000');
  await mika.press('次へ');
  await mika.sees('コードが正しくありません。あと4回入力できます。');
  await mika.picture('wrong-code');
  await mika.fill('コード', code.replace(/(\d{3})/, '$1 '));
  await mika.press('次へ');
  await finish(mika);
  await mika.sees(inbox);
  await mika.leave();
});
