import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt, inShort, type Person, password } from './attempt.testing.ts';
import type { AccessRequest } from './request.ts';
import { at, block, cast, groups, mfa, place, policy } from './testing.ts';

test('exclusion beats inclusion, and an empty include matches nobody', () => {
  const asks = (users: object, who: Person) =>
    inShort(
      attempt([policy(1, { conditions: { users }, grantControls: block })], {
        who,
        where: at.home,
        shown: password,
      }),
    );
  const { Ada, Boris } = { Ada: cast.Ada.user.id, Boris: cast.Boris.user.id };
  const table: readonly (readonly [object, Person, string])[] = [
    [{ includeUsers: ['All'] }, 'Ada', 'block policy'],
    [{ includeUsers: ['All'], excludeUsers: [Ada] }, 'Ada', 'grant'],
    [{ includeUsers: ['All'], excludeGroups: [groups.students] }, 'Ada', 'grant'],
    [{ includeUsers: ['All'], excludeRoles: ['administrator'] }, 'Boris', 'grant'],
    [{ includeUsers: [Boris], excludeRoles: ['administrator'] }, 'Boris', 'grant'],
    [{ includeUsers: [Ada] }, 'Ada', 'block policy'],
    [{ includeUsers: [Boris] }, 'Ada', 'grant'],
    [{ includeGroups: [groups.students] }, 'Ada', 'block policy'],
    [{ includeRoles: ['administrator'] }, 'Boris', 'block policy'],
    [{ includeRoles: ['administrator'] }, 'Ada', 'grant'],
    [{ includeUsers: ['None'] }, 'Ada', 'grant'],
    [{}, 'Ada', 'grant'],
  ];
  for (const [users, who, expected] of table)
    assert.equal(asks(users, who), expected, JSON.stringify([users, who]));
});

test('applications, client types and locations narrow a policy', () => {
  const asks = (conditions: object, more: Partial<AccessRequest> = {}, where = at.home) =>
    inShort(
      attempt([policy(1, { conditions, grantControls: block })], {
        who: 'Ada',
        where,
        shown: password,
        more,
      }),
    );
  assert.equal(asks({ applications: { includeApplications: ['mail'] } }), 'block policy');
  assert.equal(asks({ applications: { includeApplications: ['portal'] } }), 'grant');
  assert.equal(
    asks({ applications: { includeApplications: ['All'], excludeApplications: ['mail'] } }),
    'grant',
  );
  assert.equal(asks({ applications: {} }), 'grant');
  assert.equal(asks({ clientAppTypes: ['browser'] }), 'block policy');
  assert.equal(asks({ clientAppTypes: ['other', 'exchangeActiveSync'] }), 'grant');
  assert.equal(
    asks({ clientAppTypes: ['mobileAppsAndDesktopClients'] }, { clientType: 'mobileAppsAndDesktopClients' }),
    'block policy',
  );
  const places = (...includeLocations: string[]) => ({ locations: { includeLocations } });
  assert.equal(asks(places('AllTrusted'), {}, at.campus), 'block policy');
  assert.equal(asks(places('AllTrusted'), {}, at.home), 'grant');
  assert.equal(asks(places(place.guestWifi), {}, at.guestWifi), 'block policy');
  assert.equal(asks(places(place.guestWifi), {}, at.campus), 'grant');
  const but = { locations: { includeLocations: ['AllTrusted'], excludeLocations: [place.library] } };
  assert.equal(asks(but, {}, at.library), 'grant');
  assert.equal(asks(but, {}, at.campus), 'block policy');
});

test('where it cannot be told whether somebody is inside, the policy applies', () => {
  const asks = (where: AccessRequest['address'], rule: object) =>
    inShort(
      attempt([policy(1, { conditions: { locations: rule }, grantControls: mfa })], {
        who: 'Ada',
        where,
        shown: password,
      }),
    );
  assert.equal(asks(at.home, { includeLocations: [place.demolished] }), 'ask phone');
  assert.equal(
    asks(at.campus, { includeLocations: ['All'], excludeLocations: [place.demolished] }),
    'ask phone',
  );
  assert.equal(asks(undefined, { includeLocations: [place.guestWifi] }), 'ask phone');
  assert.equal(asks(undefined, { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }), 'ask phone');
});
