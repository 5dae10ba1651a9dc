import { sql } from 'kysely';
import type { Actor, Audit } from '../../../audit/index.ts';
import { type Clock, days, type Instant } from '../../../kit/clock.ts';
import { type GroupId, newId, type UserId } from '../../../kit/ids.ts';
import type { Storage, Tx } from '../../../storage/index.ts';
import { insertGroups } from '../../groups.ts';
import { loggable, nameKey } from '../../names.ts';
import { passwordPlace } from '../../passwords.ts';
import type { PlannedPassword, PlannedUser } from './check.ts';
import type { ImportPlan } from './plan.ts';

/** How passwords are made; by whoever knows how they are hashed. */
export interface PasswordMaker {
  hash(password: string): Promise<string>;
  newInitial(): { readonly password: string; readonly encoded: string };
}

/** A password that was made for somebody, and that nobody can read again. */
export interface InitialPassword {
  readonly loginName: string;
  readonly displayName: string;
  readonly password: string;
  readonly expiresAt: Instant;
}

export interface ImportOptions {
  readonly maker: PasswordMaker;
  readonly actor: Actor;
  /** how many passwords are hashed at once; one a core */
  readonly atOnce: number;
  /** how long initial passwords may be used, in days */
  readonly validDays: number;
  /**
   * Is given the passwords before anything is kept. When it comes back, they must be where a power cut
   * does not take them: they exist nowhere else.
   */
  keepPasswords(passwords: readonly InitialPassword[]): Promise<void>;
  onProgress?(phase: 'hashing' | 'writing', done: number, total: number): void;
}

export type ImportOutcome =
  | { readonly imported: true; readonly users: number; readonly groups: number; readonly correlation: string }
  /** somebody else took these names meanwhile, or the groups changed; nothing was imported */
  | { readonly imported: false; readonly taken: readonly string[] };

interface ReadyUser extends PlannedUser {
  readonly id: UserId;
  /** the password that was generated */
  readonly initial: string | undefined;
  readonly hashSealed: Buffer;
  readonly mustChange: boolean;
  readonly expiresAt: Instant | undefined;
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Carries out a plan without problems: all of it in one transaction, or nothing. */
export async function carryOut(deps: Deps, plan: ImportPlan, options: ImportOptions): Promise<ImportOutcome> {
  if (plan.problems.length > 0) throw new Error('a plan with problems is not carried out');
  const { storage, clock } = deps;
  const now = clock.now();
  const users = await makeReady(storage, plan, options, now);
  const initials = users.flatMap(initialOf);
  if (initials.length > 0) await options.keepPasswords(initials);
  const correlation = newId<'import'>(now);
  try {
    return await storage.tx(tx => writeAll(tx, deps, { plan, users, correlation, now, options }));
  } catch (error) {
    if (error instanceof Taken) return { imported: false, taken: error.names };
    throw error;
  }
}

/** Undoes the transaction: one of many names is no longer free. */
class Taken extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super('names were taken meanwhile');
    this.name = 'Taken';
    this.names = names;
  }
}

const initialOf = ({ loginName, displayName, initial, expiresAt = 0 }: ReadyUser): InitialPassword[] =>
  initial === undefined ? [] : [{ loginName, displayName, password: initial, expiresAt }];

async function makeReady(
  { sealer }: Storage,
  plan: ImportPlan,
  { maker, atOnce, validDays, onProgress }: ImportOptions,
  now: Instant,
): Promise<readonly ReadyUser[]> {
  const ready: ReadyUser[] = [];
  const waiting = plan.users.entries();
  let hashed = 0;

  async function made(password: PlannedPassword): Promise<{ encoded: string; initial?: string }> {
    switch (password.is) {
      case 'hash':
        return { encoded: password.encoded };
      case 'clear': {
        const encoded = await maker.hash(password.text);
        hashed += 1;
        onProgress?.('hashing', hashed, plan.passwords.clear);
        return { encoded };
      }
      case 'generated': {
        const { password: initial, encoded } = maker.newInitial();
        return { encoded, initial };
      }
    }
  }

  async function work(): Promise<void> {
    for (const [i, user] of waiting) {
      const id: UserId = newId(now);
      const { encoded, initial } = await made(user.password);
      // Whoever brings a hash knows the password already; any other was seen by the office.
      const mustChange = user.password.is !== 'hash';
      ready[i] = {
        ...user,
        id,
        initial,
        hashSealed: sealer.seal(passwordPlace(id), encoded),
        mustChange,
        expiresAt: mustChange ? now + days(validDays) : undefined,
      };
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work));
  return ready;
}

const portion = 1_000;

async function writeAll(
  tx: Tx,
  { audit }: Deps,
  what: {
    readonly plan: ImportPlan;
    readonly users: readonly ReadyUser[];
    readonly correlation: string;
    readonly now: Instant;
    readonly options: ImportOptions;
  },
): Promise<ImportOutcome> {
  const { plan, users, correlation, now, options } = what;
  const done: ImportOutcome = {
    imported: true,
    users: users.length,
    groups: plan.newGroups.length,
    correlation,
  };
  // The connection may have broken after the commit: then all of them are there, and this is the second try.
  const first = users[0]?.id ?? '';
  if (await tx.selectFrom('users').select('id').where('id', '=', first).executeTakeFirst()) return done;

  const groups = await groupsFor(tx, plan, now);
  await audit.record(
    tx,
    ...plan.newGroups.map(
      name =>
        ({
          kind: 'group.created',
          actor: options.actor,
          correlation,
          detail: { group: groups.get(nameKey(name)), name: loggable(name) },
        }) as const,
    ),
  );
  for (let from = 0; from < users.length; from += portion) {
    const some = users.slice(from, from + portion);
    await writeSome(tx, some, groups, now);
    await audit.record(
      tx,
      ...some.map(
        ({ id, loginName, password }) =>
          ({
            kind: 'user.imported',
            user: id,
            actor: options.actor,
            correlation,
            detail: { loginName: loggable(loginName), with: password.is },
          }) as const,
      ),
    );
    options.onProgress?.('writing', from + some.length, users.length);
  }
  return done;
}

async function groupsFor(tx: Tx, plan: ImportPlan, now: Instant): Promise<ReadonlyMap<string, GroupId>> {
  const groups = new Map(plan.knownGroups);
  await insertGroups(
    tx,
    plan.newGroups.map(displayName => ({ displayName, description: undefined })),
    now,
  );
  const named = [...new Set(plan.users.flatMap(user => user.groups.map(nameKey)))];
  if (named.length === 0) return groups;
  const rows = await tx
    .selectFrom('group_names')
    .innerJoin('groups', 'groups.id', 'group_names.group_id')
    .select(['group_names.name', 'group_names.group_id'])
    .where('group_names.name', 'in', named)
    .forKeyShare()
    .execute();
  for (const row of rows) groups.set(row.name, row.group_id as GroupId);
  const gone = named.filter(name => !rows.some(row => row.name === name));
  if (gone.length > 0) throw new Taken(gone);
  return groups;
}

async function writeSome(
  tx: Tx,
  users: readonly ReadyUser[],
  groups: ReadonlyMap<string, GroupId>,
  now: Instant,
): Promise<void> {
  const ids = users.map(user => user.id);
  const keys = users.map(user => nameKey(user.loginName));
  const named = await sql<{ name: string }>`insert into login_names (name, user_id)
    select * from unnest(${keys}::text[], ${ids}::uuid[]) on conflict do nothing returning name`.execute(tx);
  if (named.rows.length !== users.length) {
    const free = new Set(named.rows.map(({ name }) => name));
    throw new Taken(keys.filter(key => !free.has(key)));
  }
  await sql`insert into users (id, login_name, display_name, mail, language, enabled, must_register, preferred_method, valid_from, created_at)
    select *, false, null, ${now}::bigint, ${now}::bigint from unnest(${ids}::uuid[],
      ${users.map(user => user.loginName)}::text[],
      ${users.map(user => user.displayName)}::text[],
      ${users.map(user => user.mail ?? null)}::text[],
      ${users.map(user => user.language ?? null)}::text[],
      ${users.map(user => user.enabled)}::boolean[])`.execute(tx);
  await sql`insert into passwords (user_id, hash_sealed, must_change, expires_at, changed_at)
    select *, ${now}::bigint from unnest(${ids}::uuid[],
      ${users.map(user => user.hashSealed)}::bytea[],
      ${users.map(user => user.mustChange)}::boolean[],
      ${users.map(user => user.expiresAt ?? null)}::bigint[])`.execute(tx);
  const members = users.flatMap(user =>
    user.groups.map(name => ({ user: user.id, group: groups.get(nameKey(name)) })),
  );
  await sql`insert into group_members (user_id, group_id)
    select * from unnest(${members.map(member => member.user)}::uuid[], ${members.map(member => member.group)}::uuid[])`.execute(
    tx,
  );
}
