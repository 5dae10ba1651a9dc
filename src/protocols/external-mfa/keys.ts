import { createHash } from 'node:crypto';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import type { Actor } from '../../audit/index.ts';
import { type Clock, days, seconds } from '../../kit/clock.ts';
import { remembering } from '../../kit/remembering.ts';
import type { Db, Storage, Tx } from '../../storage/index.ts';
import {
  ensureRing,
  type KeyDeps,
  type KeyRing,
  keysOf,
  openPrivateKeys,
  publicKeys,
  published,
  rotateRing,
  type SigningKey,
  withdrawFrom,
} from '../signing-keys.ts';
import { selfSigned } from './certificate.ts';

/** Entra reads our keys once a day and may keep them for two: the old one signs until everybody has the new one. */
const ring: KeyRing = {
  use: 'external-mfa',
  algorithms: ['RS256'],
  rsaBits: 3072,
  shownBefore: days(2),
  certify: key => selfSigned({ ...key, name: 'Genkan External MFA' }),
};

export const listEntraKeys = (db: Db | Tx): Promise<readonly SigningKey[]> => keysOf(db, ring);

export const ensureEntraKeys = (deps: KeyDeps): Promise<void> => ensureRing(deps, ring);

export const rotateEntraKeys = (
  deps: KeyDeps,
  options: { now: boolean },
  actor: Actor,
): Promise<readonly SigningKey[]> => rotateRing(deps, ring, options, actor);

export const withdrawEntraKey = (deps: KeyDeps, id: string, actor: Actor): Promise<boolean> =>
  withdrawFrom(deps, ring, id, actor);

export interface Signer {
  /** RFC 7517, each key with its certificate */
  keySet(): Promise<{ readonly keys: readonly object[] }>;
  sign(claims: JWTPayload): Promise<string>;
}

/** Every node knows a key long before any node signs with it. */
const reloadEvery = seconds(10);

export function openSigner({ storage, clock }: { storage: Storage; clock: Clock }): Signer {
  const current = remembering(
    async () => {
      const keys = published(await listEntraKeys(storage.db), clock.now());
      const [signing] = await openPrivateKeys(storage, keys.slice(0, 1));
      if (!signing) throw new Error('there is no key for External MFA');
      return {
        shown: await publicKeys(storage, keys),
        kid: signing.kid ?? '',
        key: await importJWK(signing),
      };
    },
    { clock, life: reloadEvery },
  );
  return {
    async keySet() {
      const { shown } = await current();
      return {
        keys: shown.map(({ jwk, certificate }) => ({ ...jwk, ...(certificate ? asX509(certificate) : {}) })),
      };
    },
    async sign(claims) {
      const { kid, key } = await current();
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(key);
    },
  };
}

const asX509 = (certificate: Buffer) => ({
  x5c: [certificate.toString('base64')],
  x5t: createHash('sha1').update(certificate).digest('base64url'),
});
