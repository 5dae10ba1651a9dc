import type { Instant } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Db, Sealer, Tx } from '../../storage/index.ts';
import { forget, tokenLock } from '../lockout.ts';
import type { Delivered } from './delivered.ts';
import type { Device, Found } from './match.ts';

export type State = 'stock' | 'assigned' | 'active' | 'lost' | 'retired';

/** A token of the organisation, and in whose hands it is. */
export interface Token extends Device {
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly state: State;
  /** who holds it, or for whom it lies ready */
  readonly user: UserId | undefined;
  readonly activatedAt: Instant | undefined;
  readonly lastUsedAt: Instant | undefined;
}

const place = (serial: string) => ({ table: 'hardware_tokens', column: 'secret_sealed', row: serial });

const tokens = (db: Db | Tx) =>
  db
    .selectFrom('hardware_tokens as t')
    .leftJoin('hardware_token_holders as h', 'h.serial', 't.serial')
    .selectAll('t')
    .select(['h.user_id', 'h.activated_at', 'h.last_used_at']);

type Row = Awaited<ReturnType<ReturnType<typeof tokens>['execute']>>[number];

const tokenOf = (sealer: Sealer, row: Row): Token => ({
  serial: row.serial,
  secret: sealer.open(place(row.serial), row.secret_sealed),
  moves: row.moves as Device['moves'],
  algorithm: row.algorithm as Device['algorithm'],
  digits: row.digits,
  period: row.period,
  last: row.last,
  drift: row.drift,
  manufacturer: row.manufacturer,
  model: row.model,
  state: stateOf(row),
  user: (row.user_id ?? row.assigned_to ?? undefined) as UserId | undefined,
  activatedAt: row.activated_at ?? undefined,
  lastUsedAt: row.last_used_at ?? undefined,
});

function stateOf(row: Row): State {
  if (row.withdrawn !== null) return row.withdrawn as State;
  if (row.user_id !== null) return 'active';
  return row.assigned_to === null ? 'stock' : 'assigned';
}

export async function list(db: Db, sealer: Sealer): Promise<readonly Token[]> {
  const rows = await tokens(db).orderBy('t.serial').execute();
  return rows.map(row => tokenOf(sealer, row));
}

export async function find(db: Db | Tx, sealer: Sealer, serial: string): Promise<Token | undefined> {
  const row = await tokens(db).where('t.serial', '=', serial).executeTakeFirst();
  return row && tokenOf(sealer, row);
}

/** The same, and until the change is over nobody else touches it: what follows from its state is still true then. */
export async function take(tx: Tx, sealer: Sealer, serial: string): Promise<Token | undefined> {
  await reach(tx, serial);
  return find(tx, sealer, serial);
}

/** The token before its holder, whoever changes them: two that took them the other way round would wait for each other. */
async function reach(tx: Tx, serial: string): Promise<void> {
  await tx
    .selectFrom('hardware_tokens')
    .select('serial')
    .where('serial', '=', serial)
    .forUpdate()
    .executeTakeFirst();
}

export async function heldBy(db: Db | Tx, sealer: Sealer, user: UserId): Promise<readonly Token[]> {
  const rows = await tokens(db).where('h.user_id', '=', user).orderBy('h.activated_at').execute();
  return rows.map(row => tokenOf(sealer, row));
}

/** Whether there is a token that this person could claim. */
export async function isClaimable(db: Db, user: UserId): Promise<boolean> {
  const row = await tokens(db)
    .where('t.withdrawn', 'is', null)
    .where('h.user_id', 'is', null)
    .where(where => where.or([where('t.assigned_to', 'is', null), where('t.assigned_to', '=', user)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** False: one of that serial number is there already. */
export async function insert(
  tx: Tx,
  sealer: Sealer,
  token: Delivered,
  more: { user: UserId | undefined; now: Instant },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('hardware_tokens')
    .values({
      serial: token.serial,
      secret_sealed: sealer.seal(place(token.serial), token.secret),
      moves: token.moves,
      algorithm: token.algorithm,
      digits: token.digits,
      period: token.period,
      last: token.last,
      manufacturer: token.manufacturer,
      model: token.model,
      assigned_to: more.user ?? null,
      withdrawn: null,
      created_at: more.now,
    })
    .onConflict(conflict => conflict.column('serial').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Takes a time step or counter, with all before it, once and for all. False: it was taken before. */
export async function spend(tx: Tx, serial: string, found: Found): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('hardware_tokens')
    .set({ last: found.at, drift: found.drift })
    .where('serial', '=', serial)
    .where('last', '<', found.at)
    .where('withdrawn', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts a token into somebody's hands. False: it is in other hands, kept for somebody else, or withdrawn. */
export async function hold(tx: Tx, serial: string, user: UserId, now: Instant): Promise<boolean> {
  const free = await tx
    .updateTable('hardware_tokens')
    .set({ assigned_to: user })
    .where('serial', '=', serial)
    .where('withdrawn', 'is', null)
    .where(where => where.or([where('assigned_to', 'is', null), where('assigned_to', '=', user)]))
    .executeTakeFirst();
  if (free.numUpdatedRows !== 1n) return false;
  await forget(tx, tokenLock(serial));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('hardware_token_holders')
    .values({ serial, user_id: user, activated_at: now, last_used_at: now })
    .onConflict(conflict => conflict.column('serial').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Takes it out of all hands, and keeps it for somebody, withdraws it, or puts it into stock. */
export async function put(
  tx: Tx,
  serial: string,
  to: { user?: UserId; withdrawn?: 'lost' | 'retired' },
): Promise<boolean> {
  await tx.deleteFrom('hardware_token_holders').where('serial', '=', serial).execute();
  await forget(tx, tokenLock(serial));
  const { numUpdatedRows } = await tx
    .updateTable('hardware_tokens')
    .set({ assigned_to: to.user ?? null, withdrawn: to.withdrawn ?? null })
    .where('serial', '=', serial)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function markUsed(tx: Tx, serial: string, now: Instant): Promise<void> {
  await tx
    .updateTable('hardware_token_holders')
    .set({ last_used_at: now })
    .where('serial', '=', serial)
    .execute();
}

/** Its holder gives it back. */
export async function giveBack(tx: Tx, serial: string, user: UserId): Promise<boolean> {
  await reach(tx, serial);
  const { numDeletedRows } = await tx
    .deleteFrom('hardware_token_holders')
    .where('serial', '=', serial)
    .where('user_id', '=', user)
    .executeTakeFirst();
  if (numDeletedRows !== 1n) return false;
  await tx
    .updateTable('hardware_tokens')
    .set({ assigned_to: null })
    .where('serial', '=', serial)
    .where('assigned_to', '=', user)
    .execute();
  return true;
}
