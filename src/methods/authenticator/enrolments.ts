import { createHash, randomBytes } from 'node:crypto';
import type { PushSubscription } from '../../gateways/push/index.ts';
import { type Instant, minutes } from '../../kit/clock.ts';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import type { Db, Sealer, Tx } from '../../storage/index.ts';
import { placeOf, sealSubscription } from './devices.ts';
import type { Shown } from './requests.ts';

/** How long the code on the page can be scanned (NIST 800-63B §4.1.2.2: ten minutes at most). */
export const scannable = minutes(10);
/** How long a device that has brought its key has to answer its first question: as long as the wizard lives. */
const provable = minutes(15);

/** A device on its way: named by the page, then by its key, and proved by a first approval. */
export interface Enrolment {
  readonly id: CredentialId;
  readonly user: UserId;
  readonly correlation: string;
  /** once an app has brought its key */
  readonly name: string | undefined;
  readonly number: string;
  readonly shown: Shown;
  readonly expiresAt: Instant;
}

/** What an app brings. */
export interface Brought {
  readonly name: string;
  readonly publicKey: Buffer;
  readonly secret: Buffer;
  readonly subscription: PushSubscription | undefined;
}

/** Opens an enrolment, and gives the token that the app has to bring: its name and 256 random bits. */
export async function open(
  tx: Tx,
  about: Pick<Enrolment, 'user' | 'correlation' | 'number' | 'shown'>,
  now: Instant,
): Promise<{ id: CredentialId; token: string; expiresAt: Instant }> {
  const id = newId<'credential'>(now);
  const token = Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), randomBytes(32)]);
  const expiresAt = now + scannable;
  await tx
    .insertInto('authenticator_enrolments')
    .values({
      id,
      user_id: about.user,
      correlation: about.correlation,
      token_hash: hashOf(token),
      number: about.number,
      shown: JSON.stringify(about.shown),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return { id, token: token.toString('base64url'), expiresAt };
}

const hashOf = (token: Buffer): Buffer => createHash('sha256').update(token).digest();

function read(token: string): { id: string; hash: Buffer } | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 48) return undefined;
  const id = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { id, hash: hashOf(bytes) };
}

/** Whose account a token leads to, while it is good. */
export async function ownerOf(
  db: Db,
  token: string,
  now: Instant,
): Promise<{ user: UserId; loginName: string; displayName: string } | undefined> {
  const named = read(token);
  if (!named) return undefined;
  const row = await db
    .selectFrom('authenticator_enrolments as e')
    .innerJoin('users as u', 'u.id', 'e.user_id')
    .select(['u.id', 'u.login_name', 'u.display_name'])
    .where('e.id', '=', named.id)
    .where('e.token_hash', '=', named.hash)
    .where('e.public_key_sealed', 'is', null)
    .where('e.expires_at', '>', now)
    .where('u.enabled', '=', true)
    .executeTakeFirst();
  return row && { user: row.id as UserId, loginName: row.login_name, displayName: row.display_name };
}

/** Spends a token on one device, in one statement. Nothing: it is over, or was spent. */
export async function claim(
  tx: Tx,
  sealer: Sealer,
  from: { token: string; user: UserId; brought: Brought },
  now: Instant,
): Promise<Enrolment | undefined> {
  const named = read(from.token);
  if (!named) return undefined;
  const device = { id: named.id, user: from.user };
  const { name, publicKey, secret, subscription } = from.brought;
  const row = await tx
    .updateTable('authenticator_enrolments')
    .set({
      name,
      public_key_sealed: sealer.seal(placeOf('public_key_sealed', device), publicKey),
      secret_sealed: sealer.seal(placeOf('secret_sealed', device), secret),
      subscription_sealed: subscription ? sealSubscription(sealer, device, subscription) : null,
      expires_at: now + provable,
    })
    .where('id', '=', named.id)
    .where('user_id', '=', from.user)
    .where('token_hash', '=', named.hash)
    .where('public_key_sealed', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  return row && enrolmentOf(row);
}

export async function find(db: Db | Tx, id: string, user: UserId): Promise<Enrolment | undefined> {
  const row = await db
    .selectFrom('authenticator_enrolments')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row && enrolmentOf(row);
}

const enrolmentOf = (row: {
  id: string;
  user_id: string;
  correlation: string;
  name: string | null;
  number: string;
  shown: Shown;
  expires_at: number;
}): Enrolment => ({
  id: row.id as CredentialId,
  user: row.user_id as UserId,
  correlation: row.correlation,
  name: row.name ?? undefined,
  number: row.number,
  shown: row.shown,
  expiresAt: row.expires_at,
});

/** Whoever starts over needs the one before no more: its code and its device are worth nothing from here. */
export async function forget(tx: Tx, id: string, user: UserId): Promise<void> {
  await tx.deleteFrom('authenticator_enrolments').where('id', '=', id).where('user_id', '=', user).execute();
}

/** Whose page was left: no app connects by its code any more. Returns whose it is, if an app has connected. */
export async function shut(tx: Tx, id: string): Promise<UserId | undefined> {
  await tx
    .deleteFrom('authenticator_enrolments')
    .where('id', '=', id)
    .where('public_key_sealed', 'is', null)
    .execute();
  const row = await tx
    .selectFrom('authenticator_enrolments')
    .select('user_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row && (row.user_id as UserId);
}

/** An enrolment that was proved becomes a device. One statement moves it; false: it is not there any more. */
export async function become(
  tx: Tx,
  from: { id: string; user: UserId; step: number },
  now: Instant,
): Promise<boolean> {
  const row = await tx
    .deleteFrom('authenticator_enrolments')
    .where('id', '=', from.id)
    .where('user_id', '=', from.user)
    .where('public_key_sealed', 'is not', null)
    .returningAll()
    .executeTakeFirst();
  if (!row?.public_key_sealed || !row.secret_sealed || row.name === null) return false;
  await tx
    .insertInto('authenticator_devices')
    .values({
      id: row.id,
      user_id: row.user_id,
      name: row.name,
      public_key_sealed: row.public_key_sealed,
      secret_sealed: row.secret_sealed,
      subscription_sealed: row.subscription_sealed,
      last_step: from.step,
      created_at: now,
      last_used_at: now,
    })
    .execute();
  return true;
}
