import { sql } from 'kysely';
import type { Actor, Audit } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import { type GroupId, isId, newId, type UserId } from '../kit/ids.ts';
import type { Db, Storage, Tx } from '../storage/index.ts';
import { loggable, nameKey, readDescription, readGroupName, type TextProblem } from './names.ts';
import { isGroupNamed } from './references.ts';

export interface Group {
  readonly id: GroupId;
  readonly displayName: string;
  readonly description: string | undefined;
  readonly members: number;
}

export type GroupCreated =
  | { readonly created: true; readonly group: Group }
  | { readonly created: false; readonly problem: TextProblem | 'taken' };

export interface Groups {
  byId(id: string): Promise<Group | undefined>;
  /** Names are compared without regard to case and width. */
  byName(name: string): Promise<Group | undefined>;
  /** All, in order of name. */
  list(): Promise<readonly Group[]>;
  create(
    group: { displayName: string; description?: string | undefined },
    actor: Actor,
  ): Promise<GroupCreated>;
  /** A group that a policy or the start of registration names stays: without it the rule would hold for nobody. */
  delete(id: GroupId, actor: Actor): Promise<'deleted' | 'missing' | 'in-use'>;
  /** How many of these users were not members yet; whoever does not exist is passed over. */
  add(id: GroupId, users: readonly UserId[], actor: Actor): Promise<number>;
  /** How many of these users were members. */
  remove(id: GroupId, users: readonly UserId[], actor: Actor): Promise<number>;
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

export function openGroups({ storage, audit, clock }: Deps): Groups {
  const { db } = storage;
  const found = (row: Row | undefined): Group | undefined => row && groupOf(row);
  return {
    byId: async id =>
      isId(id) ? found(await rows(db).where('groups.id', '=', id).executeTakeFirst()) : undefined,
    async byName(name) {
      const read = readGroupName(name);
      if (!read.ok) return undefined;
      return found(await rows(db).where('group_names.name', '=', nameKey(read.text)).executeTakeFirst());
    },
    list: async () => (await rows(db).orderBy('group_names.name').execute()).map(groupOf),
    async create(given, actor) {
      const name = readGroupName(given.displayName);
      if (!name.ok) return { created: false, problem: name.problem };
      const description = given.description?.trim() ? readDescription(given.description) : undefined;
      if (description && !description.ok) return { created: false, problem: description.problem };
      const group = { displayName: name.text, description: description?.text };
      return storage.tx(async tx => {
        const [id] = await insertGroups(tx, [group], clock.now());
        if (!id) return { created: false, problem: 'taken' };
        const detail = { group: id, name: loggable(group.displayName) };
        await audit.record(tx, { kind: 'group.created', actor, detail });
        return { created: true, group: { id, ...group, members: 0 } };
      });
    },
    delete: (id, actor) =>
      storage.tx(async tx => {
        const row = await tx
          .selectFrom('groups')
          .select('id')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (!row) return 'missing';
        if (await isGroupNamed(tx, id)) return 'in-use';
        await tx.deleteFrom('groups').where('id', '=', id).execute();
        await tx.deleteFrom('group_names').where('group_id', '=', id).execute();
        await tx.deleteFrom('group_members').where('group_id', '=', id).execute();
        await audit.record(tx, { kind: 'group.deleted', actor, detail: { group: id } });
        return 'deleted';
      }),
    add: (id, users, actor) =>
      storage.tx(async tx => {
        if (!(await allExist(tx, [id]))) return 0;
        const added = await sql<{ user_id: UserId }>`insert into group_members (user_id, group_id)
          select id, ${id}::uuid from users where id = any(${users}::uuid[])
          on conflict do nothing returning user_id`.execute(tx);
        await recordMembers(
          audit,
          tx,
          id,
          'added',
          added.rows.map(row => row.user_id),
          actor,
        );
        return added.rows.length;
      }),
    remove: (id, users, actor) =>
      storage.tx(async tx => {
        const removed = await sql<{ user_id: UserId }>`delete from group_members
          where group_id = ${id} and user_id = any(${users}::uuid[]) returning user_id`.execute(tx);
        await recordMembers(
          audit,
          tx,
          id,
          'removed',
          removed.rows.map(row => row.user_id),
          actor,
        );
        return removed.rows.length;
      }),
  };
}

interface Row {
  readonly id: string;
  readonly display_name: string;
  readonly description: string | null;
  readonly members: number;
}

const rows = (db: Db | Tx) =>
  db
    .selectFrom('groups')
    .innerJoin('group_names', 'group_names.group_id', 'groups.id')
    .select(select => [
      'groups.id',
      'groups.display_name',
      'groups.description',
      select
        .selectFrom('group_members')
        .whereRef('group_members.group_id', '=', 'groups.id')
        .select(count => count.fn.countAll<number>().as('members'))
        .$asScalar()
        .$notNull()
        .as('members'),
    ]);

const groupOf = (row: Row): Group => ({
  id: row.id as GroupId,
  displayName: row.display_name,
  description: row.description ?? undefined,
  members: row.members,
});

/** Inserts those whose names are free, and answers their ids; a name that is taken is passed over. */
export async function insertGroups(
  tx: Tx,
  groups: readonly { readonly displayName: string; readonly description: string | undefined }[],
  now: number,
): Promise<readonly GroupId[]> {
  const ids: GroupId[] = [];
  for (const { displayName, description } of groups) {
    const id: GroupId = newId(now);
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('group_names')
      .values({ name: nameKey(displayName), group_id: id })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) continue;
    await tx
      .insertInto('groups')
      .values({ id, display_name: displayName, description: description ?? null, created_at: now })
      .execute();
    ids.push(id);
  }
  return ids;
}

/** Whether all of these groups are there; they stay until the transaction ends. */
export async function allExist(tx: Tx, groups: readonly GroupId[]): Promise<boolean> {
  if (groups.length === 0) return true;
  const there = await tx.selectFrom('groups').select('id').where('id', 'in', groups).forKeyShare().execute();
  return there.length === new Set(groups).size;
}

async function recordMembers(
  audit: Audit,
  tx: Tx,
  group: GroupId,
  change: 'added' | 'removed',
  users: readonly UserId[],
  actor: Actor,
): Promise<void> {
  await audit.record(
    tx,
    ...users.map(user => ({ kind: 'group.changed', user, actor, detail: { group, change } }) as const),
  );
}
