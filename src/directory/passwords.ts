import type { UserId } from '../kit/ids.ts';
import type { Place, Sealer, Tx } from '../storage/index.ts';
import { type PersonEnded, tellEnded } from './belongings.ts';
import type { NewPassword } from './user.ts';

/** Where the hash of a user's password is sealed: the pepper is the key, and lies outside the database. */
export const passwordPlace = (user: UserId): Place => ({
  table: 'passwords',
  column: 'hash_sealed',
  row: user,
});

/** Gives a user this password in the place of any other. Whoever calls it writes the audit. */
export async function setPassword(
  tx: Tx,
  sealer: Sealer,
  user: UserId,
  password: NewPassword,
): Promise<void> {
  const row = {
    hash_sealed: sealer.seal(passwordPlace(user), password.encoded),
    must_change: password.mustChange,
    expires_at: password.expiresAt ?? null,
    changed_at: password.changedAt,
  };
  await tx
    .insertInto('passwords')
    .values({ user_id: user, ...row })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet(row))
    .execute();
}

/** Sessions and tokens that began before an instant are over: they are worth nothing with every next request. */
export async function endBefore(tx: Tx, sealer: Sealer, ended: PersonEnded): Promise<void> {
  const { user, before } = ended;
  await tx
    .updateTable('users')
    .set(row => ({ valid_from: row.fn<number>('greatest', ['valid_from', row.val(before)]) }))
    .where('id', '=', user)
    .execute();
  await tx.deleteFrom('sessions').where('user_id', '=', user).where('started_at', '<', before).execute();
  await tellEnded(tx, sealer, ended);
}
