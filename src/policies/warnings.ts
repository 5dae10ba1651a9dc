import type { ClientType, Policy } from './policy.ts';

/**
 * What an administrator would want to know of a policy that is accepted all the same: policies are
 * brought over as they are, and some of what they say has nothing to hold for here.
 */
export type PolicyWarning =
  | 'client-types-never-seen'
  | 'never-applies'
  | 'includes-nothing'
  | 'blocks-everybody';

/** What comes here is a browser, or was opened by an application on a phone or desktop. */
const seen: readonly ClientType[] = ['browser', 'mobileAppsAndDesktopClients'];

export function warningsOf(policy: Policy): readonly PolicyWarning[] {
  const types = policy.conditions.clientAppTypes;
  const named = types[0] === 'all' ? seen : (types as readonly ClientType[]);
  const unseen = named.filter(type => !seen.includes(type));
  return [
    ...(unseen.length === named.length
      ? (['never-applies'] as const)
      : unseen.length > 0
        ? (['client-types-never-seen'] as const)
        : []),
    ...(includesNothing(policy) ? (['includes-nothing'] as const) : []),
    ...(blocksEverybody(policy) && named.includes('browser') ? (['blocks-everybody'] as const) : []),
  ];
}

/** No users, or no application and no action: Graph would have both said. */
function includesNothing({ conditions: { users, applications } }: Policy): boolean {
  const { includeUsers, includeGroups, includeRoles } = users;
  const { includeApplications, includeUserActions } = applications;
  const isNone = (included: readonly string[]): boolean => included.length === 0 || included[0] === 'None';
  return (
    (isNone(includeUsers) && includeGroups.length + includeRoles.length === 0) ||
    (isNone(includeApplications) && includeUserActions.length === 0)
  );
}

/** In force, for everybody and everything, from everywhere: administrators as well. */
function blocksEverybody({ state, conditions, grantControls }: Policy): boolean {
  const { users, applications, locations } = conditions;
  const without = [
    users.excludeUsers,
    users.excludeGroups,
    users.excludeRoles,
    applications.excludeApplications,
    locations?.excludeLocations ?? [],
  ];
  return (
    state === 'enabled' &&
    grantControls?.builtInControls.includes('block') === true &&
    users.includeUsers[0] === 'All' &&
    applications.includeApplications[0] === 'All' &&
    (!locations || locations.includeLocations[0] === 'All') &&
    without.every(excluded => excluded.length === 0)
  );
}
