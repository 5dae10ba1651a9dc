import type { Instant } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Db, Tx } from '../../storage/index.ts';

/** When this person said "later" the last time. */
export async function postponedAt(db: Db | Tx, user: UserId): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('passkey_reminders')
    .select('postponed_at')
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row?.postponed_at;
}

export async function postpone(tx: Tx, user: UserId, now: Instant): Promise<void> {
  await tx
    .insertInto('passkey_reminders')
    .values({ user_id: user, postponed_at: now })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet({ postponed_at: now }))
    .execute();
}
