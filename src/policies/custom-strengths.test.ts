// What decisions come of strengths, built in or made by administrators, over everything that people can show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicies } from './compile.ts';
import { decide } from './decide.ts';
import type { MethodId } from './evidence.ts';
import { builtInStrengths, combinations } from './strengths.ts';
import { applications, cast, now, type OfferName, offer, policy, shown, strength } from './testing.ts';

const custom = '00000000-0000-7000-8000-0000000000c1';
const everything: readonly OfferName[] = [
  ...(['password', 'text', 'call', 'totp', 'token', 'unlockedPush', 'passkey', 'pass'] as const),
];

function decided(
  id: string,
  allowedCombinations: readonly string[],
  evidence: readonly OfferName[],
  has: readonly OfferName[] = everything,
) {
  const policies = compilePolicies(
    [policy(1, { grantControls: strength(id) })],
    [],
    [{ id: custom, displayName: 'Ours', allowedCombinations }],
  );
  const request = {
    user: cast.Ada.user,
    target: { application: applications.mail },
    address: undefined,
    clientType: 'browser',
    registrable: [],
  } as const;
  const shows = evidence.map(name => shown(name));
  return decide(
    policies,
    request,
    shows,
    has.map(name => offer[name]),
    now,
  );
}

/** What shows each combination, and what is asked of somebody who has everything and showed the password. */
const table: Readonly<Record<(typeof combinations)[number], [OfferName[], MethodId[]]>> = {
  fido2: [['passkey'], ['passkey']],
  deviceBasedPush: [['unlockedPush'], ['authenticator']],
  temporaryAccessPassOneTime: [['pass'], ['temporary-access-pass']],
  temporaryAccessPassMultiUse: [['reusablePass'], []],
  'password,microsoftAuthenticatorPush': [['password', 'push'], ['authenticator']],
  'password,softwareOath': [['password', 'totp'], ['totp']],
  'password,hardwareOath': [['password', 'token'], ['hardware-token']],
  'password,sms': [['password', 'text'], ['phone']],
  'password,voice': [['password', 'call'], ['phone']],
};

for (const combination of combinations) {
  const [proofs, asked] = table[combination];

  test(`${combination} grants to whoever showed it, and to nobody else`, () => {
    assert.equal(decided(custom, [combination], proofs).outcome, 'grant');
    for (const [other, [others]] of Object.entries(table))
      if (other !== combination)
        assert.notEqual(
          decided(custom, [combination], others).outcome,
          'grant',
          `${combination} by ${other}`,
        );
    for (const [missing] of proofs.entries())
      assert.notEqual(decided(custom, [combination], proofs.toSpliced(missing, 1)).outcome, 'grant');
  });

  test(`${combination} is asked for by what shows it, and blocks whoever cannot`, () => {
    const decision = decided(custom, [combination], ['password']);
    if (asked.length === 0) assert.equal(decision.outcome, 'block');
    else assert.deepEqual(decision.outcome === 'ask' && decision.methods, asked);
    assert.equal(decided(custom, [combination], ['password'], ['password']).outcome, 'block');
  });

  test(`${combination} beside a passkey lets either in`, () => {
    assert.equal(decided(custom, ['fido2', combination], proofs).outcome, 'grant');
    assert.equal(decided(custom, ['fido2', combination], ['passkey']).outcome, 'grant');
  });

  test(`${combination} is MFA, and has the other built-in strengths only by its kind`, () => {
    const granted = builtInStrengths.filter(({ id }) => decided(id, [], proofs).outcome === 'grant');
    const names = granted.map(({ displayName }) => displayName);
    const passwordless = combination === 'fido2' || combination === 'deviceBasedPush';
    assert.deepEqual(names, [
      'Multifactor authentication',
      ...(passwordless ? ['Passwordless MFA'] : []),
      ...(combination === 'fido2' ? ['Phishing-resistant MFA'] : []),
    ]);
  });
}

test('a strength that is gone lets nobody in', () => {
  const decision = decided('00000000-0000-7000-8000-0000000000c2', ['fido2'], ['password', 'passkey']);
  assert.deepEqual(decision.outcome === 'block' && decision.reason, 'fault');
});
