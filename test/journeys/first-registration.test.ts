// Manual 「電話と SMS」 2-1 初回登録 and 2-3 スマホ版: the steps in their order, with their labels.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inbox } from '../cast/mail.ts';
import { finish, registersByCall, registersByText, signInToTheWizard } from '../cast/manuals/registration.ts';
import { stage } from '../cast/stage.ts';
import { addPhone } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.campusSkip();
});

registersByText(at);
registersByCall(at);

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

    await signInToTheWizard(at, sakura, loginName);
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
  await signInToTheWizard(at, kenji, loginName);
  await addPhone(kenji, '090-1111-0005', 'コードのSMS送信');
  await kenji.sees('コードの入力');
  await kenji.closeAndReturn();
  assert.deepEqual(await at.house.foundation.directory.reports.methodsOf(id), []);

  await signInToTheWizard(at, kenji, loginName);
  await kenji.press('電話');
  assert.equal(await kenji.page.getByLabel('電話番号', { exact: true }).inputValue(), '');
  await kenji.leave();
});

test('a wrong code is said with the tries that are left, and a wrong number can be mended', async () => {
  const { loginName } = await at.house.given.user('Mika');
  const phone = at.telephone('+819011110006');
  const mika = await at.person({ story: '2-1 with mistakes' });
  await signInToTheWizard(at, mika, loginName);

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
