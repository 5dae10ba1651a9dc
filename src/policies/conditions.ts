import type { Address } from '../http/address.ts';
import type { NamedLocation, Places } from './named-location.ts';
import { clientTypes, type Policy, registerSecurityInfo } from './policy.ts';
import type { AccessRequest } from './request.ts';

export type Why =
  | 'all'
  | 'any'
  | 'user-included'
  | 'user-excluded'
  | 'group-included'
  | 'group-excluded'
  | 'role-included'
  | 'role-excluded'
  | 'application-included'
  | 'application-excluded'
  | 'user-action-included'
  | 'client-type-included'
  | 'client-type-unknown'
  | 'location-included'
  | 'location-excluded'
  | 'location-missing'
  | 'trusted-location-included'
  | 'trusted-location-excluded'
  | 'address-unknown'
  | 'not-included';

export type ConditionName = 'users' | 'applications' | 'clientAppTypes' | 'locations';

/** What one condition of a policy said, for `explain` and for the log. */
export interface ConditionResult {
  readonly condition: ConditionName;
  readonly matched: boolean;
  readonly why: Why;
  /** what decided: the id of the user, group, application or location; a role; a client type; an address */
  readonly value?: string;
  /** the display name of a location */
  readonly name?: string;
}

/** A policy applies when each of its conditions matches. */
export type Condition = (request: AccessRequest) => ConditionResult;

type Said = Omit<ConditionResult, 'condition'>;
const yes = (why: Why, value?: string): Said =>
  value === undefined ? { matched: true, why } : { matched: true, why, value };
const no = (why: Why, value?: string): Said =>
  value === undefined ? { matched: false, why } : { matched: false, why, value };

const condition =
  (name: ConditionName, judge: (request: AccessRequest) => Said): Condition =>
  request => ({ condition: name, ...judge(request) });

type Of<Key extends keyof Policy['conditions']> = NonNullable<Policy['conditions'][Key]>;

function users(rule: Of<'users'>): Condition {
  const everybody = rule.includeUsers[0] === 'All';
  const included = {
    users: new Set<string>(rule.includeUsers),
    groups: new Set<string>(rule.includeGroups),
    roles: new Set<string>(rule.includeRoles),
  };
  const excluded = {
    users: new Set<string>(rule.excludeUsers),
    groups: new Set<string>(rule.excludeGroups),
    roles: new Set<string>(rule.excludeRoles),
  };
  return condition('users', ({ user }) => {
    if (excluded.users.has(user.id)) return no('user-excluded', user.id);
    const outGroup = user.groups.find(g => excluded.groups.has(g));
    if (outGroup !== undefined) return no('group-excluded', outGroup);
    const outRole = user.roles.find(r => excluded.roles.has(r));
    if (outRole !== undefined) return no('role-excluded', outRole);
    if (everybody) return yes('all');
    if (included.users.has(user.id)) return yes('user-included', user.id);
    const group = user.groups.find(g => included.groups.has(g));
    if (group !== undefined) return yes('group-included', group);
    const role = user.roles.find(r => included.roles.has(r));
    return role === undefined ? no('not-included') : yes('role-included', role);
  });
}

function applications(rule: Of<'applications'>): Condition {
  const all = rule.includeApplications[0] === 'All';
  const included = new Set<string>(rule.includeApplications);
  const excluded = new Set<string>(rule.excludeApplications);
  const registering = rule.includeUserActions.length > 0;
  return condition('applications', ({ target }) => {
    if ('userAction' in target) {
      return registering ? yes('user-action-included', registerSecurityInfo) : no('not-included');
    }
    const { application } = target;
    if (excluded.has(application)) return no('application-excluded', application);
    if (all) return yes('all');
    return included.has(application) ? yes('application-included', application) : no('not-included');
  });
}

function clientAppTypes(rule: Of<'clientAppTypes'>): Condition {
  const all = rule[0] === 'all';
  const included = new Set<string>(rule);
  return condition('clientAppTypes', ({ clientType }) => {
    if (all) return yes('all');
    if (!clientTypes.includes(clientType)) return yes('client-type-unknown', clientType);
    return included.has(clientType)
      ? yes('client-type-included', clientType)
      : no('not-included', clientType);
  });
}

/**
 * Where it cannot be told whether somebody is inside (no address, a location that is gone), the policy applies:
 * it can only ask for more.
 */
function locations(rule: Of<'locations'>, places: Places): Condition {
  const find = (
    named: readonly string[],
    address: Address,
  ): { id: string; location?: NamedLocation } | undefined => {
    for (const id of named) {
      const location = id === 'AllTrusted' ? places.trusted(address) : undefined;
      if (location !== undefined) return { id, location };
      if (id !== 'AllTrusted' && places.has(id, address) === true) return { id };
    }
    return undefined;
  };
  const said = (judged: Said, { id, location }: { id: string; location?: NamedLocation }): Said => {
    const name = location?.displayName ?? places.nameOf(id);
    const value = location?.id ?? id;
    return name === undefined ? { ...judged, value } : { ...judged, value, name };
  };
  const everywhere = rule.includeLocations[0] === 'All';
  return condition('locations', ({ address }) => {
    if (address === undefined) return yes('address-unknown');
    const out = find(rule.excludeLocations, address);
    if (out !== undefined) {
      return said(no(out.location === undefined ? 'location-excluded' : 'trusted-location-excluded'), out);
    }
    if (everywhere) return yes('all', address.text);
    const inside = find(rule.includeLocations, address);
    if (inside !== undefined) {
      return said(
        yes(inside.location === undefined ? 'location-included' : 'trusted-location-included'),
        inside,
      );
    }
    const missing = rule.includeLocations.find(id => id !== 'AllTrusted' && places.nameOf(id) === undefined);
    return missing === undefined ? no('not-included', address.text) : yes('location-missing', missing);
  });
}

/** The conditions of a policy, prepared; locations are resolved in `places`. */
export const compileConditions = (rules: Policy['conditions'], places: Places): readonly Condition[] => [
  users(rules.users),
  applications(rules.applications),
  clientAppTypes(rules.clientAppTypes),
  rules.locations ? locations(rules.locations, places) : condition('locations', () => yes('any')),
];
