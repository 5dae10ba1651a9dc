import type { PolicyId } from '../kit/ids.ts';
import { type Policy, type PolicyState, registerSecurityInfo } from './policy.ts';

/** A policy to begin with: under which id and name, and whether it is on, off, or only reports. */
export interface Named {
  readonly id: PolicyId;
  readonly displayName: string;
  readonly state: PolicyState;
}

const multiFactorOffCampus = (
  { id, displayName, state }: Named,
  applications: Policy['conditions']['applications'],
): Policy => ({
  id,
  displayName,
  state,
  conditions: {
    users: {
      includeUsers: ['All'],
      excludeUsers: [],
      includeGroups: [],
      excludeGroups: [],
      includeRoles: [],
      excludeRoles: [],
    },
    applications,
    locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
    clientAppTypes: ['all'],
  },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  sessionControls: null,
});

/**
 * All users, all applications, MFA except from trusted locations. With the state 'enabledForReportingButNotEnforced'
 * beside a policy that always asks, it is the time in which the campus skip is being prepared (準備中).
 */
export const campusSkip = (named: Named): Policy =>
  multiFactorOffCampus(named, {
    includeApplications: ['All'],
    excludeApplications: [],
    includeUserActions: [],
  });

/** Registering security information needs MFA except from trusted locations. */
export const securityInfoOffCampus = (named: Named): Policy =>
  multiFactorOffCampus(named, {
    includeApplications: [],
    excludeApplications: [],
    includeUserActions: [registerSecurityInfo],
  });

/** All users, all applications, MFA from everywhere: in force while the campus skip is being prepared. */
export const multiFactorEverywhere = (named: Named): Policy => {
  const policy = campusSkip(named);
  return { ...policy, conditions: { ...policy.conditions, locations: null } };
};
