import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import { password } from '../cast/given.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { type Installation, openInstallation } from './installation.ts';
import { aPerson, type Person } from './person.ts';
import { has, look, walk } from './walk.ts';

let installation: Installation;
before(async () => {
  installation = await openInstallation({ nodes: 1, database: 'shared' });
});
beforeEach(() => {
  installation.exchange.mood = 'takes';
});
after(() => installation.close());

/** To the choice of ways. */
async function chooses(who: Person, at = installation): Promise<Visitor> {
  const visitor = at.visitor();
  await visitor.open('/account');
  await visitor.send('/identify', { account: who.loginName });
  await visitor.send('/password', { password });
  return visitor;
}

async function assertOut(visitor: Visitor): Promise<void> {
  const { status } = await visitor.request('/account');
  assert.notEqual(status, 200, 'somebody is in without a second proof');
}

test('a gateway that is down: the person learns so, is offered the other ways, and is never let in without one', async () => {
  const who = await aPerson(installation, 'phone');
  installation.exchange.mood = 'refuses';
  const visitor = await chooses(who);
  for (const way of ['mobile text', 'mobile call']) {
    await visitor.send('/ask', { way });
    assert.ok(has(visitor, '/ask'), visitor.page.text);
    assert.ok(!has(visitor, '/stay') && !has(visitor, '/answer'));
    await assertOut(visitor);
  }
  // What nobody took was not spent: the three of ten minutes are still there.
  installation.exchange.mood = 'takes';
  await walk({ installation, visitor, who, from: '/account' });
  assert.equal(visitor.page.status, 200);
});

test('a gateway that takes a text and never says so: one text, one answer within seconds, and the code works', async () => {
  const who = await aPerson(installation, 'phone');
  const visitor = await chooses(who);
  installation.exchange.mood = 'hangs';
  const began = Date.now();
  await visitor.send('/ask', { way: 'mobile text' });
  assert.ok(Date.now() - began < 30_000, 'the page waited for the gateway');
  await assertOut(visitor);
  const sent = installation.exchange.texts.filter(({ to }) => to === who.phone);
  assert.equal(sent.length, 1, 'a text whose fate is not known is not sent again by itself');
});

test('a server that dies in the middle of a call: the call ends, and the line is free for another', async () => {
  const who = await aPerson(installation, 'phone');
  const visitor = await chooses(who);
  await visitor.send('/ask', { way: 'mobile call' });
  const [call] = installation.exchange.calls.filter(({ to }) => to === who.phone);
  assert.ok(call);
  installation.exchange.report(call.id, 'ringing');
  await installation.running(0).kill();
  const killed = Date.now();
  await installation.start(0);
  await look(visitor, visitor.page.url);
  await assertOut(visitor);
  // Beside other nodes nobody knows that it died before it was silent for fifteen seconds; then its number is free.
  const other = await chooses(who);
  await until(
    async () => {
      await other.send('/ask', { way: 'mobile call' });
      return installation.exchange.calls.filter(({ to }) => to === who.phone).length === 2;
    },
    () => 'the line waits for the two minutes of the longest call',
    90_000 - (Date.now() - killed),
  );
  // Whoever presses # on the call from before gets nobody in.
  installation.exchange.report(call.id, 'confirmed');
  await look(visitor, visitor.page.url);
  await assertOut(visitor);
  assert.match(visitor.page.text, new RegExp(wordsFor('ja').phone.ended.failed));
  // By a text it goes on at once, whatever became of the call.
  const again = installation.visitor();
  await walk({ installation, visitor: again, who, from: '/account' });
  assert.equal(again.page.status, 200);
});

test('the only server of a private database dies in the middle of a call: the one after it knows at once that the call is over', async () => {
  const small = await openInstallation({ nodes: 1, database: 'private' });
  try {
    const who = await aPerson(small, 'phone');
    const visitor = await chooses(who, small);
    await visitor.send('/ask', { way: 'mobile call' });
    const callsTo = () => small.exchange.calls.filter(({ to }) => to === who.phone);
    const [call] = callsTo();
    assert.ok(call);
    small.exchange.report(call.id, 'answered');
    await small.running(0).kill();
    await small.start(0);
    await look(visitor, visitor.page.url);
    assert.match(visitor.page.text, new RegExp(wordsFor('ja').phone.ended.failed));
    const again = await chooses(who, small);
    await again.send('/ask', { way: 'mobile call' });
    assert.equal(callsTo().length, 2);
    await assertOut(visitor);
  } finally {
    await small.close();
  }
});
