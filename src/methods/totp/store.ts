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
