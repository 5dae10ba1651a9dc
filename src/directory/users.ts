import { type Selectable, sql } from 'kysely';
import type { Actor, Audit, AuditEvent } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import { type GroupId, isId, newId, type UserId } from '../kit/ids.ts';
import type { Db, Storage, Tables, Tx } from '../storage/index.ts';
import {
  credentialTables,
  endHeld,
  ownTables,
  removeFrom,
  removeLockouts,
  standInTables,
} from './belongings.ts';
import { allExist } from './groups.ts';
import { loggable, nameKey, readLoginName } from './names.ts';
import { setPassword } from './passwords.ts';
import { forSignIn, type Person } from './person.ts';
import { type NewUser, readDetails, type User, type UserChange, type UserProblem } from './user.ts';

export type Created =
  | { readonly created: true; readonly user: User }
  | { readonly created: false; readonly problems: readonly UserProblem[] };

export type Updated =
  | { readonly updated: true; readonly user: User }
  | { readonly updated: false; readonly problems: readonly UserProblem[] };

export interface UserQuery {
  /** the beginning of a login name, or any part of the display name or mail */
  readonly search?: string | undefined;
  readonly group?: GroupId | undefined;
  readonly enabled?: boolean | undefined;
  /** the `next` of the page before */
  readonly after?: string | undefined;
  /** users a page, 50 when not said */
  readonly limit?: number | undefined;
}

export interface UserPage {
  /** in order of login name */
  readonly users: readonly User[];
  readonly next: string | undefined;
}

export interface Users {
  /** The name in the form in which it is shown and looked up; undefined when nobody could be called that. */
  readLoginName(typed: string): string | undefined;
  forSignIn(who: { readonly id: UserId } | { readonly loginName: string }): Promise<Person | undefined>;
  byId(id: string): Promise<User | undefined>;
  byLoginName(name: string): Promise<User | undefined>;
  list(query: UserQuery): Promise<UserPage>;
  create(user: NewUser, actor: Actor): Promise<Created>;
  /** undefined: there is no such user. */
  update(id: UserId, change: UserChange, actor: Actor): Promise<Updated | undefined>;
  /** Takes the user away with everything that is theirs. What was logged stays. False: there was none. */
  delete(id: UserId, actor: Actor): Promise<boolean>;
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

export function openUsers({ storage, audit, clock }: Deps): Users {
  const { db } = storage;
  return {
    readLoginName(typed) {
      const read = readLoginName(typed);
      return read.ok ? read.text : undefined;
    },
    forSignIn: who => forSignIn(db, who),
    byId: async id =>
      isId(id) ? userOf(await rows(db).where('users.id', '=', id).executeTakeFirst()) : undefined,
    async byLoginName(name) {
      const read = readLoginName(name);
      if (!read.ok) return undefined;
      return userOf(await rows(db).where('login_names.name', '=', nameKey(read.text)).executeTakeFirst());
    },
    list: query => list(db, query),
    create: (user, actor) => create({ storage, audit, clock }, user, actor),
    update: (id, change, actor) => update({ storage, audit, clock }, id, change, actor),
    delete: (id, actor) =>
      storage.tx(async tx => {
        const gone = await tx
          .deleteFrom('users')
          .where('id', '=', id)
          .returning('login_name')
          .executeTakeFirst();
        if (!gone) return false;
        await endHeld(tx, storage.sealer, { user: id, before: clock.now() });
        await removeFrom(tx, [...credentialTables, ...standInTables, ...ownTables], id);
        await removeLockouts(tx, id, ['password', 'second']);
        const detail = { loginName: loggable(gone.login_name) };
        await audit.record(tx, { kind: 'user.deleted', user: id, actor, detail });
        return true;
      }),
  };
}

const rows = (db: Db | Tx) =>
  db.selectFrom('users').innerJoin('login_names', 'login_names.user_id', 'users.id').selectAll('users');

type UserRow = Selectable<Tables['users']>;

function userOf(row: UserRow): User;
function userOf(row: UserRow | undefined): User | undefined;
function userOf(row: UserRow | undefined): User | undefined {
  return (
    row && {
      id: row.id as UserId,
      loginName: row.login_name,
      displayName: row.display_name,
      mail: row.mail ?? undefined,
      language: row.language ?? undefined,
      enabled: row.enabled,
      mustRegister: row.must_register,
      preferredMethod: row.preferred_method ?? undefined,
      createdAt: row.created_at,
    }
  );
}

async function list(db: Db, { search, group, enabled, after, limit = 50 }: UserQuery): Promise<UserPage> {
  const begins = nameKey(search ?? '');
  const within = `%${(search ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`;
  const found = await rows(db)
    .select('login_names.name')
    .$if(after !== undefined, query => query.where('login_names.name', '>', after ?? ''))
    .$if(enabled !== undefined, query => query.where('users.enabled', '=', enabled ?? true))
    .$if(group !== undefined, query =>
      query.where(where =>
        where.exists(
          where
            .selectFrom('group_members')
            .whereRef('group_members.user_id', '=', 'users.id')
            .where('group_members.group_id', '=', group ?? ''),
        ),
      ),
    )
    .$if(begins !== '', query =>
      query.where(where =>
        where.or([
          sql<boolean>`starts_with(login_names.name, ${begins})`,
          where('users.display_name', 'ilike', within),
          where('users.mail', 'ilike', within),
        ]),
      ),
    )
    .orderBy('login_names.name')
    .limit(limit + 1)
    .execute();
  const page = found.slice(0, limit);
  return {
    users: page.map(row => userOf(row)),
    next: found.length > limit ? page.at(-1)?.name : undefined,
  };
}

async function create({ storage, audit, clock }: Deps, given: NewUser, actor: Actor): Promise<Created> {
  const read = readDetails(given);
  if (!read.ok) return { created: false, problems: read.problems };
  const { details } = read;
  const groups = [...new Set(given.groups ?? [])];
  return storage.tx(async tx => {
    const now = clock.now();
    const id: UserId = newId(now);
    if (!(await allExist(tx, groups))) return { created: false, problems: [unknownGroup] };
    if (!(await takeName(tx, details.loginName, id))) return { created: false, problems: [taken] };
    const row = await tx
      .insertInto('users')
      .values({
        id,
        login_name: details.loginName,
        display_name: details.displayName,
        mail: details.mail ?? null,
        language: details.language ?? null,
        must_register: given.mustRegister ?? false,
        preferred_method: null,
        valid_from: now,
        created_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (groups.length > 0)
      await tx
        .insertInto('group_members')
        .values(groups.map(group => ({ user_id: id, group_id: group })))
        .execute();
    if (given.password) await setPassword(tx, storage.sealer, id, given.password);
    const detail = { loginName: loggable(details.loginName), groups };
    await audit.record(tx, { kind: 'user.created', user: id, actor, detail });
    return { created: true, user: userOf(row) };
  });
}

const taken: UserProblem = { field: 'loginName', problem: 'taken' };
const unknownGroup: UserProblem = { field: 'groups', problem: 'unknown-group' };

async function update(
  { storage, audit }: Deps,
  id: UserId,
  change: UserChange,
  actor: Actor,
): Promise<Updated | undefined> {
  return storage.tx(async tx => {
    const row = await tx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row) return undefined;
    const before = userOf(row);
    const read = readDetails({
      loginName: change.loginName ?? before.loginName,
      displayName: change.displayName ?? before.displayName,
      mail: change.mail === undefined ? before.mail : (change.mail ?? undefined),
      language: change.language === undefined ? before.language : (change.language ?? undefined),
    });
    if (!read.ok) return { updated: false, problems: read.problems };
    const after: User = {
      ...before,
      ...read.details,
      preferredMethod:
        change.preferredMethod === undefined ? before.preferredMethod : (change.preferredMethod ?? undefined),
    };
    const fields = ['loginName', 'displayName', 'mail', 'language', 'preferredMethod'] as const;
    const changed = fields.filter(field => before[field] !== after[field]);
    if (changed.length === 0) return { updated: true, user: before };
    if (nameKey(before.loginName) !== nameKey(after.loginName)) {
      if (!(await takeName(tx, after.loginName, id))) return { updated: false, problems: [taken] };
      await tx.deleteFrom('login_names').where('name', '=', nameKey(before.loginName)).execute();
    }
    await tx
      .updateTable('users')
      .set({
        login_name: after.loginName,
        display_name: after.displayName,
        mail: after.mail ?? null,
        language: after.language ?? null,
        preferred_method: after.preferredMethod ?? null,
      })
      .where('id', '=', id)
      .execute();
    const event: AuditEvent = { kind: 'user.changed', user: id, actor, detail: { changed } };
    await audit.record(tx, event);
    return { updated: true, user: after };
  });
}

/** Takes a name for a user. False: somebody is called that. */
async function takeName(tx: Tx, loginName: string, user: UserId): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('login_names')
    .values({ name: nameKey(loginName), user_id: user })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
