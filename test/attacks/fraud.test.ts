// "It was not me", as the administrators want it heard: over the simulator's telephones and in the app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liftPause } from '../../src/gateways/index.ts';
import { hours } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { addDevice, look } from '../cast/device.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  arrive,
  askText,
  assertNotSignedIn,
  assertSignedIn,
  confirmed,
  enter,
  type Resident,
  scene,
  signInByApp,
  signInByText,
} from './scene.ts';

const at = scene();
const { signIn: t, wait } = wordsFor('ja');

const lift = async (who: Resident) => {
  const { audit, clock, storage } = at.house.foundation;
  const actor = { is: 'office', name: 'counter' } as const;
  return storage.tx(tx => liftPause(tx, { audit, user: who.id, actor, now: clock.now() }));
};

const says = (visitor: Visitor, sentence: string): void =>
  assert.ok(visitor.page.text.includes(sentence), visitor.page.text);

/** A stranger knows the password, and has the phone called; its owner presses 0 and #. */
async function reportedOnThePhone(who: Resident): Promise<Visitor> {
  const stranger = at.house.visitor();
  await enter(stranger, who);
  await stranger.send('/ask', { way: 'mobile call' });
  await who.phone.answer();
  await who.phone.press('0#');
  await until(async () => (await look(stranger)).text.includes(t.fraudReported));
  await assertNotSignedIn(stranger);
  return stranger;
}

test('0# until the office lifts it: phones stay silent for days, a code that was asked for before is worth nothing, and the pages say so', async () => {
  await at.house.given.setting('fraud', { pause: 'until-lifted' });
  const who = await at.resident('PausedForGood', { app: true });
  const before = at.house.visitor();
  const code = await askText(before, who);
  says(await reportedOnThePhone(who), t.nothingSentUntilLifted);

  await before.send('/answer', { code });
  says(before, t.pausedUntilLifted);
  await assertNotSignedIn(before);
  for (const passed of [0, 30]) {
    at.house.clock.pass(hours(passed));
    const stranger = at.house.visitor();
    for (const way of ['mobile text', 'mobile call']) {
      await enter(stranger, who);
      await stranger.send('/ask', { way });
      says(stranger, t.pausedUntilLifted);
      assert.ok(await who.phone.isQuiet(), way);
    }
  }
  const owner = at.house.visitor();
  await signInByApp(owner, who);
  await assertSignedIn(owner);

  assert.ok(await lift(who));
  const helped = at.house.visitor();
  await signInByText(helped, who);
  await assertSignedIn(helped);
});

test('"it was not me" in the app goes through the same door: a day for its phone as well, and the page says how long', async () => {
  await at.house.given.setting('fraud', { pause: 24 * 60 });
  const who = await at.resident('PausedForADay');
  const owner = at.house.visitor();
  await signInByText(owner, who);
  const device = await addDevice(at.house, owner);
  const askApp = async (): Promise<Visitor> => {
    const visitor = at.house.visitor();
    await enter(visitor, who);
    await visitor.send('/ask', { way: `${device.id} push` });
    return visitor;
  };
  const stranger = await askApp();
  const asked = await device.pull();
  assert.ok(asked);
  assert.equal((await device.answer(asked, { decision: 'report' })).body.outcome, 'reported');
  await look(stranger);
  says(stranger, t.fraudReported);
  says(stranger, t.nothingSentFor({ wait: wait.hours({ n: 24 }) }));

  at.house.clock.pass(hours(22));
  const again = await askApp();
  says(again, t.pausedFor({ wait: wait.hours({ n: 2 }) }));
  assert.equal(await device.pull(), undefined);
  await again.send('/ask', { way: 'mobile text' });
  says(again, t.pausedFor({ wait: wait.hours({ n: 2 }) }));
  assert.ok(await who.phone.isQuiet());
  at.house.clock.pass(hours(2));
  const later = at.house.visitor();
  await signInByText(later, who);
  await assertSignedIn(later);
});

test('where the office is only told, the sign-in is refused all the same and nothing else changes', async () => {
  await at.house.given.setting('fraud', { pause: 0 });
  await at.house.given.setting('notices', { office: ['counter@keyaki.example'] });
  const who = await at.resident('ToldOnly');
  const stranger = await reportedOnThePhone(who);
  for (const sentence of [t.nothingSentUntilLifted, t.nothingSentFor({ wait: wait.minutes({ n: 60 }) })])
    assert.ok(!stranger.page.text.includes(sentence), stranger.page.text);
  await until(() => at.house.letters().some(letter => letter.includes('To: counter@keyaki.example')));
  const owner = at.house.visitor();
  await enter(owner, who);
  await owner.send('/ask', { way: 'mobile call' });
  await who.phone.answer();
  await who.phone.press('#');
  await confirmed(owner);
  await arrive(owner);
  await assertSignedIn(owner);
});
