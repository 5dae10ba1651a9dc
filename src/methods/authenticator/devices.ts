import { sql } from 'kysely';
import type { PushSubscription } from '../../gateways/push/index.ts';
import type { Instant } from '../../kit/clock.ts';
import type { CredentialId, UserId } from '../../kit/ids.ts';
import type { Db, Sealer, Tx } from '../../storage/index.ts';

/** A telephone or a browser that answers in its person's name. */
export interface Device {
  readonly id: CredentialId;
  readonly user: UserId;
  readonly name: string;
  /** of its codes */
  readonly secret: Buffer;
  readonly lastStep: number;
  readonly subscription: PushSubscription | undefined;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
}

/** Whoever may sign requests: a device, or one that is being registered. */
export interface Signer {
  readonly id: CredentialId;
  readonly user: UserId;
  readonly name: string;
  /** the uncompressed P-256 point */
  readonly publicKey: Buffer;
}

type Column = 'public_key_sealed' | 'secret_sealed' | 'subscription_sealed';

/** Sealed for the device's own row from the beginning: an enrolment that is proved moves as it is. */
export const placeOf = (column: Column, device: { readonly id: string; readonly user: string }) => ({
  table: 'authenticator_devices',
  column,
  row: `${device.user}/${device.id}`,
});

export async function list(db: Db | Tx, sealer: Sealer, user: UserId): Promise<readonly Device[]> {
  const rows = await db
    .selectFrom('authenticator_devices')
    .selectAll()
    .where('user_id', '=', user)
    .orderBy('created_at')
    .execute();
  return rows.map(row => {
    const id = row.id as CredentialId;
    const sealed = row.subscription_sealed;
    return {
      id,
      user,
      name: row.name,
      secret: sealer.open(placeOf('secret_sealed', { id, user }), row.secret_sealed),
      lastStep: row.last_step,
      subscription: sealed
        ? JSON.parse(sealer.open(placeOf('subscription_sealed', { id, user }), sealed).toString())
        : undefined,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at ?? undefined,
    };
  });
}

export async function findSigner(
  db: Db | Tx,
  sealer: Sealer,
  id: string,
  now: Instant,
): Promise<Signer | undefined> {
  const { rows } = await sql<{ user_id: string; name: string; public_key_sealed: Buffer }>`
    select user_id, name, public_key_sealed from authenticator_devices where id = ${id}
    union all
    select user_id, name, public_key_sealed from authenticator_enrolments
      where id = ${id} and public_key_sealed is not null and expires_at > ${now}
    limit 1`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const device = { id: id as CredentialId, user: row.user_id as UserId };
  const publicKey = sealer.open(placeOf('public_key_sealed', device), row.public_key_sealed);
  return { ...device, name: row.name, publicKey };
}

/** Where a device takes its messages from now on; nowhere, when nothing is given. */
export async function subscribe(
  db: Db | Tx,
  sealer: Sealer,
  device: { readonly id: CredentialId; readonly user: UserId },
  subscription: PushSubscription | undefined,
): Promise<void> {
  const sealed = subscription && sealSubscription(sealer, device, subscription);
  for (const table of ['authenticator_devices', 'authenticator_enrolments'] as const)
    await db
      .updateTable(table)
      .set({ subscription_sealed: sealed ?? null })
      .where('id', '=', device.id)
      .execute();
}

export const sealSubscription = (
  sealer: Sealer,
  device: { readonly id: string; readonly user: string },
  { endpoint, keys: { p256dh, auth } }: PushSubscription,
): Buffer =>
  sealer.seal(
    placeOf('subscription_sealed', device),
    JSON.stringify({ endpoint, keys: { p256dh, auth } } satisfies PushSubscription),
  );
