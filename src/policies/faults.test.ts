import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt, inShort, password, skip } from './attempt.testing.ts';
import { compilePolicies } from './compile.ts';
import { decide } from './decide.ts';
import type { Evidence } from './evidence.ts';
import type { AccessRequest } from './request.ts';
import {
  applications,
  at,
  cast,
  locations,
  mfa,
  now,
  place,
  policy,
  policyId,
  shown,
  strength,
} from './testing.ts';

test('what cannot be read blocks, and says why to the operator only', () => {
  const broken: readonly unknown[] = [
    undefined,
    null,
    'MFA',
    {},
    policy(1, { state: 'on', grantControls: mfa }),
    policy(1, { conditions: { applications: { includeApplications: ['all'] } }, grantControls: mfa }),
    policy(1, { grantControls: strength(place.demolished) }),
  ];
  for (const one of broken) {
    const decision = attempt([one], { who: 'Boris', where: at.campus, shown: [shown('passkey')] });
    assert.equal(inShort(decision), 'block fault', JSON.stringify(one));
    assert.equal(decision.faults.length, 1);
    assert.match(decision.faults[0]?.message ?? '', /malformed|unknown-strength/);
  }
  const off = { ...(policy(1, {}) as object), state: 'disabled' };
  assert.equal(inShort(attempt([off], { who: 'Boris', where: at.campus, shown: password })), 'grant');
});

test('an exception inside a condition blocks; in report-only it is a failure', () => {
  const trap = {
    ...cast.Ada.user,
    get groups(): never {
      throw new Error('the directory fell over');
    },
  };
  const one = (state: string) => {
    const policies = compilePolicies([policy(1, { state, grantControls: mfa })]);
    const request: AccessRequest = {
      user: trap,
      target: { application: applications.mail },
      address: at.campus,
      clientType: 'browser',
    };
    return decide(policies, request, [...password, shown('text')], cast.Ada.has, now);
  };
  const enforced = one('enabled');
  assert.equal(inShort(enforced), 'block fault');
  assert.deepEqual(enforced.faults, [
    { policy: { id: policyId(1), displayName: 'Policy 1' }, message: 'the directory fell over' },
  ]);
  const reported = one('enabledForReportingButNotEnforced');
  assert.equal(inShort(reported), 'grant');
  assert.equal(reported.reportOnly[0]?.outcome, 'failure');
  assert.equal(reported.faults.length, 1);
  assert.equal(inShort(one('disabled')), 'grant');
});

test('arguments that have lost their shape block', () => {
  const policies = compilePolicies([skip], locations);
  const request: AccessRequest = {
    user: cast.Ada.user,
    target: { application: applications.mail },
    address: at.home,
    clientType: 'browser',
  };
  const lost: readonly (readonly [unknown, unknown])[] = [
    [undefined, []],
    [[{ method: 'password' }], []],
    [[null], []],
    [[{ method: 'phone', amr: ['sms'], at: now }, ...password], cast.Ada.has],
  ];
  for (const [evidence, offers] of lost) {
    const decision = decide(policies, request, evidence as Evidence[], offers as [], now);
    assert.equal(inShort(decision), 'block fault', JSON.stringify([evidence, offers]));
    assert.equal(decision.faults.length, 1);
  }
  const phone = { method: 'phone', traits: [], amr: ['sms'], at: now };
  const unread = [...password, phone] as readonly Evidence[];
  assert.equal(inShort(decide(policies, request, unread, cast.Ada.has, now)), 'block fault');
  // A factor that nobody knows is not a second kind.
  const guessed = [...password, { ...phone, factors: ['telepathy'] }] as readonly unknown[];
  assert.equal(inShort(decide(policies, request, guessed as Evidence[], cast.Ada.has, now)), 'ask phone');
  const nobody = decide(policies, {} as AccessRequest, password, cast.Ada.has, now);
  assert.equal(nobody.outcome, 'block');
});
