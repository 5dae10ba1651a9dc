import type { Instant } from '../../kit/clock.ts';
import type { CredentialId, UserId } from '../../kit/ids.ts';
import type { Db, Sealer, Tx } from '../../storage/index.ts';

/** An authenticator app that a person set up. */
export interface TotpCredential {
  readonly id: CredentialId;
  readonly user: UserId;
  readonly name: string;
  readonly secret: Buffer;
  readonly lastStep: number;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
}

const place = (id: string) => ({ table: 'totp_credentials', column: 'secret_sealed', row: id });

export async function list(db: Db | Tx, sealer: Sealer, user: UserId): Promise<readonly TotpCredential[]> {
  const rows = await db
    .selectFrom('totp_credentials')
    .selectAll()
    .where('user_id', '=', user)
    .orderBy('created_at')
    .execute();
  return rows.map(row => ({
    id: row.id as CredentialId,
    user: row.user_id as UserId,
    name: row.name,
    secret: sealer.open(place(row.id), row.secret_sealed),
    lastStep: row.last_step,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }));
}

export async function insert(
  tx: Tx,
  sealer: Sealer,
  credential: Omit<TotpCredential, 'lastUsedAt'>,
): Promise<void> {
  await tx
    .insertInto('totp_credentials')
    .values({
      id: credential.id,
      user_id: credential.user,
      name: credential.name,
      secret_sealed: sealer.seal(place(credential.id), credential.secret),
      last_step: credential.lastStep,
      created_at: credential.createdAt,
      last_used_at: null,
    })
    .execute();
}

/** Takes a time step, once and for all protocols. False: it, or a later one, was taken before. */
export async function spendStep(tx: Tx, id: CredentialId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('totp_credentials')
    .set({ last_step: step })
    .where('id', '=', id)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function markUsed(tx: Tx, id: CredentialId, now: Instant): Promise<void> {
  await tx.updateTable('totp_credentials').set({ last_used_at: now }).where('id', '=', id).execute();
}

export async function remove(tx: Tx, id: CredentialId, user: UserId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('totp_credentials')
    .where('id', '=', id)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Calls it by another name. False: this person has no such. */
export async function rename(tx: Tx, id: CredentialId, user: UserId, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('totp_credentials')
    .set({ name })
    .where('id', '=', id)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
