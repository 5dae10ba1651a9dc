import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { campus } from '../cast/house.ts';
import { assertSignedIn, enter, name, scene, signInByText } from './scene.ts';

// At home everyone proves who they are; on campus a password is enough.
const at = scene(house => house.given.campusSkip());
const { passwordWrong } = wordsFor('ja').signIn;
const thief = { address: '198.51.100.66' };

/** Tries one password on somebody; whether it was judged. */
async function spray(loginName: string, from: { address: string }, guess = 'Spring2026!'): Promise<boolean> {
  const visitor = at.house.visitor(from);
  await name(visitor, loginName);
  return (await visitor.send('/password', { password: guess })).text.includes(passwordWrong);
}

async function sprayMany(people: number, from: { address: string }): Promise<number> {
  let judged = 0;
  for (let i = 0; i < people; i += 10) {
    const ten = Array.from({ length: 10 }, (_, j) => spray(`s${i + j}@example.ac.jp`, from));
    judged += (await Promise.all(ten)).filter(Boolean).length;
  }
  return judged;
}

test('one password for everybody: a network has a hundred wrong ones, then one every six seconds', async () => {
  const owner = await at.resident('Sprayed');
  const owned = at.house.visitor(thief);
  await signInByText(owned, owner);
  await assertSignedIn(owned);

  // Else one more would become due every six seconds while a busy machine counts.
  at.house.clock.stand();
  assert.equal(await sprayMany(150, thief), 100);
  const attempt = at.house.visitor(thief);
  await enter(attempt, owner);
  assert.ok(
    !(await attempt.open('/account')).text.includes(owner.loginName),
    'not even the right one is judged',
  );

  await signInByText(at.house.visitor(), owner);
  await signInByText(at.house.visitor({ address: '198.51.100.67' }), owner);
  at.house.clock.pass(minutes(1));
  assert.equal(await sprayMany(30, thief), 10);
  at.house.clock.goOn();
});

test('many people behind one campus address are not one thief; right passwords are not counted', async () => {
  const person = await at.resident('Commuter');
  assert.equal(await sprayMany(120, { address: campus }), 120);
  const elsewhere = { address: '203.0.113.200' };
  const enterOnce = () => enter(at.house.visitor(elsewhere), person);
  for (let i = 0; i < 11; i++) await Promise.all(Array.from({ length: 10 }, enterOnce));
  assert.equal(await spray(person.loginName, elsewhere), true);
});
