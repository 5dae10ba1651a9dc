// Where no policy asks for a second proof: only the office makes somebody register.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrive, assertNotSignedIn, assertSignedIn, enter, scene, signInByRegistering } from './scene.ts';

const at = scene(async () => undefined);

test('whom the office has register anew does so at the very next sign-in, with nothing left of before, and once', async () => {
  const emi = await at.resident('Emi');
  const before = at.house.visitor();
  await enter(before, emi);
  await arrive(before);
  await assertSignedIn(before);

  at.house.clock.pass(1);
  const { office } = at.house.foundation.directory;
  assert.equal(await office.requireRegistration(emi.id, { is: 'office', name: 'counter' }), 1);
  await assertNotSignedIn(before);

  const visitor = at.house.visitor();
  await enter(visitor, emi);
  assert.match(visitor.page.text, /詳細情報が必要/);
  await assertNotSignedIn(visitor);
  await signInByRegistering(visitor, emi);
  await assertSignedIn(visitor);

  const again = at.house.visitor();
  await enter(again, emi);
  await arrive(again);
  await assertSignedIn(again);
});
