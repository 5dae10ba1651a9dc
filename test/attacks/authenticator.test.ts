import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Answer } from '../../src/methods/authenticator/api.ts';
import { wordsFor } from '../../src/words/index.ts';
import { addDevice, answerTo, look, numberOn, post } from '../cast/device.ts';
import { until } from '../cast/until.ts';
import { approvalScene, asked } from './approval-scene.ts';
import { arrive, assertNotSignedIn, assertSignedIn, enter, type Resident } from './scene.ts';

const { at, owner, askPush } = approvalScene();
const t = wordsFor('ja').approval;

const other = (number: string): string => String(((Number(number) - 10 + 1) % 90) + 10);

const proofs = (who: Resident): Promise<number> =>
  at.count(
    'audit',
    `user_id = '${who.id}' and kind = 'sign-in.step' and detail->>'method' = 'authenticator' and detail->>'verdict' = 'proved'`,
  );

test('a device that was added approves a sign-in by the number on its page, or shows a code', async () => {
  const { who, device } = await owner('Approver');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  assert.equal(request.purpose, 'sign-in');
  assert.ok(!JSON.stringify(request).includes(`"${numberOn(visitor)}"`), 'the number is on the page only');
  const { body } = await device.answer(request, { number: numberOn(visitor) });
  assert.equal(body.outcome, 'approved');
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
  const offline = at.house.visitor();
  await enter(offline, who);
  await offline.send('/ask', { way: `${device.id} code` });
  const code = device.code();
  await offline.send('/answer', { code });
  await arrive(offline);
  await assertSignedIn(offline);
  const again = at.house.visitor();
  await enter(again, who);
  await again.send('/ask', { way: `${device.id} code` });
  await again.send('/answer', { code });
  assert.ok(
    again.page.forms.some(({ action }) => action.endsWith('/answer')),
    again.page.text,
  );
});

test('a number can be guessed once: a wrong one ends the request, and counts as a failure', async () => {
  const { who, device } = await owner('Guesser');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const right = numberOn(visitor);
  assert.equal((await device.answer(request, { number: other(right) })).body.outcome, 'wrong-number');
  assert.equal((await device.answer(request, { number: right })).body.outcome, 'over');
  assert.equal(await device.pull(), undefined);
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.wrong), visitor.page.text);
  await assertNotSignedIn(visitor);
  assert.equal(await at.count('lockouts', `key = 'second:${who.id}' and failures = 1`), 1);
  await look(visitor);
  await look(visitor);
  assert.equal(await at.count('lockouts', `key = 'second:${who.id}' and failures = 1`), 1);
});

test('a hundred answers at once are one answer, and the page shows what became of that one', async () => {
  const { who, device } = await owner('Hasty');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  // All numbers that there are, and some twice.
  const numbers = Array.from({ length: 100 }, (_, i) => String(10 + (i % 90)));
  const said = await Promise.all(numbers.map(number => device.answer(request, { number })));
  const [outcome, ...more] = said.map(({ body }) => body.outcome).filter(one => one !== 'over');
  assert.deepEqual(more, []);
  await Promise.all([look(visitor), look(visitor.copy()), visitor.copy().open(visitor.page.url)]);
  await look(visitor);
  if (outcome === 'approved') {
    assert.equal(await proofs(who), 1);
    await arrive(visitor);
    await assertSignedIn(visitor);
  } else {
    assert.equal(outcome, 'wrong-number');
    assert.ok(visitor.page.text.includes(t.ended.wrong), visitor.page.text);
    assert.equal(await proofs(who), 0);
    await assertNotSignedIn(visitor);
  }
});

test('a signed answer is good for its request, and once', async () => {
  const { who, device } = await owner('Replayed');
  const first = await askPush(who, device);
  const request = await asked(device);
  const answer = await device.signed('answer', answerTo(request, { number: numberOn(first) }));
  assert.equal((await post(at.house, 'device/answer', answer)).status, 200);
  assert.equal((await post(at.house, 'device/answer', answer)).body.error, 'replayed');
  await look(first);
  await arrive(first);
  await assertSignedIn(first);
  // The same words about another request: the challenge is the other one's, and so is the number.
  const second = await askPush(who, device);
  const next = await asked(device);
  const { request: id, ...words } = answerTo(request, { number: numberOn(second) });
  assert.equal((await device.ask('answer', { ...words, request: id })).body.error, undefined);
  assert.equal((await asked(device)).request, next.request, 'the old name closes nothing');
  const said = await device.answer({ ...request, request: next.request }, { number: numberOn(second) });
  assert.notEqual((said.body as { outcome: string }).outcome, 'approved');
  await look(second);
  await assertNotSignedIn(second);
});

test('an answer says what was shown: one about anything else approves nothing', async () => {
  const { device, who } = await owner('Misled');
  const lies: readonly Partial<Answer>[] = [
    { application: '図書館' },
    { address: '192.0.2.1' },
    { trusted: true },
    { askedAt: 1 },
    { user: '00000000-0000-7000-8000-000000000000' },
    { challenge: randomBytes(16).toString('base64url') },
  ];
  for (const lie of lies) {
    const visitor = await askPush(who, device);
    const request = await asked(device);
    const { body } = await device.answer(request, { number: numberOn(visitor), ...lie });
    assert.notEqual(body.outcome, 'approved', JSON.stringify(lie));
    await look(visitor);
    await assertNotSignedIn(visitor);
    at.house.clock.pass(31 * 60_000);
  }
});

test('what is signed for one place, act or device is nothing in another', async () => {
  const { who, device } = await owner('Aimed');
  const { device: strangers } = await owner('Stranger');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const body = answerTo(request, { number: numberOn(visitor) });
  for (const cheat of [
    { as: 'https://id.other.example' },
    { device: strangers.id },
    { at: at.house.clock.now() + 1 },
    { nonce: randomBytes(16).toString('base64url') },
    { body: JSON.stringify({ ...body, decision: 'deny' }) },
    { signature: randomBytes(64).toString('base64url') },
  ])
    assert.equal(
      (await device.ask('answer', body, cheat)).body.error,
      'unknown-device',
      JSON.stringify(cheat),
    );
  const pulled = await device.signed('pull', body);
  assert.equal((await post(at.house, 'device/answer', pulled)).body.error, 'unknown-device');
  // Another person's device, with its own good key.
  assert.equal((await strangers.answer(request, { number: numberOn(visitor) })).body.outcome, 'over');
  assert.equal(await strangers.pull(), undefined);
  await look(visitor);
  await assertNotSignedIn(visitor);
});

test('another device of the same person cannot answer for the one that was asked', async () => {
  const { who, device, visitor: owners } = await owner('TwoDevices');
  const second = await addDevice(at.house, owners, { name: 'iPad' });
  const visitor = await askPush(who, device);
  assert.equal(await second.pull(), undefined);
  const said = await second.answer(await asked(device), { number: numberOn(visitor) });
  assert.equal(said.body.outcome, 'over');
  await look(visitor);
  await assertNotSignedIn(visitor);
});

test('an answer comes in time, or not at all; and an approval waits for its page for some minutes', async () => {
  const { who, device } = await owner('Late');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const number = numberOn(visitor);
  at.house.clock.pass(60_500);
  assert.equal(await device.pull(), undefined);
  assert.equal((await device.answer(request, { number })).body.outcome, 'over');
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.ignored), visitor.page.text);
  const slow = await askPush(who, device);
  assert.equal(
    (await device.answer(await asked(device), { number: numberOn(slow) })).body.outcome,
    'approved',
  );
  at.house.clock.pass(7 * 60_000);
  await look(slow);
  await assertNotSignedIn(slow);
});

test('a newer request takes the place of the older one, and approves only its own page', async () => {
  const { who, device } = await owner('Replaced');
  const thief = await askPush(who, device);
  const old = await asked(device);
  const visitor = await askPush(who, device);
  const request = await asked(device);
  assert.notEqual(old.request, request.request);
  assert.equal((await device.answer(old, { number: numberOn(thief) })).body.outcome, 'over');
  assert.equal((await device.answer(request, { number: numberOn(visitor) })).body.outcome, 'approved');
  await look(thief);
  await assertNotSignedIn(thief);
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('of twenty requests three are delivered, also when they come at once; then codes, and later again', async t => {
  at.house.clock.stand();
  t.after(() => at.house.clock.goOn());
  const { who, device } = await owner('Pestered');
  const visitors = Array.from({ length: 20 }, () => at.house.visitor());
  for (const visitor of visitors) await enter(visitor, who);
  await Promise.all(visitors.map(visitor => visitor.send('/ask', { way: `${device.id} push` })));
  const sent = `user_id = '${who.id}' and kind = 'delivery.sent' and detail->>'way' = 'push'`;
  assert.equal(await at.count('audit', sent), 3);
  const last = at.house.visitor();
  await enter(last, who);
  await last.send('/ask', { way: `${device.id} push` });
  assert.ok(last.page.text.includes('30分'), last.page.text);
  await last.send('/ask', { way: `${device.id} code` });
  await last.send('/answer', { code: device.code() });
  await arrive(last);
  await assertSignedIn(last);
  at.house.clock.pass(29 * 60_000);
  await askPush(who, device);
  assert.equal(await at.count('audit', sent), 3);
  at.house.clock.pass(2 * 60_000);
  const visitor = await askPush(who, device);
  assert.equal(await at.count('audit', sent), 4);
  await device.answer(await asked(device), { number: numberOn(visitor) });
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
  // Whoever approves is not being pestered: the count begins anew.
  for (let i = 0; i < 3; i++) await askPush(who, device);
  assert.equal(await at.count('audit', sent), 7);
});

test('what was denied counts like what was ignored: after three there are none for half an hour', async t => {
  at.house.clock.stand();
  t.after(() => at.house.clock.goOn());
  const { who, device } = await owner('Denier');
  for (let i = 0; i < 3; i++) {
    await askPush(who, device);
    assert.equal((await device.answer(await asked(device), { decision: 'deny' })).body.outcome, 'denied');
  }
  const thief = await askPush(who, device);
  assert.equal(await device.pull(), undefined);
  assert.ok(thief.page.text.includes('30分'), thief.page.text);
});

test('whoever pesters slowly reaches the phone ten times a day; its code, and other ways, go on working', async () => {
  const { who, device } = await owner('Slowly');
  const sent = `user_id = '${who.id}' and kind = 'delivery.sent' and detail->>'way' = 'push'`;
  for (let i = 0; i < 12; i++) {
    const thief = await askPush(who, device);
    if (i >= 10) assert.ok(thief.page.text.includes('24時間'), thief.page.text);
    at.house.clock.pass(5 * 60_000 + 1000);
  }
  assert.equal(await at.count('audit', sent), 10);
  const visitor = at.house.visitor();
  await enter(visitor, who);
  await visitor.send('/ask', { way: `${device.id} push` });
  assert.ok(visitor.page.text.includes('23時間'), visitor.page.text);
  await visitor.send('/ask', { way: `${device.id} code` });
  await visitor.send('/answer', { code: device.code() });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('"it was not me" ends the sign-in, is told, and shuts every door for an hour', async () => {
  const { who, device } = await owner('Reporter');
  await at.house.given.setting('notices', { office: ['counter@keyaki.example'] });
  const thief = await askPush(who, device);
  assert.equal((await device.answer(await asked(device), { decision: 'report' })).body.outcome, 'reported');
  await look(thief);
  assert.ok(thief.page.text.includes(wordsFor('ja').signIn.fraudReported), thief.page.text);
  assert.equal(await at.count('audit', `user_id = '${who.id}' and kind = 'user.fraud-reported'`), 1);
  const told = () => at.house.letters().filter(letter => letter.includes('To: counter@keyaki.example'));
  await until(() => told().length > 0);
  assert.equal(told().length, 1, 'the office is told at once');
  const again = await askPush(who, device);
  assert.equal(await device.pull(), undefined);
  assert.ok(!again.page.html.includes('big-number'));
  await again.send('/ask', { way: 'mobile text' });
  assert.ok(!again.page.forms.some(({ action }) => action.endsWith('/answer')), again.page.text);
  at.house.clock.pass(61 * 60_000);
  const visitor = await askPush(who, device);
  assert.equal((await device.answer(await asked(device), { decision: 'deny' })).body.outcome, 'denied');
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.declined), visitor.page.text);
  await assertNotSignedIn(visitor);
});
