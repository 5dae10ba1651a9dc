// What somebody is offered who must register before they come in: what would be enough, and nothing that would not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiFactorEverywhere, phishingResistantId } from '../../src/policies/index.ts';
import { enter, scene } from '../attacks/scene.ts';
import type { Visitor } from '../cast/visitor.ts';

const at = scene();
const office = { is: 'office', name: 'counter' } as const;

/** The methods that the wizard lists, each once. */
const listed = ({ page }: Visitor): readonly string[] => [
  ...new Set([...page.html.matchAll(/name="adding" value="(\S+) [^"]*"/g)].map(([, method = '']) => method)),
];

test('a policy that wants a passkey has a passkey registered, and lists no phone that would lead nowhere', async () => {
  const who = await at.resident('KeyFirst');
  const policy = multiFactorEverywhere({ id: '' as never, displayName: 'Keys', state: 'enabled' });
  const saved = await at.house.foundation.directory.access.policies.create(
    {
      ...policy,
      conditions: { ...policy.conditions, users: { includeUsers: [who.id] } },
      grantControls: {
        operator: 'OR',
        builtInControls: [],
        authenticationStrength: { id: phishingResistantId },
      },
    },
    office,
  );
  assert.ok(saved.saved, JSON.stringify(saved));
  at.house.clock.pass(1_001);
  const visitor = at.house.visitor();
  await enter(visitor, who);
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await who.phone.code() });
  await visitor.send('/register');
  assert.deepEqual(listed(visitor), ['passkey'], visitor.page.text);
  // What is not listed is not taken either.
  const wizard = visitor.page.url;
  await visitor.send('/choose', { adding: 'totp app' });
  assert.equal(visitor.page.url, wizard);
  assert.deepEqual(listed(visitor), ['passkey'], visitor.page.text);
});

test('a policy that wants any second proof lists them all', async () => {
  const who = await at.resident('AnyFirst', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, who);
  await visitor.send('/register');
  assert.deepEqual(
    [...listed(visitor)].sort(),
    ['authenticator', 'passkey', 'phone', 'totp'],
    visitor.page.text,
  );
});
