// Manual 「電話と SMS」 2-2 次回からのサインイン: ID の確認 from outside.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inbox } from '../mail.ts';
import type { Stage } from '../stage.ts';
import { doNotStay, signIn } from '../steps.ts';

export const signsInByText = (at: Stage): Promise<void> =>
  test('2-2: Hanako proves from home that it is her, by a text', async () => {
    const { loginName } = await at.house.given.user('Hanako', { phone: '+819022220001' });
    const phone = at.telephone('+819022220001');
    const hanako = await at.person({ story: '2-2 by text' });
    await hanako.open(at.mail.url);
    await signIn(hanako, loginName);
    await hanako.sees('ID の確認');
    await hanako.picture('choose');
    await hanako.press('+81 XX-XXXX-XX01 にSMSを送信');
    await hanako.sees('コードの入力', '+81 XX-XXXX-XX01 に6桁のコードをSMSで送信しました。');
    await hanako.picture('code');
    const text = await phone.text();
    assert.match(text, /けやき大学の確認コードです。/);
    assert.match(text, /\n@localhost #\d{6}$/);
    await hanako.fill('コード', /\d{6}/.exec(text)?.[0] ?? '');
    await hanako.press('検証');
    await doNotStay(hanako);
    await hanako.sees(`${inbox}: Hanako (mfa otp pwd sms)`);
    await hanako.leave();
  });

export const signsInByCall = (at: Stage): Promise<void> =>
  test('2-2: Jiro proves from home that it is him, by a call', async () => {
    const { loginName } = await at.house.given.user('Jiro', { phone: '+819022220002', way: 'call' });
    const phone = at.telephone('+819022220002');
    const jiro = await at.person({ story: '2-2 by call' });
    await jiro.open(at.mail.url);
    await signIn(jiro, loginName);
    await jiro.sees('ID の確認');
    await jiro.press('+81 XX-XXXX-XX02 に電話をかける');
    await jiro.sees('電話に出てください', '呼び出しています');
    await jiro.picture('ringing');
    await phone.answer();
    await jiro.sees('応答がありました');
    await phone.press('#');
    await jiro.sees('サインインの状態を維持しますか？');
    await doNotStay(jiro);
    await jiro.sees(`${inbox}: Jiro (mfa`);
    await jiro.leave();
  });
