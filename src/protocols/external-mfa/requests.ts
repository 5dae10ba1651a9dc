import { z } from 'zod';
import { type Instant, minutes } from '../../kit/clock.ts';
import type { Id, SignInId } from '../../kit/ids.ts';
import { hashSecret } from '../../kit/secrets.ts';
import type { Db, Tx } from '../../storage/index.ts';

export type RequestId = Id<'external-mfa'>;

/** Entra forgets what it waits for after about five minutes (its texts say five and ten: the shorter holds). */
export const lifetime = minutes(5);

const list = z.array(z.string()).readonly();
const kept = z.object({
  tenant: z.string(),
  object: z.string(),
  subject: z.string(),
  name: z.string().optional(),
  clientId: z.string(),
  redirectUri: z.string(),
  nonce: z.string(),
  state: z.string().optional(),
  wants: z.object({ acr: list, amr: list }).readonly(),
  clientRequestId: z.string().optional(),
});

/** A request whose hint was verified, until it is answered. */
export type Kept = z.output<typeof kept>;

export interface Pending extends Kept {
  readonly id: RequestId;
  readonly until: Instant;
}

/** A hint is good for one request. False: it was shown before. */
export async function spendHint(tx: Tx, hint: string, until: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('entra_hints')
    .values({ hash: hashSecret(hint), expires_at: until })
    .onConflict(conflict => conflict.column('hash').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function keep(tx: Tx, id: RequestId, request: Kept, now: Instant): Promise<void> {
  await tx
    .insertInto('entra_requests')
    .values({
      id,
      request: JSON.stringify(request),
      sign_in_id: null,
      begun_at: null,
      created_at: now,
      expires_at: now + lifetime,
    })
    .execute();
}

/** Takes a request up, once: the browser that comes first is the one it belongs to. */
export async function takeUp(db: Db, id: string, now: Instant): Promise<Pending | undefined> {
  const row = await db
    .updateTable('entra_requests')
    .set({ begun_at: now })
    .where('id', '=', id)
    .where('begun_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['request', 'expires_at'])
    .executeTakeFirst();
  return row && { ...kept.parse(row.request), id: id as RequestId, until: row.expires_at };
}

export async function becameSignIn(db: Db, id: RequestId, signIn: SignInId): Promise<void> {
  await db.updateTable('entra_requests').set({ sign_in_id: signIn }).where('id', '=', id).execute();
}

/** A request that was taken up, and the attempt that it became. */
export async function find(
  db: Db,
  id: string,
  now: Instant,
): Promise<(Pending & { signIn: SignInId }) | undefined> {
  const row = await db
    .selectFrom('entra_requests')
    .select(['request', 'sign_in_id', 'expires_at'])
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (!row?.sign_in_id) return undefined;
  const signIn = row.sign_in_id as SignInId;
  return { ...kept.parse(row.request), id: id as RequestId, until: row.expires_at, signIn };
}

export async function removeExpired(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('entra_requests').where('expires_at', '<', now).execute();
  await db.deleteFrom('entra_hints').where('expires_at', '<', now).execute();
}
