import type { Instant } from '../../kit/clock.ts';
import type { CredentialId, UserId } from '../../kit/ids.ts';
import type { Db, Tx } from '../../storage/index.ts';

/** What the database knows of a pass: never what is printed on it. */
export interface Pass {
  readonly id: CredentialId;
  readonly user: UserId;
  readonly hash: Buffer;
  /** how many signs it has: what is shorter or longer is a slip of the finger, and no guess */
  readonly signs: number;
  readonly uses: Uses;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly createdAt: Instant;
}

export type Uses = 'one' | 'many';

/** Wrong passes after which it is dead. */
export const tries = 5;

/** The pass that can be used now. */
export async function findLive(db: Db | Tx, user: UserId, now: Instant): Promise<Pass | undefined> {
  const row = await db
    .selectFrom('temporary_access_passes')
    .selectAll()
    .where('user_id', '=', user)
    .where('starts_at', '<=', now)
    .where('ends_at', '>', now)
    .where('tries_left', '>', 0)
    .executeTakeFirst();
  return (
    row && {
      id: row.id as CredentialId,
      user,
      hash: row.hash,
      signs: row.signs,
      uses: row.uses as Uses,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      createdAt: row.created_at,
    }
  );
}

/** A person has one: the new one is there, and the old one is not. */
export async function replace(tx: Tx, pass: Pass): Promise<void> {
  const values = {
    id: pass.id,
    hash: pass.hash,
    signs: pass.signs,
    uses: pass.uses,
    starts_at: pass.startsAt,
    ends_at: pass.endsAt,
    tries_left: tries,
    created_at: pass.createdAt,
  };
  await tx
    .insertInto('temporary_access_passes')
    .values({ user_id: pass.user, ...values })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet(values))
    .execute();
}

/** Takes a try before anything is compared, so that a hundred guesses at once are five. Undefined: none was left. */
export async function takeTry(db: Db, pass: Pass): Promise<number | undefined> {
  const row = await db
    .updateTable('temporary_access_passes')
    .set(of => ({ tries_left: of('tries_left', '-', 1) }))
    .where('user_id', '=', pass.user)
    .where('id', '=', pass.id)
    .where('tries_left', '>', 0)
    .returning('tries_left')
    .executeTakeFirst();
  return row?.tries_left;
}

/** Uses it: one of one use is gone, one of many has its tries again. False: it is not there any more. */
export async function spend(tx: Tx, pass: Pass): Promise<boolean> {
  if (pass.uses === 'one') return remove(tx, pass.user, pass.id);
  const { numUpdatedRows } = await tx
    .updateTable('temporary_access_passes')
    .set({ tries_left: tries })
    .where('user_id', '=', pass.user)
    .where('id', '=', pass.id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function remove(tx: Tx, user: UserId, id?: CredentialId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('temporary_access_passes')
    .where('user_id', '=', user)
    .$if(id !== undefined, query => query.where('id', '=', id ?? ''))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Of those that are over, nothing is kept but what the log says. */
export async function removeOver(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('temporary_access_passes').where('ends_at', '<', now).execute();
}
