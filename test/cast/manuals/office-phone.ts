// Manual 「認証用電話」: the telephone on the desk, behind the switchboard of the office.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inbox } from '../mail.ts';
import type { Stage } from '../stage.ts';
import { doNotStay, signIn } from '../steps.ts';

/** The switchboard answers, the extension is keyed in, and the desk confirms: at the registration and at a sign-in. */
export const proofAtTheDesk = (at: Stage): Promise<void> =>
  test('03-1234-5600 with extension 123: the desk is reached through the switchboard, and # there confirms', async () => {
    const { loginName } = await at.house.given.user('Akiko');
    const desk = at.telephone('+81312345600');
    const akiko = await at.person({ story: 'office phone' });
    await akiko.open(at.mail.url);
    await signIn(akiko, loginName);
    await akiko.press('次へ');
    await akiko.press('会社電話');
    await akiko.fill('電話番号', '03-1234-5600');
    await akiko.fill('内線番号（ある場合）', '123');
    await akiko.picture('number');
    await akiko.press('次へ');
    await akiko.sees('電話に出てください');
    await desk.answer();
    assert.equal(await desk.extension(), '123');
    await akiko.sees('応答がありました');
    await desk.press('#');
    await akiko.sees('電話番号が追加されました');
    await akiko.press('完了');
    await doNotStay(akiko);
    await akiko.sees(`${inbox}: Akiko`);
    await akiko.leave();

    const again = await at.person({ story: 'office phone, again' });
    await again.open(at.mail.url);
    await signIn(again, loginName);
    await again.press('+81 X-XXXX-XX00 (X) に電話をかける');
    await desk.answer();
    assert.equal(await desk.extension(), '123');
    await desk.press('#');
    await doNotStay(again);
    await again.sees(`${inbox}: Akiko`);
    await again.leave();
  });
