import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../kit/ids.ts';
import { policySchema } from './policy.ts';
import { warningsOf } from './warnings.ts';

const warned = (conditions: object, more: object = {}) =>
  warningsOf(
    policySchema.parse({
      id: newId(),
      displayName: 'p',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['All'] },
        clientAppTypes: ['all'],
        ...conditions,
      },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
      ...more,
    }),
  );

test('a policy warns that it blocks everybody exactly when nobody and nothing is left out', () => {
  assert.deepEqual(warned({}), ['blocks-everybody']);
  assert.deepEqual(warned({ locations: { includeLocations: ['All'] } }), ['blocks-everybody']);
  assert.deepEqual(warned({ clientAppTypes: ['browser'] }), ['blocks-everybody']);
  const all = { includeUsers: ['All'] };
  for (const conditions of [
    { users: { ...all, excludeUsers: [newId()] } },
    { users: { ...all, excludeGroups: [newId()] } },
    { users: { ...all, excludeRoles: [newId()] } },
    { users: { includeGroups: [newId()] } },
    { applications: { includeApplications: ['portal'] } },
    { applications: { includeApplications: ['All'], excludeApplications: ['portal'] } },
    { applications: { includeUserActions: ['urn:user:registersecurityinfo'] } },
    { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
    { clientAppTypes: ['mobileAppsAndDesktopClients'] },
  ])
    assert.deepEqual(warned(conditions), [], JSON.stringify(conditions));
  for (const state of ['disabled', 'enabledForReportingButNotEnforced'])
    assert.deepEqual(warned({}, { state }), []);
  assert.deepEqual(warned({}, { grantControls: { operator: 'OR', builtInControls: ['mfa'] } }), []);
});

test('a policy warns that it includes nobody or nothing: what was meant is protected by nothing', () => {
  for (const conditions of [
    { users: {} },
    { users: { includeUsers: ['None'] } },
    { users: { excludeUsers: [newId()] } },
    { applications: {} },
    { applications: { includeApplications: ['None'] } },
    { applications: { excludeApplications: ['portal'] } },
  ])
    assert.deepEqual(warned(conditions), ['includes-nothing'], JSON.stringify(conditions));
  assert.deepEqual(warned({ users: { includeUsers: ['None'], includeRoles: ['global-administrator'] } }), []);
});

test('a policy warns of clients that nothing here can be', () => {
  assert.deepEqual(warned({ clientAppTypes: ['exchangeActiveSync', 'other'] }), ['never-applies']);
  assert.deepEqual(
    warned({
      clientAppTypes: ['mobileAppsAndDesktopClients', 'other'],
    }),
    ['client-types-never-seen'],
  );
});
