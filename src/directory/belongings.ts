import { sql } from 'kysely';
import type { Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { type Db, enqueue, type Sealer, type Tables, type Tx } from '../storage/index.ts';

type TableOfUsers = {
  [Name in keyof Tables]: 'user_id' extends keyof Tables[Name] ? Name : never;
}[keyof Tables];

/** The ways people can prove who they are. A method that stores credentials adds its table here. */
export const credentialTables = [
  'phones',
  'totp_credentials',
  'passkeys',
  'hardware_token_holders',
  'authenticator_devices',
] as const satisfies readonly TableOfUsers[];

/** What lets a person in until they have a way of their own. It is none, and nobody is registered by it. */
export const standInTables = [
  'temporary_access_passes',
  'recovery_codes',
] as const satisfies readonly TableOfUsers[];

/** Where anything may lie by which a person proves who they are. */
export const proofTables = [...credentialTables, ...standInTables] as const;
export type ProofTable = (typeof proofTables)[number];

/** What a browser holds on behalf of a person, and what a device of theirs was asked. */
export const heldTables = [
  'sign_ins',
  'registrations',
  'sessions',
  'authenticator_enrolments',
  'authenticator_requests',
] as const satisfies readonly TableOfUsers[];

/** What else goes when a user goes. */
export const ownTables = [
  'passwords',
  'group_members',
  'role_members',
  'login_names',
  'entra_accounts',
  'entra_people',
  'passkey_reminders',
  'phone_pauses',
  'number_reports',
] as const satisfies readonly TableOfUsers[];

/** What stays when a user goes: it tells what happened. */
export const keptTables = ['audit_records', 'deliveries'] as const satisfies readonly TableOfUsers[];

/**
 * What applications hold. It is worth nothing from the moment that `valid_from` moves or the user is
 * gone; it is taken out afterwards, by whoever also tells the applications (`personEnded`).
 */
export const heldElsewhereTables = ['oidc_payloads'] as const satisfies readonly TableOfUsers[];

/** Kind of a message: all that this person began before `before` is over. */
export const personEnded = 'person-ended';

export interface PersonEnded {
  readonly user: UserId;
  readonly before: Instant;
}

/** Has the rest ended, and the applications told, once this transaction is committed. */
export async function tellEnded(tx: Tx, sealer: Sealer, { user, before }: PersonEnded): Promise<void> {
  await enqueue(tx, sealer, { kind: personEnded, payload: { user, before }, now: before });
}

/** Ends all that a person began before an instant; the answer is how many rows there were in each table. */
export async function endHeld(
  tx: Tx,
  sealer: Sealer,
  ended: PersonEnded,
): Promise<Readonly<Record<string, number>>> {
  await tellEnded(tx, sealer, ended);
  // Whatever a clock that is ahead of ours says of it, it began before this.
  await tx
    .updateTable('oidc_payloads')
    .set({ created_at: ended.before - 1 })
    .where('user_id', '=', ended.user)
    .where('created_at', '>=', ended.before)
    .execute();
  return removeFrom(tx, heldTables, ended.user);
}

/** Deletes the rows of a user from these tables; the answer is how many there were in each. */
export async function removeFrom<Name extends TableOfUsers>(
  tx: Tx,
  tables: readonly Name[],
  user: UserId,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const removed = await sql`delete from ${sql.table(table)} where user_id = ${user}`.execute(tx);
    counts[table] = Number(removed.numAffectedRows ?? 0n);
  }
  return counts;
}

/** How many rows a person has in these tables together. */
export async function countIn(db: Db | Tx, tables: readonly ProofTable[], user: UserId): Promise<number> {
  const each = tables.map(table => sql`(select count(*) from ${sql.table(table)} where user_id = ${user})`);
  const { rows } = await sql<{
    n: number;
  }>`select ${sql.join([sql`0::bigint`, ...each], sql` + `)} as n`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Lets a person try again at once: the counters of wrong passwords, of wrong second factors, or both. */
export async function removeLockouts(
  tx: Tx,
  user: UserId,
  which: readonly ('password' | 'second')[],
): Promise<number> {
  const prefixes = which.map(kind => `${kind}:${user}`);
  const removed = await sql`delete from lockouts
    where exists (select from unnest(${prefixes}::text[]) as prefix where starts_with(lockouts.key, prefix))`.execute(
    tx,
  );
  return Number(removed.numAffectedRows ?? 0n);
}
