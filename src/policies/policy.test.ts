import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policySchema } from './policy.ts';
import { campusSkip, multiFactorEverywhere, securityInfoOffCampus } from './templates.ts';
import { block, groups, mfa, offCampus, place, policy, policyId, strength } from './testing.ts';

const phishingResistant = strength('00000000-0000-0000-0000-000000000004');

function problemWith(says: Parameters<typeof policy>[1], more: object = {}): string | undefined {
  const parsed = policySchema.safeParse({ ...(policy(1, says) as object), ...more });
  return parsed.success ? undefined : JSON.stringify(parsed.error.issues);
}

test('a policy in Graph’s words is read', () => {
  const parsed = policySchema.parse(
    policy(1, {
      state: 'enabledForReportingButNotEnforced',
      conditions: {
        users: { includeGroups: [groups.staff.toUpperCase()], excludeRoles: ['administrator'] },
        applications: { includeApplications: ['mail'] },
        locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted', place.guestWifi] },
        clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'],
      },
      grantControls: { operator: 'AND', ...mfa },
      sessionControls: {
        signInFrequency: { isEnabled: true, type: 'hours', value: 8 },
      },
    }),
  );
  assert.deepEqual(parsed.conditions.users.includeGroups, [groups.staff]);
  assert.equal(
    parsed.sessionControls?.signInFrequency?.authenticationType,
    'primaryAndSecondaryAuthentication',
  );
});

test('what Graph exports is read when the parts that we do not have say nothing', () => {
  const exported = {
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies/$entity',
    id: policyId(1),
    templateId: null,
    displayName: 'MFA off campus',
    createdDateTime: '2026-04-04T00:00:00Z',
    modifiedDateTime: null,
    state: 'enabled',
    sessionControls: null,
    conditions: {
      userRiskLevels: [],
      signInRiskLevels: [],
      clientAppTypes: ['all'],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      platforms: null,
      devices: null,
      clientApplications: null,
      authenticationFlows: null,
      locations: offCampus,
      applications: {
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      users: {
        includeUsers: ['All'],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
      },
    },
    grantControls: {
      operator: 'OR',
      builtInControls: [],
      customAuthenticationFactors: [],
      termsOfUse: [],
      'authenticationStrength@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#x',
      authenticationStrength: {
        id: '00000000-0000-0000-0000-000000000002',
        displayName: 'Multifactor authentication',
        description: 'x',
        policyType: 'builtIn',
        requirementsSatisfied: 'mfa',
        allowedCombinations: ['fido2', 'password,sms'],
      },
    },
  };
  const parsed = policySchema.parse(exported);
  assert.deepEqual(parsed.grantControls?.authenticationStrength, {
    id: '00000000-0000-0000-0000-000000000002',
  });
  const conditions = { ...exported.conditions, platforms: { includePlatforms: ['android'] } };
  assert.equal(policySchema.safeParse({ ...exported, conditions }).success, false);
});

test('an unknown key or word is refused wherever it stands, so that a slip never widens a policy', () => {
  const say = (conditions: object) => problemWith({ grantControls: mfa, conditions });
  const refusals = [
    problemWith({ grantControls: mfa }, { grantControl: mfa }),
    problemWith({ grantControls: mfa, state: 'on' }),
    say({ user: {} }),
    say({ users: { includeUsers: ['All'], excludeUser: [] } }),
    say({ users: { includeUsers: ['all'] } }),
    say({ users: { includeUsers: ['All', groups.staff] } }),
    say({ users: { includeUsers: ['ada'] } }),
    say({ users: { includeUsers: ['GuestsOrExternalUsers'] } }),
    say({ users: { includeRoles: ['All'] } }),
    say({ users: undefined }),
    say({ applications: { includeApplications: ['all'] } }),
    say({ applications: { includeApplications: ['Office365'] } }),
    say({ applications: { includeApplications: ['All', 'mail'] } }),
    say({ applications: { includeUserActions: ['urn:user:registerdevice'] } }),
    say({
      applications: { includeApplications: ['All'], includeUserActions: ['urn:user:registersecurityinfo'] },
    }),
    say({
      applications: { excludeApplications: ['mail'], includeUserActions: ['urn:user:registersecurityinfo'] },
    }),
    say({ locations: { includeLocations: ['all'] } }),
    say({ locations: { includeLocations: ['Campus'] } }),
    say({ locations: { excludeLocations: ['AllTrusted'] } }),
    say({ locations: { includeLocations: [], excludeLocations: ['AllTrusted'] } }),
    say({ locations: { ...offCampus, trusted: true } }),
    say({ clientAppTypes: [] }),
    say({ clientAppTypes: ['All'] }),
    say({ clientAppTypes: ['all', 'browser'] }),
    say({ clientAppTypes: undefined }),
    say({ devices: { deviceFilter: {} } }),
    say({ signInRiskLevels: ['high'] }),
  ];
  refusals.forEach((refusal, i) => {
    assert.ok(refusal, `refusal ${i}`);
  });
});

test('controls that contradict each other, or ask for nothing, are refused by name', () => {
  const table: readonly (readonly [object, string])[] = [
    [{ grantControls: { builtInControls: ['block', 'mfa'] } }, 'block-with-other-controls'],
    [{ grantControls: { ...block, ...(phishingResistant as object) } }, 'block-with-other-controls'],
    [{ grantControls: { ...mfa, ...(phishingResistant as object) } }, 'mfa-with-strength'],
    [{ grantControls: { builtInControls: [] } }, 'needs-a-control'],
    [{ grantControls: { builtInControls: ['compliantDevice'] } }, 'invalid'],
    [{ grantControls: { builtInControls: ['mfa'], operator: 'XOR' } }, 'invalid'],
    [{ grantControls: { builtInControls: ['mfa'], termsOfUse: ['x'] } }, 'unrecognized_keys'],
    [{ grantControls: { ...mfa, 'authenticationStrength@odata.bind': 'x' } }, 'unrecognized_keys'],
    [{}, 'needs-a-control'],
    [{ sessionControls: {} }, 'needs-a-control'],
    [{ sessionControls: { persistentBrowser: { isEnabled: false, mode: 'never' } } }, 'needs-a-control'],
    [{ sessionControls: { signInFrequency: { isEnabled: true, type: 'hours', value: 0 } } }, 'too_small'],
    [{ sessionControls: { signInFrequency: { isEnabled: true, type: 'minutes', value: 5 } } }, 'invalid'],
    [
      { sessionControls: { signInFrequency: { isEnabled: true, type: 'days', value: 366 } } },
      'frequency-too-long',
    ],
    [
      {
        sessionControls: {
          signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime', type: 'hours', value: 1 },
        },
      },
      'invalid',
    ],
    [
      {
        conditions: { applications: { includeApplications: ['mail'] } },
        sessionControls: { persistentBrowser: { isEnabled: true, mode: 'never' } },
      },
      'persistent-browser-needs-all-applications',
    ],
  ];
  for (const [says, expected] of table) {
    assert.match(problemWith(says) ?? 'accepted', new RegExp(expected), JSON.stringify(says));
  }
});

test('session controls are read as Graph writes them', () => {
  const accepted = [
    { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime', type: null, value: null } },
    {
      signInFrequency: {
        isEnabled: true,
        frequencyInterval: 'timeBased',
        type: 'days',
        value: 7,
        authenticationType: 'secondaryAuthentication',
      },
      persistentBrowser: { isEnabled: true, mode: 'always' },
      cloudAppSecurity: null,
      disableResilienceDefaults: null,
    },
    {
      signInFrequency: {
        isEnabled: false,
        frequencyInterval: null,
        type: null,
        value: null,
        authenticationType: null,
      },
      persistentBrowser: { isEnabled: true, mode: 'never' },
    },
  ];
  for (const sessionControls of accepted) assert.equal(problemWith({ sessionControls }), undefined);
});

test('the ready-made policies are policies', () => {
  for (const make of [campusSkip, securityInfoOffCampus, multiFactorEverywhere]) {
    const made = make({ id: policyId(1), displayName: 'Made', state: 'enabled' });
    assert.deepEqual(policySchema.parse(made), made);
  }
});
