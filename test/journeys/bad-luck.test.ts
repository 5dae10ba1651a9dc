// Two tabs, back, reload, a double click, a closed browser, refused cookies, a gateway that is down.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inbox } from '../cast/mail.ts';
import { stage } from '../cast/stage.ts';
import { addPhone, doNotStay, signIn } from '../cast/steps.ts';

const at = stage(async house => {
  await house.given.setting('registration', { startsOn: '2026-04-01' });
  await house.given.campusSkip();
});

test('two tabs of one sign-in: whichever is behind goes on from where the other stands', async () => {
  const { loginName } = await at.house.given.user('Hanako', { phone: '+819077770001' });
  const left = await at.person({ story: 'two tabs' });
  await left.open(at.mail.url);
  await left.sees('アカウント');
  const right = await left.newTab();
  await right.open(left.page.url());
  await signIn(right, loginName);
  await right.sees('ID の確認');

  await left.fill('アカウント', loginName);
  await left.press('次へ');
  await left.sees('ID の確認');
  await left.press('+81 XX-XXXX-XX01 にSMSを送信');
  await left.sees('コードの入力');
  await right.press('+81 XX-XXXX-XX01 にSMSを送信');
  await right.sees('コードの入力');
  const phone = at.telephone('+819077770001');
  const code = await phone.code();
  assert.ok(await phone.isQuiet(), 'two tabs, one text');
  await right.fill('コード', code);
  await right.press('検証');
  await right.sees('サインインの状態を維持しますか？');
  // The page that is behind asks what became of its text, and learns that it was used.
  await left.sees('サインインの状態を維持しますか？');
  await left.press('いいえ');
  await left.sees(`${inbox}: Hanako`);
  await right.press('いいえ');
  await right.picture('behind');
  await right.doesNotSee('システムで問題が発生しました');
  await left.leave();
});

test('back and reload show the step at which the sign-in stands, and a form of an earlier one does no harm', async () => {
  const { loginName } = await at.house.given.user('Jiro', { phone: '+819077770002' });
  const jiro = await at.person({ story: 'back and reload' });
  await jiro.open(at.mail.url);
  await signIn(jiro, loginName);
  await jiro.press('+81 XX-XXXX-XX02 にSMSを送信');
  await jiro.sees('コードの入力');
  await jiro.page.goBack();
  await jiro.sees('コードの入力');
  await jiro.page.reload();
  await jiro.sees('コードの入力');
  const phone = at.telephone('+819077770002');
  const code = await phone.code();
  assert.ok(await phone.isQuiet(), 'neither sends again');
  await jiro.fill('コード', code);
  await jiro.press('検証');
  await doNotStay(jiro);
  await jiro.sees(inbox);
  await jiro.page.goBack();
  await jiro.doesNotSee('システムで問題が発生しました');
  await jiro.leave();
});

for (const javaScript of [true, false])
  test(`a double click sends one text and adds one phone, ${javaScript ? 'with' : 'without'} script`, async () => {
    const name = javaScript ? 'Mika' : 'Miki';
    const number = javaScript ? '09077770003' : '09077770004';
    const { loginName, id } = await at.house.given.user(name);
    const phone = at.telephone(`+81${number.slice(1)}`);
    const mika = await at.person({
      story: `double click ${javaScript ? 'with' : 'without'} script`,
      javaScript,
    });
    await mika.open(at.mail.url);
    await mika.fill('アカウント', loginName);
    await mika.press('次へ');
    await mika.fill('パスワード', 'sakura saku michi');
    await mika.press('サインイン');
    await mika.sees('詳細情報が必要');
    await mika.press('次へ');
    await mika.press('電話');
    await mika.fill('電話番号', number);
    await mika.pressTwice('次へ');
    await mika.sees('コードの入力');
    const code = await phone.code();
    assert.ok(await phone.isQuiet(), 'one text');
    await mika.fill('コード', code);
    await mika.press('次へ');
    await mika.sees('電話番号が追加されました');
    await mika.press('完了');
    await mika.sees('サインインの状態を維持しますか？');
    await mika.pressTwice('いいえ');
    await mika.sees(inbox);
    assert.deepEqual(await at.house.foundation.directory.reports.methodsOf(id), [{ method: 'phone', n: 1 }]);
    await mika.leave();
  });

test('a closed browser begins again, and a sign-in that waited too long says so', async () => {
  const { loginName } = await at.house.given.user('Yoko', { phone: '+819077770005' });
  const yoko = await at.person({ story: 'closed browser' });
  await yoko.open(at.mail.url);
  await signIn(yoko, loginName);
  await yoko.sees('ID の確認');
  await yoko.closeAndReturn();
  await yoko.open(at.mail.url);
  await yoko.sees('アカウント');
  at.house.clock.pass(16 * 60_000);
  await yoko.fill('アカウント', loginName);
  await yoko.press('次へ');
  await yoko.sees('時間切れになっています。', 'お問い合わせ番号');
  await yoko.picture('over');
  await yoko.leave();
});

test('who refuses cookies is told so, and what to do', async () => {
  const { loginName } = await at.house.given.user('Kenji');
  const kenji = await at.person({ story: 'cookies refused' });
  await kenji.open(at.mail.url);
  await kenji.fill('アカウント', loginName);
  await kenji.page.context().clearCookies();
  await kenji.press('次へ');
  await kenji.sees('このサイトのCookieを許可するか、別のブラウザーをお使いください。');
  await kenji.picture('cookies');
  await kenji.leave();
});

test('a gateway that is down lets nobody in: the other ways are offered, and the same one again later', async () => {
  const { loginName } = await at.house.given.user('Emi', { phone: '+819077770006' });
  const operator = await at.person({ story: 'gateway down, the network' });
  await operator.open('/simulator');
  await operator.choose('これからのSMSと電話に起きること', '送信の受け付けを拒否する');
  await operator.press('設定');
  await operator.picture('simulator');

  const emi = await at.person({ story: 'gateway down' });
  await emi.open(at.mail.url);
  await signIn(emi, loginName);
  await emi.press('+81 XX-XXXX-XX06 にSMSを送信');
  await emi.sees('ただいま送信できません。');
  await emi.picture('down');
  assert.ok(await emi.has('+81 XX-XXXX-XX06 に電話をかける'));
  await emi.open(at.mail.url);
  await emi.sees('アカウント');

  await operator.choose('これからのSMSと電話に起きること', '正常に動作する');
  await operator.press('設定');
  await operator.leave();
  at.house.clock.pass(61_000);
  await signIn(emi, loginName);
  await emi.press('+81 XX-XXXX-XX06 にSMSを送信');
  await emi.sees('コードの入力');
  await emi.fill('コード', await at.telephone('+819077770006').code());
  await emi.press('検証');
  await doNotStay(emi);
  await emi.sees(inbox);
  await emi.leave();
});

test('a gateway that is down in the wizard loses nothing that was typed', async () => {
  const { loginName } = await at.house.given.user('Nao');
  const operator = await at.person({ story: 'gateway down in the wizard, the network' });
  await operator.open('/simulator');
  await operator.choose('これからのSMSと電話に起きること', '送信の受け付けを拒否する');
  await operator.press('設定');
  const nao = await at.person({ story: 'gateway down in the wizard' });
  await nao.open(at.mail.url);
  await signIn(nao, loginName);
  await nao.press('次へ');
  await addPhone(nao, '090-7777-0007', 'コードのSMS送信');
  await nao.sees('ただいま送信できません。');
  await nao.picture('down');
  assert.equal(await nao.page.getByLabel('電話番号', { exact: true }).inputValue(), '090-7777-0007');
  await operator.choose('これからのSMSと電話に起きること', '正常に動作する');
  await operator.press('設定');
  await operator.leave();
  await nao.leave();
});
