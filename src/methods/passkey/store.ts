import { createHash } from 'node:crypto';
import type { Instant } from '../../kit/clock.ts';
import type { CredentialId, UserId } from '../../kit/ids.ts';
import type { Db, Sealer, Tables, Tx } from '../../storage/index.ts';

/** A key pair that answers for one person: we have its public half, their device the other. */
export interface Passkey {
  /** what pages and logs call it */
  readonly id: CredentialId;
  readonly user: UserId;
  /** what the browser calls it */
  readonly credentialId: Buffer;
  /** COSE_Key (RFC 9053) */
  readonly publicKey: Buffer;
  /** what the authenticator knows the person by; random, and says nothing */
  readonly userHandle: Buffer;
  /** how often it says that it was used; 0 when it does not count */
  readonly counter: number;
  /** the model, as it says itself */
  readonly aaguid: string;
  readonly name: string;
  readonly transports: readonly string[];
  /** whether its maker may copy it to other devices; never changes */
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
}

/** Passkeys that one person may have. */
export const limit = 10;

export const idOf = (credentialId: Buffer): CredentialId =>
  createHash('sha256').update(credentialId).digest('base64url') as CredentialId;

const place = (user: string, id: string) => ({
  table: 'passkeys',
  column: 'public_key_sealed',
  row: `${user}/${id}`,
});

type Row = { [Column in keyof Tables['passkeys']]: unknown };

const passkeyOf = (sealer: Sealer, row: Row): Passkey => ({
  id: row.id as CredentialId,
  user: row.user_id as UserId,
  credentialId: row.credential_id as Buffer,
  publicKey: sealer.open(place(String(row.user_id), String(row.id)), row.public_key_sealed as Buffer),
  userHandle: row.user_handle as Buffer,
  counter: row.counter as number,
  aaguid: row.aaguid as string,
  name: row.name as string,
  transports: row.transports as readonly string[],
  backupEligible: row.backup_eligible as boolean,
  backedUp: row.backed_up as boolean,
  createdAt: row.created_at as Instant,
  lastUsedAt: (row.last_used_at as Instant | null) ?? undefined,
});

export async function list(db: Db | Tx, sealer: Sealer, user: UserId): Promise<readonly Passkey[]> {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', user)
    .orderBy('created_at')
    .execute();
  return rows.map(row => passkeyOf(sealer, row));
}

/** Whose it is, by what the browser calls it. */
export async function find(db: Db | Tx, sealer: Sealer, credentialId: Buffer): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('id', '=', idOf(credentialId))
    .executeTakeFirst();
  return row && passkeyOf(sealer, row);
}

/** Stores a passkey that was proved. False: somebody has it already, or this person has as many as they may. */
export async function insert(tx: Tx, sealer: Sealer, passkey: Omit<Passkey, 'lastUsedAt'>): Promise<boolean> {
  // One registration of a person after the other: of two at once, the second one counts the first.
  await tx
    .selectFrom('users')
    .select('id')
    .where('id', '=', passkey.user)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const { held } = await tx
    .selectFrom('passkeys')
    .select(({ fn }) => fn.countAll<number>().as('held'))
    .where('user_id', '=', passkey.user)
    .executeTakeFirstOrThrow();
  if (held >= limit) return false;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values({
      id: passkey.id,
      user_id: passkey.user,
      credential_id: passkey.credentialId,
      public_key_sealed: sealer.seal(place(passkey.user, passkey.id), passkey.publicKey),
      user_handle: passkey.userHandle,
      counter: passkey.counter,
      aaguid: passkey.aaguid,
      name: passkey.name,
      transports: JSON.stringify(passkey.transports),
      backup_eligible: passkey.backupEligible,
      backed_up: passkey.backedUp,
      created_at: passkey.createdAt,
      last_used_at: null,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Takes what a passkey said of itself when it answered. False: it is gone, or its counter did not go
 * on, as when a copy of it was used elsewhere (WebAuthn L3 §7.2 step 22).
 */
export async function spendCounter(
  tx: Tx,
  passkey: Pick<Passkey, 'id' | 'user'>,
  said: { readonly counter: number; readonly backedUp: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ counter: said.counter, backed_up: said.backedUp })
    .where('id', '=', passkey.id)
    .where('user_id', '=', passkey.user)
    .where(row => (said.counter === 0 ? row('counter', '=', 0) : row('counter', '<', said.counter)))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
