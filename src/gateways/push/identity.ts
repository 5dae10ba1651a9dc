import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { hours, type Instant } from '../../kit/clock.ts';
import type { Storage } from '../../storage/index.ts';

/**
 * Who we are to push services (VAPID, RFC 8292): one key for all nodes, for good. Subscriptions are
 * made for it, and are worth nothing under another one.
 */
export interface PushIdentity {
  /** the uncompressed point, base64url: the `applicationServerKey` of subscriptions */
  readonly publicKey: string;
  /** The Authorization header for one push service. */
  authorization(service: URL, now: Instant): string;
}

const place = { table: 'push_keys', column: 'private_sealed', row: 'vapid' };

/** @param contact `https:` or `mailto:`, whom the push service may write to (RFC 8292 §2.1) */
export async function openPushIdentity(
  { db, sealer }: Pick<Storage, 'db' | 'sealer'>,
  contact: string,
): Promise<PushIdentity> {
  const find = () =>
    db.selectFrom('push_keys').select('private_sealed').where('name', '=', place.row).executeTakeFirst();
  if (!(await find())) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const made = JSON.stringify(privateKey.export({ format: 'jwk' }));
    // Of two nodes that start together, one makes the key of both.
    await db
      .insertInto('push_keys')
      .values({ name: place.row, private_sealed: sealer.seal(place, made), created_at: Date.now() })
      .onConflict(conflict => conflict.column('name').doNothing())
      .execute();
  }
  const row = await find();
  if (!row) throw new Error('The key for push services was made, and is not there');
  return identityOf(JSON.parse(sealer.open(place, row.private_sealed).toString()) as JsonWebKey, contact);
}

function identityOf(jwk: JsonWebKey, contact: string): PushIdentity {
  const key: KeyObject = createPrivateKey({ key: jwk, format: 'jwk' });
  const part = (coordinate: string | undefined): Buffer => Buffer.from(coordinate ?? '', 'base64url');
  const publicKey = Buffer.concat([Buffer.of(4), part(jwk.x), part(jwk.y)]).toString('base64url');
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    publicKey,
    authorization(service, now) {
      const exp = Math.floor((now + hours(12)) / 1000);
      const text = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode({ aud: service.origin, exp, sub: contact })}`;
      const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
      return `vapid t=${text}.${signature.toString('base64url')}, k=${publicKey}`;
    },
  };
}
