// Manual 「認証用電話」 2.1.2: a telephone at home, its number written either way, and * before # on an analog line.
import test from 'node:test';
import { inbox } from '../mail.ts';
import type { Stage } from '../stage.ts';
import { doNotStay, signIn } from '../steps.ts';

/** Over the analog line of the house: * and then #. */
export const proofOnAnalogLine = (at: Stage, javaScript: boolean): Promise<void> =>
  test(`813-1234-5678 is the same telephone, ${javaScript ? 'and the page reads it back while it is typed' : 'and without script it is read back before it rings'}`, async () => {
    const name = javaScript ? 'Michiko' : 'Yukiko';
    const { loginName } = await at.house.given.user(name);
    const phone = at.telephone('+81312345678');
    await phone.forget();
    const person = await at.person({ story: `813 ${javaScript ? 'with' : 'without'} script`, javaScript });
    await person.open(at.mail.url);
    await signIn(person, loginName);
    await person.press('次へ');
    await person.press('電話');
    await person.fill('電話番号', '813-1234-5678');
    if (javaScript) await person.sees('+81 3-1234-5678');
    await person.choose('確認方法を選択します', '呼び出し');
    await person.picture('number');
    await person.press('次へ');
    if (!javaScript) {
      await person.sees('+81 3-1234-5678 でよろしいですか？');
      await person.picture('read back');
      await person.press('次へ');
    }
    await person.sees('電話に出てください', '+81 3-1234-5678');
    await phone.answer();
    await phone.press('*#');
    await person.sees('電話番号が追加されました');
    await person.press('完了');
    await doNotStay(person);
    await person.sees(`${inbox}: ${name}`);
    await person.leave();
  });
