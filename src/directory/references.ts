import { sql } from 'kysely';
import { type GroupId, isId } from '../kit/ids.ts';
import { builtInStrengths, type Policy } from '../policies/index.ts';
import type { Tx } from '../storage/index.ts';
import { portal } from './application-settings.ts';
import { isRole } from './roles.ts';
import type { FieldProblem } from './schema-problems.ts';

/**
 * What a policy names and does not exist, most likely misspelt: such a policy would hold for nobody, in silence.
 * What is found is held until the policy is saved: it is not deleted meanwhile.
 */
export async function missingReferences(tx: Tx, policy: Policy): Promise<readonly FieldProblem[]> {
  const { users, applications, locations } = policy.conditions;
  const lists = [
    [there('users'), 'users.includeUsers', users.includeUsers],
    [there('users'), 'users.excludeUsers', users.excludeUsers],
    [there('groups'), 'users.includeGroups', users.includeGroups],
    [there('groups'), 'users.excludeGroups', users.excludeGroups],
    [rolesAmong, 'users.includeRoles', users.includeRoles],
    [rolesAmong, 'users.excludeRoles', users.excludeRoles],
    [applicationsAmong, 'applications.includeApplications', applications.includeApplications],
    [applicationsAmong, 'applications.excludeApplications', applications.excludeApplications],
    [there('named_locations'), 'locations.includeLocations', locations?.includeLocations ?? []],
    [there('named_locations'), 'locations.excludeLocations', locations?.excludeLocations ?? []],
  ] as const;
  const problems: FieldProblem[] = [];
  for (const [known, field, all] of lists) {
    const named = all.filter(value => !special.has(value));
    const found = named.length === 0 ? named : await known(tx, named);
    for (const value of named)
      if (!found.includes(value))
        problems.push({ field: `conditions.${field}`, problem: 'unknown-reference', value });
  }
  const strength = policy.grantControls?.authenticationStrength?.id;
  if (strength !== undefined && !(await isStrength(tx, strength)))
    problems.push({
      field: 'grantControls.authenticationStrength',
      problem: 'unknown-reference',
      value: strength,
    });
  return problems;
}

/** The words of Graph that stand in the place of ids. */
const special: ReadonlySet<string> = new Set(['All', 'None', 'AllTrusted']);

/** Which of what is named exists. */
type Among = (tx: Tx, named: readonly string[]) => Promise<readonly string[]>;

const there =
  (table: 'users' | 'groups' | 'named_locations' | 'strengths'): Among =>
  async (tx, named) => {
    const ids = named.filter(isId);
    if (ids.length === 0) return [];
    const rows = await tx.selectFrom(table).select('id').where('id', 'in', ids).forKeyShare().execute();
    return rows.map(row => row.id);
  };

const rolesAmong: Among = async (_tx, named) => named.filter(isRole);

/** Those that are registered, our own pages, and what Microsoft Entra's tenants are called. */
const applicationsAmong: Among = async (tx, named) => {
  const registered = await tx
    .selectFrom('applications')
    .select('id')
    .where('id', 'in', named)
    .forKeyShare()
    .execute();
  const tenants = await tx
    .selectFrom('entra_tenants')
    .select(sql<string | null>`settings ->> 'application'`.as('application'))
    .execute();
  return [
    portal,
    ...registered.map(({ id }) => id),
    ...tenants.flatMap(({ application }) => application ?? []),
  ];
};

const isStrength = async (tx: Tx, id: string): Promise<boolean> =>
  builtInStrengths.some(builtIn => builtIn.id === id) || (await there('strengths')(tx, [id])).length > 0;

/** The same of the groups that a setting names. */
export async function missingGroups(tx: Tx, groups: readonly string[]): Promise<readonly FieldProblem[]> {
  const found = await there('groups')(tx, groups);
  return groups
    .filter(group => !found.includes(group))
    .map(value => ({ field: 'groups', problem: 'unknown-reference', value }));
}

/** Whether a policy names it. Asked while its row is held, so that none begins to name it meanwhile. */
export async function isNamedByPolicies(tx: Tx, id: string): Promise<boolean> {
  const policies = await tx.selectFrom('policies').select('definition').execute();
  return policies.some(({ definition }) => JSON.stringify(definition).includes(JSON.stringify(id)));
}

/** Whether a policy, or the start of registration, speaks of this group. */
export async function isGroupNamed(tx: Tx, id: GroupId): Promise<boolean> {
  if (await isNamedByPolicies(tx, id)) return true;
  const setting = await tx
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'registration')
    .executeTakeFirst();
  return setting !== undefined && JSON.stringify(setting.value).includes(id);
}
