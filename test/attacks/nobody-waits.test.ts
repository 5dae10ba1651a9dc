// A call is answered for the page that waits for it: whoever left that page, or sees no page at all, lets nobody in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seconds } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { look } from '../cast/device.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  confirmed,
  enter,
  query,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

const at = scene();
const { phone: t, registration } = wordsFor('ja');

interface Call {
  readonly id: string;
  readonly state: string;
}

const callsTo = async ({ number }: Resident['phone']): Promise<readonly Call[]> => {
  const seen = await fetch(`${at.house.url}/simulator/api/phones/${encodeURIComponent(number)}`);
  return ((await seen.json()) as { calls: readonly Call[] }).calls;
};
const isOver = async (phone: Resident['phone']): Promise<boolean> =>
  (await callsTo(phone)).every(({ state }) => state !== 'ringing' && state !== 'answered');

/** A key on a telephone that may have been hung up on. */
const pressAnyway = ({ number }: Resident['phone'], call: string, keys: string): Promise<Response> =>
  fetch(`${at.house.url}/simulator/api/phones/${encodeURIComponent(number)}/calls/${call}/keys`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ keys }),
  });

async function rung(visitor: Visitor, who: Resident): Promise<Visitor> {
  await enter(visitor, who);
  await visitor.send('/ask', { way: 'mobile call' });
  await who.phone.answer();
  return visitor;
}

async function signInByCall(visitor: Visitor, who: Resident): Promise<void> {
  await who.phone.answer();
  await who.phone.press('#');
  await confirmed(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
}

const isConfirmed = (who: Resident): Promise<true> =>
  until(async () => {
    const sent = await query(at.house, `select state from deliveries where user_id = '${who.id}'`);
    return sent.rows.some(({ state }) => state === 'confirmed');
  });

for (const [how, leave] of [
  ['another way is chosen', (visitor: Visitor) => visitor.send('/elsewhere')],
  ['a text is asked for instead', (visitor: Visitor) => visitor.send('/ask', { way: 'mobile text' })],
  ['another account is chosen', (visitor: Visitor) => visitor.send('/other-account')],
] as const)
  test(`the telephone falls silent when ${how}, and its # lets nobody in; a correct try afterwards does`, async () => {
    const who = await at.resident(`Left ${how}`.replaceAll(' ', '-'));
    const visitor = await rung(at.house.visitor(), who);
    const page = visitor.page.url;
    await leave(visitor);
    const [call] = await callsTo(who.phone);
    assert.ok(call);
    await until(() => isOver(who.phone));
    assert.equal((await pressAnyway(who.phone, call.id, '#')).status, 409, 'nobody is on the line');
    await visitor.open(page);
    await assertNotSignedIn(visitor);
    await who.phone.forget();
    at.house.clock.pass(seconds(31));
    const owner = at.house.visitor();
    await enter(owner, who);
    await owner.send('/ask', { way: 'mobile call' });
    await signInByCall(owner, who);
    assert.equal(
      await at.count(
        'audit',
        `kind = 'delivery.outcome' and detail->>'outcome' = 'withdrawn' and user_id = '${who.id}'`,
      ),
      1,
    );
  });

test('from which number it rings is on the page before anybody answers, in a sign-in and in the wizard', async () => {
  await at.house.given.setting('phone', { callsFrom: '03-5555-0100' });
  const sentence = t.caller({ number: '03-5555-0100' });
  const who = await at.resident('CalledFrom');
  const visitor = at.house.visitor();
  await enter(visitor, who);
  await visitor.send('/ask', { way: 'mobile call' });
  assert.ok(visitor.page.text.includes(sentence), visitor.page.text);
  const [call] = await callsTo(who.phone);
  assert.equal(call?.state, 'ringing', 'nobody has answered it yet');

  const other = await at.resident('CalledFromInTheWizard', { phoneless: true });
  const adding = at.house.visitor();
  await enter(adding, other);
  await adding.send('/register');
  await adding.send('/choose', { adding: 'phone mobile' });
  await adding.send('/fill', { country: 'JP', number: other.phone.number, way: 'call' });
  assert.ok(adding.page.text.includes(sentence), adding.page.text);
});

test('who has chosen another way may be called again at once, and is told when that was too often', async () => {
  const who = await at.resident('ThereAndBack');
  const visitor = await rung(at.house.visitor(), who);
  for (const _ of [2, 3]) {
    await visitor.send('/elsewhere');
    await visitor.send('/ask', { way: 'mobile call' });
    await who.phone.answer();
  }
  await visitor.send('/elsewhere');
  await visitor.send('/ask', { way: 'mobile call' });
  assert.ok((await look(visitor)).text.includes(t.callTitle), visitor.page.text);
  assert.ok(!visitor.page.text.includes(t.ended.withdrawn), visitor.page.text);
  assert.match(visitor.page.text, /お待ちください|後に/);
});

test('a # that is pressed while no page waits is told as such and lets nobody in, and a correct try afterwards does', async () => {
  const who = await at.resident('PageClosed');
  const visitor = await rung(at.house.visitor(), who);
  await who.phone.press('#');
  await isConfirmed(who);
  at.house.clock.pass(seconds(60));
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.unattended), visitor.page.text);
  await assertNotSignedIn(visitor);
  await look(visitor);
  await assertNotSignedIn(visitor);
  assert.equal(
    await at.count(
      'audit',
      `kind = 'sign-in.step' and detail->>'reason' = 'unattended' and user_id = '${who.id}'`,
    ),
    1,
  );
  await visitor.send('/ask', { way: 'mobile call' });
  await signInByCall(visitor, who);
});

test('a page that asks for itself is in time, also where its network is away for half a minute', async () => {
  const who = await at.resident('SlowNetwork');
  const visitor = await rung(at.house.visitor(), who);
  await who.phone.press('#');
  await isConfirmed(who);
  at.house.clock.pass(seconds(30));
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('the wizard hangs up too when one goes back, and its # registers nothing; the same phone is added by the next call', async () => {
  const who = await at.resident('WizardLeft', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, who);
  await visitor.send('/register');
  const fill = async (): Promise<void> => {
    await visitor.send('/choose', { adding: 'phone mobile' });
    await visitor.send('/fill', { country: 'JP', number: who.phone.number, way: 'call' });
    await who.phone.answer();
  };
  await fill();
  const [call] = await callsTo(who.phone);
  assert.ok(call);
  await visitor.send('/back');
  await until(() => isOver(who.phone));
  assert.equal((await pressAnyway(who.phone, call.id, '#')).status, 409);
  await fill();
  await who.phone.press('#');
  await until(async () => (await look(visitor)).text.includes(registration.phoneAdded));
  assert.equal(await at.count('phones', `user_id = '${who.id}'`), 1);
});

test('after all that, a text still lets its owner in', async () => {
  const who = await at.resident('Afterwards');
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await assertSignedIn(visitor);
});
