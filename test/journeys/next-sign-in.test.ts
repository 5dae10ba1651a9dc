// Manual 「電話と SMS」 2-2 次回からのサインイン: ID の確認 from outside, and nothing of it on campus.
import assert from 'node:assert/strict';
import test from 'node:test';
import { campus } from '../cast/house.ts';
import { inbox } from '../cast/mail.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.campusSkip();
});

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

test('2-2: without script the page of a call asks for itself again, and goes on when # was pressed', async () => {
  const { loginName } = await at.house.given.user('Yuki', { phone: '+819022220005' });
  const phone = at.telephone('+819022220005');
  const yuki = await at.person({ story: '2-2 without script', javaScript: false, width: 320 });
  await yuki.open(at.mail.url);
  await signIn(yuki, loginName);
  await yuki.press('+81 XX-XXXX-XX05 に電話をかける');
  await yuki.sees('電話に出てください');
  await yuki.picture('ringing');
  await phone.answer();
  await phone.press('#');
  await yuki.sees('サインインの状態を維持しますか？');
  await doNotStay(yuki);
  await yuki.sees(`${inbox}: Yuki (mfa`);
  await yuki.leave();
});

test('2-2: on campus the password is enough, and the mail is told so honestly', async () => {
  const { loginName } = await at.house.given.user('Sakura', { phone: '+819022220003' });
  const sakura = await at.person({ story: '2-2 on campus', address: campus });
  await sakura.open(at.mail.url);
  await sakura.sees('学内からアクセスしています。');
  await sakura.picture('sign-in');
  await signIn(sakura, loginName);
  await doNotStay(sakura);
  await sakura.sees(`${inbox}: Sakura (pwd)`);
  assert.ok(await at.telephone('+819022220003').isQuiet());
  await sakura.leave();
});

test('who took the wrong way goes to another one, and a new code counts from then on', async () => {
  const { loginName } = await at.house.given.user('Mika', { phone: '+819022220004' });
  const phone = at.telephone('+819022220004');
  const mika = await at.person({ story: '2-2 another way' });
  await mika.open(at.mail.url);
  await signIn(mika, loginName);
  await mika.press('+81 XX-XXXX-XX04 に電話をかける');
  await mika.sees('電話に出てください');
  await mika.press('別の方法でサインイン');
  await mika.press('+81 XX-XXXX-XX04 にSMSを送信');
  await mika.sees('コードの入力');
  const old = await phone.code();
  at.house.clock.pass(31_000);
  await mika.page.reload();
  await mika.press('新しいコードを送信');
  await mika.sees('コードの入力');
  const fresh = await phone.code();
  await mika.fill('コード', old === fresh ? '000000' : old);
  await mika.press('検証');
  await mika.sees('コードが正しくありません。');
  await mika.fill('コード', fresh);
  await mika.press('検証');
  await doNotStay(mika);
  await mika.sees(inbox);
  await mika.leave();
});
