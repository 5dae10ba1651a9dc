// What administrators say of sessions and calls, as it is felt in a sign-in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { confirmed, enter, isSignedIn, scene, signInByText } from '../attacks/scene.ts';
import { numberOn } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';

const at = scene(async () => undefined);
const t = wordsFor('ja');
const office = { is: 'office', name: 'test' } as const;

const everywhere = {
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
  },
};

/** Holds while `story` is told. */
async function under(policy: object, story: () => Promise<void>): Promise<void> {
  const { policies } = at.house.foundation.directory.access;
  const given = { displayName: 'story', ...everywhere, ...policy };
  const saved = await policies.create(given as Parameters<typeof policies.create>[0], office);
  assert.ok(saved.saved, JSON.stringify(saved));
  at.house.clock.pass(seconds(2));
  try {
    await story();
  } finally {
    assert.ok(await policies.delete(saved.kept.id, office));
    at.house.clock.pass(seconds(2));
  }
}

const asksToStay = (visitor: Visitor): boolean =>
  visitor.page.forms.some(({ action }) => action.endsWith('/stay'));

test('a policy that keeps everybody signed in, or nobody, is not asked about', async () => {
  for (const mode of ['never', 'always'] as const)
    await under({ sessionControls: { persistentBrowser: { isEnabled: true, mode } } }, async () => {
      const visitor = at.house.visitor();
      await enter(visitor, await at.resident(`Stays${mode}`));
      assert.ok(!asksToStay(visitor), visitor.page.text);
      await visitor.moveOn();
      assert.ok(await isSignedIn(visitor));
      visitor.closeAndReturn();
      assert.equal(await isSignedIn(visitor), mode === 'always');
    });
  const visitor = at.house.visitor();
  await enter(visitor, await at.resident('Asked'));
  assert.ok(asksToStay(visitor), visitor.page.text);
});

test('after the hour of a policy everybody proves anew who they are, however busy they were', async () => {
  const signInFrequency = { isEnabled: true, type: 'hours', value: 1 };
  const policy = { grantControls: { builtInControls: ['mfa'] }, sessionControls: { signInFrequency } };
  await under(policy, async () => {
    const person = await at.resident('Hourly');
    const visitor = at.house.visitor();
    await signInByText(visitor, person);
    for (let passed = 10; passed < 60; passed += 10) {
      at.house.clock.pass(minutes(10));
      assert.ok(await isSignedIn(visitor), `after ${passed} minutes`);
    }
    at.house.clock.pass(minutes(10));
    assert.ok(!(await isSignedIn(visitor)));
    await visitor.open('/account');
    assert.ok(visitor.page.text.includes(t.signIn.passwordTitle), visitor.page.text);
    await signInByText(at.house.visitor(), person);
  });
});

test('where a call asks for the number on the page, the pound alone confirms nothing', async () => {
  await at.house.given.setting('phone', { numberMatching: true });
  await under({ grantControls: { builtInControls: ['mfa'] } }, async () => {
    const person = await at.resident('Numbered');
    const visitor = at.house.visitor();
    const ring = async () => {
      await visitor.send('/ask', { way: 'mobile call' });
      assert.ok(visitor.page.text.includes(t.phone.answerWithNumber), visitor.page.text);
      const number = numberOn(visitor);
      assert.ok(!(await person.phone.answer()).includes(number), 'the number was said');
      return number;
    };
    await enter(visitor, person);
    const other = (number: string): string => String(10 + ((Number(number) + 1) % 90));
    for (const keysFor of [() => '#', (number: string) => `${other(number)}#`]) {
      await person.phone.press(keysFor(await ring()));
      await visitor.open(visitor.page.url);
      assert.ok(!asksToStay(visitor), visitor.page.text);
      await visitor.send('/elsewhere');
    }
    await person.phone.press(`${await ring()}#`);
    await confirmed(visitor);
    await visitor.send('/stay', { stay: 'no' });
    await visitor.moveOn();
    assert.ok(await isSignedIn(visitor));
  });
  await at.house.given.setting('phone', {});
});
