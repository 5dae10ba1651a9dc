// Manual 「電話と SMS」 2-2 次回からのサインイン: ID の確認 from outside, and nothing of it on campus.
import assert from 'node:assert/strict';
import test from 'node:test';
import { campus } from '../cast/house.ts';
import { inbox } from '../cast/mail.ts';
import { signsInByCall, signsInByText } from '../cast/manuals/sign-in.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.campusSkip();
});

signsInByText(at);
signsInByCall(at);

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
