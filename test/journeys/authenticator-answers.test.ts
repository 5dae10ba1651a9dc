// What is asked of Genkan Authenticator, and how it ends: two browsers at once, one signs in, the other is the phone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import { linkOn, otherThan, signOut, toTheCode, toTheNumber, withApp } from '../cast/authenticator.ts';
import { password } from '../cast/house.ts';
import { stage } from '../cast/stage.ts';

const at = stage(
  async house => {
    await house.given.multiFactorEverywhere();
  },
  { windows: true },
);

test('another number is refused, and there is no second try', async () => {
  const { who, phone, loginName } = await withApp(at, 'Dai');
  await signOut(who);
  const number = await toTheNumber(who, loginName);
  await phone.sees('サインイン中ですか？');
  await phone.press('承認');
  await phone.sees('2桁の番号を入力してください');
  await phone.fill('サインイン画面の番号', otherThan(number));
  await phone.press('承認');
  await phone.sees('番号が違います');
  await phone.picture('wrong-number');
  await who.sees('アプリに入力された番号が、この画面の番号と異なります');
  await who.picture('wrong-number');
  await phone.press('完了');
  await phone.sees('現在、要求はありません。');
  await who.leave();
  await phone.leave();
});

test('who did not sign in says so, and nothing is asked again', async () => {
  const { who, phone, loginName } = await withApp(at, 'Eiji');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.press('心当たりがない');
  await phone.sees('サインインを停止しました', '早めに変更してください');
  await phone.picture('reported');
  await who.sees(/心当たりがない|停止|1時間/);
  await who.picture('reported');
  await phone.leave();
});

test('who was shown a code that they did not ask for says so, and reads of a set-up, not of a sign-in', async () => {
  const { setUpResults: t } = wordsFor('ja').authenticator;
  for (const [name, press, { title, line }] of [
    ['Kiku', '心当たりがない', t.reported],
    ['Kumi', '設定を取りやめる', t.denied],
  ] as const) {
    const { loginName } = await at.house.given.user(name);
    const who = await at.person({ story: `authenticator-set-up-${name.toLowerCase()}` });
    const phone = await at.person({ story: `authenticator-set-up-${name.toLowerCase()}-phone`, width: 390 });
    await toTheCode(who, loginName);
    await phone.open(await linkOn(who));
    await phone.press('追加');
    await phone.press(press);
    await phone.sees(title, line);
    await phone.picture('ended');
    await phone.leave();
    await who.leave();
  }
});

test('whoever chose another way reads in the app that nothing waits for it any more', async () => {
  const { who, phone, loginName } = await withApp(at, 'Hisa');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.sees('サインイン中ですか？');
  await who.press(wordsFor('ja').signIn.anotherWay);
  await phone.sees('この要求は終了しています', '回答を待たなくなりました');
  await phone.picture('left');
  await phone.leave();
  await who.leave();
});

test('who changed their mind says that too', async () => {
  const { who, phone, loginName } = await withApp(at, 'Fumi');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.press('サインインを取りやめる');
  await phone.sees('承認しませんでした');
  await who.sees('アプリで承認されませんでした。');
  await phone.leave();
  await who.leave();
});

test('what nobody answers expires, and both say so', async () => {
  const { who, phone, loginName } = await withApp(at, 'Gen');
  await signOut(who);
  await toTheNumber(who, loginName);
  await phone.sees('サインイン中ですか？');
  at.house.clock.pass(61_000);
  await who.sees('時間内にアプリからの応答がありませんでした。');
  await who.picture('ignored');
  await phone.sees(/この要求は終了しています|要求の有効期限が切れました/);
  await phone.picture('ignored');
  await phone.leave();
  await who.leave();
});

test('of twenty sign-ins with the right password, at most three reach the phone', async () => {
  const { who, phone, loginName } = await withApp(at, 'Mio');
  const shown = () => phone.page.evaluate(() => history.state?.request?.request as string | undefined);
  const asked: string[] = [];
  for (let n = 0; n < 20; n++) {
    const thief = at.house.visitor({ address: `198.51.100.${n}` });
    await thief.open('/account');
    await thief.send('/identify', { account: loginName });
    const { html } = await thief.send('/password', { password });
    const [, way = ''] = /value="([\w-]+ push)"/.exec(html) ?? [];
    const { text } = await thief.send('/ask', { way });
    if (!text.includes('アプリでの応答を待っています')) continue;
    await phone.sees('サインイン中ですか？', `198.51.100.${n}`);
    asked.push((await shown()) ?? '');
    // Nobody answers.
    at.house.clock.pass(61_000);
    await phone.sees(/この要求は終了しています|要求の有効期限が切れました/);
    await phone.press('完了');
  }
  assert.equal(new Set(asked).size, asked.length);
  assert.equal(asked.length, 3);
  await phone.leave();
  await who.leave();
});
