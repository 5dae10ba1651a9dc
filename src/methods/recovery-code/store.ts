import type { Instant } from '../../kit/clock.ts';
import type { CredentialId, UserId } from '../../kit/ids.ts';
import type { Db, Sealer, Tx } from '../../storage/index.ts';

/** What is left of a set of codes that its owner has saved. */
export interface Codes {
  readonly set: CredentialId;
  readonly createdAt: Instant;
  readonly left: readonly { readonly slot: number; readonly hash: string }[];
}

const place = (user: UserId, set: string, slot: number) => ({
  table: 'recovery_codes',
  column: 'hash_sealed',
  row: `${user}/${set}/${slot}`,
});

/** The set that counts; undefined when there is none, or every code of it was used. */
export async function find(db: Db | Tx, sealer: Sealer, user: UserId): Promise<Codes | undefined> {
  const rows = await db
    .selectFrom('recovery_codes')
    .selectAll()
    .where('user_id', '=', user)
    .where('saved', '=', true)
    .orderBy('slot')
    .execute();
  const [first] = rows;
  return (
    first && {
      set: first.set_id as CredentialId,
      createdAt: first.created_at,
      left: rows.map(row => ({
        slot: row.slot,
        hash: sealer.open(place(user, row.set_id, row.slot), row.hash_sealed).toString(),
      })),
    }
  );
}

/** Puts down a new set that does not count yet, in place of any other that does not. */
export async function draft(
  tx: Tx,
  sealer: Sealer,
  fresh: { user: UserId; set: CredentialId; hashes: readonly string[]; now: Instant },
): Promise<void> {
  const { user, set, hashes, now } = fresh;
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user).where('saved', '=', false).execute();
  await tx
    .insertInto('recovery_codes')
    .values(
      hashes.map((hash, slot) => ({
        user_id: user,
        set_id: set,
        slot,
        hash_sealed: sealer.seal(place(user, set, slot), hash),
        created_at: now,
      })),
    )
    .execute();
}

/** From now on this set counts, and no other. False: it was replaced, or counts already. */
export async function save(tx: Tx, user: UserId, set: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recovery_codes')
    .set({ saved: true })
    .where('user_id', '=', user)
    .where('set_id', '=', set)
    .where('saved', '=', false)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user).where('set_id', '!=', set).execute();
  return true;
}

/** Uses a code, once. False: someone else was faster, or the set is gone. */
export async function spend(tx: Tx, user: UserId, set: CredentialId, slot: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recovery_codes')
    .where('user_id', '=', user)
    .where('set_id', '=', set)
    .where('slot', '=', slot)
    .where('saved', '=', true)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function remove(tx: Tx, user: UserId, set: CredentialId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recovery_codes')
    .where('user_id', '=', user)
    .where('set_id', '=', set)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
