import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../kit/clock.ts';
import { compilePolicies } from './compile.ts';
import { explain } from './explain.ts';
import {
  applications,
  at,
  cast,
  groups,
  locations,
  mfa,
  now,
  offCampus,
  place,
  policy,
  shown,
} from './testing.ts';

const policies = compilePolicies(
  [
    policy(1, { conditions: { locations: offCampus }, grantControls: mfa }),
    policy(2, {
      state: 'disabled',
      conditions: { users: { includeGroups: [groups.students] }, clientAppTypes: ['other'] },
      grantControls: { builtInControls: ['block'] },
    }),
    policy(3, {
      state: 'enabledForReportingButNotEnforced',
      conditions: { users: { includeUsers: ['All'], excludeRoles: ['administrator'] } },
      sessionControls: { signInFrequency: { isEnabled: true, type: 'hours', value: 8 } },
    }),
    policy(4, {
      conditions: { locations: { includeLocations: [place.guestWifi, place.demolished] } },
      grantControls: mfa,
    }),
  ],
  locations,
);

const rows = (who: keyof typeof cast, address = at.campus) =>
  explain(
    policies,
    { user: cast[who].user, target: { application: applications.mail }, address, clientType: 'browser' },
    [shown('password')],
    cast[who].has,
    now,
  );

const why = (row: ReturnType<typeof rows>[number] | undefined) =>
  row?.conditions.map(c =>
    [c.condition, c.matched, c.why, c.value, c.name].filter(x => x !== undefined).join(' '),
  );

test('every policy is explained, on or off, condition by condition', () => {
  const [skip, off, report, missing] = rows('Ada');
  assert.deepEqual(why(skip), [
    'users true all',
    'applications true all',
    'clientAppTypes true all',
    `locations false trusted-location-excluded ${place.campus} Campus`,
  ]);
  assert.deepEqual([skip?.state, skip?.applies, skip?.met], ['enabled', false, undefined]);
  assert.deepEqual(why(off), [
    `users true group-included ${groups.students}`,
    'applications true all',
    'clientAppTypes false not-included browser',
    'locations true any',
  ]);
  assert.deepEqual([off?.state, off?.applies, off?.requirement], ['disabled', false, { kind: 'block' }]);
  assert.deepEqual([report?.applies, report?.met, report?.maxAge], [true, true, hours(8)]);
  assert.deepEqual(why(missing)?.[3], `locations true location-missing ${place.demolished}`);
  assert.deepEqual(missing?.requirement, {
    kind: 'strength',
    id: '00000000-0000-0000-0000-000000000002',
    displayName: 'Multifactor authentication',
  });
  assert.equal(missing?.met, false);
});

test('the reasons name the person’s role and the place', () => {
  const [skip, , report, missing] = rows('Boris', at.guestWifi);
  assert.deepEqual(why(report)?.[0], 'users false role-excluded administrator');
  assert.deepEqual(why(skip)?.[3], 'locations true all 198.51.100.200');
  assert.deepEqual(why(missing)?.[3], `locations true location-included ${place.guestWifi} Guest Wi-Fi`);
});
