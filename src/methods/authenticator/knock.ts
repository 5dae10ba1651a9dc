import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Clock, minutes } from '../../kit/clock.ts';
import type { Db, Storage } from '../../storage/index.ts';
import { type Signed, signed, skew, type Wrong } from './api.ts';
import { findSigner, type Signer } from './devices.ts';
import { requesting } from './statement.ts';

export type Knocked =
  | { readonly known: true; readonly device: Signer; readonly body: unknown }
  | { readonly known: false; readonly error: Wrong['error'] };

/** Whether what was signed with a P-256 key (raw point, r ‖ s) is this statement. */
export function isSignedBy(publicKey: Buffer, statement: Uint8Array, signature: string): boolean {
  const key = keyOf(publicKey);
  return (
    key !== undefined &&
    verify('sha256', statement, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  );
}

/** A point of the curve as a key; nothing when it is not on it. */
export function keyOf(point: Buffer): KeyObject | undefined {
  if (point.length !== 65 || point[0] !== 4) return undefined;
  const x = point.toString('base64url', 1, 33);
  const y = point.toString('base64url', 33);
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/**
 * Lets a device in, for one request: by the signature of its key, lately, and once. There is no cookie
 * and nothing else that another page could make a browser send along.
 */
export function openDoorForDevices(deps: { storage: Storage; clock: Clock; issuer: string }) {
  const { storage, clock, issuer } = deps;
  return async (act: string, sent: unknown): Promise<Knocked> => {
    const read = signed.safeParse(sent);
    if (!read.success) return { known: false, error: 'malformed' };
    const request = read.data;
    const now = clock.now();
    if (Math.abs(request.at - now) > skew) return { known: false, error: 'stale' };
    const device = await findSigner(storage.db, storage.sealer, request.device, now);
    // Whoever tries ids does not learn which of them exist.
    if (!device || !isSignedBy(device.publicKey, requesting(issuer, act, request), request.signature))
      return { known: false, error: 'unknown-device' };
    if (!(await isNew(storage.db, request, now))) return { known: false, error: 'replayed' };
    const body = parse(request.body);
    return body === undefined ? { known: false, error: 'malformed' } : { known: true, device, body };
  };
}

/** Takes a nonce, once on all nodes. It is kept for as long as its request would be young enough. */
async function isNew(db: Db, { device, nonce }: Signed, now: number): Promise<boolean> {
  const hash = createHash('sha256').update(`${device} ${nonce}`).digest();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('authenticator_nonces')
    .values({ hash, expires_at: now + 2 * skew })
    .onConflict(conflict => conflict.column('hash').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is over goes. */
export async function sweep(db: Db, now: number): Promise<void> {
  await db.deleteFrom('authenticator_nonces').where('expires_at', '<', now).execute();
  // An enrolment is looked at once more by its page, to say that it is over.
  await db
    .deleteFrom('authenticator_enrolments')
    .where('expires_at', '<', now - minutes(15))
    .execute();
}
