import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import type { Visitor } from '../cast/visitor.ts';
import { arrive, assertNotSignedIn, assertSignedIn, enter, type Resident, scene } from './scene.ts';

const at = scene();
const t = wordsFor('ja').signIn;
const chosen = 'hanabi to kakigoori 2026';

const toNewPassword = async (visitor: Visitor, who: Resident, temporary: string): Promise<void> => {
  await enter(visitor, who, undefined, temporary);
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await who.phone.code() });
};

async function choosesAnother(visitor: Visitor, who: Resident, temporary: string): Promise<void> {
  await toNewPassword(visitor, who, temporary);
  assert.ok(visitor.page.text.includes(t.changePasswordTitle), visitor.page.text);
  await assertNotSignedIn(visitor);
  await visitor.send('/change-password', { password: chosen, repeated: chosen });
  await arrive(visitor);
  await assertSignedIn(visitor);
}

test('whose password the office resets comes in with the temporary one and the phone, after choosing another', async () => {
  const person = await at.resident('Forgetful');
  const visitor = at.house.visitor();
  const temporary = await at.resetPassword(person);
  await enter(visitor, person);
  assert.ok(visitor.page.text.includes(t.passwordWrong), visitor.page.text);
  await choosesAnother(visitor, person, temporary);

  const thief = at.house.visitor();
  for (const left of [temporary, undefined]) {
    await enter(thief, person, undefined, left);
    assert.ok(thief.page.text.includes(t.passwordWrong), thief.page.text);
  }
  await enter(thief, person, undefined, chosen);
  assert.ok(thief.page.text.includes(t.proveTitle), thief.page.text);
});

test('a temporary password is good for a day, to the millisecond; then it says so, and another reset helps', async () => {
  const { clock } = at.house;
  clock.stand();
  const [late, last] = [await at.resident('TooLate'), await at.resident('LastMinute')];
  const [over, lasting] = [await at.resetPassword(late), await at.resetPassword(last)];
  clock.pass(hours(24) - 1);
  await choosesAnother(at.house.visitor(), last, lasting);
  clock.pass(1);
  const visitor = at.house.visitor();
  await enter(visitor, late, undefined, over);
  assert.ok(visitor.page.text.includes(t.passwordExpired), visitor.page.text);
  await assertNotSignedIn(visitor);
  assert.equal(await at.count('sessions', `user_id = '${late.id}'`), 0);
  await choosesAnother(visitor, late, await at.resetPassword(late));
  clock.goOn();
});
