import { generateKeyPair as generateKeyPairWithCallback, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import type { Actor, Audit } from '../audit/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import { days, minutes, seconds } from '../kit/clock.ts';
import { type Db, type Sealer, type Storage, self, type Tx, takeLease } from '../storage/index.ts';

export type Algorithm = 'RS256' | 'ES256';

/** Keys of one use: whoever reads them has its own way to keep what it read. */
export interface KeyRing {
  readonly use: 'oidc' | 'external-mfa';
  /** one key of each signs at any time */
  readonly algorithms: readonly Algorithm[];
  /** of an RSA key; see docs/decisions/0008-signing-keys.md */
  readonly rsaBits: 2048 | 3072;
  /** ms that a key is published before its first use: as long as others keep what they read */
  readonly shownBefore: number;
  /** the same key as a certificate, for whoever wants it so; DER */
  certify?(key: { id: string; publicKey: KeyObject; privateKey: KeyObject; from: Instant }): Buffer;
}

export interface SigningKey {
  /** RFC 7638 thumbprint; the `kid` */
  readonly id: string;
  readonly algorithm: Algorithm;
  readonly createdAt: Instant;
  /** published from the start, signs from here on */
  readonly activeFrom: Instant;
  /** signs until here */
  readonly retiredAt: Instant | undefined;
}

export type KeyState = 'next' | 'current' | 'previous' | 'withdrawn';

/** Others may have kept what was signed: a key is shown a month after its last use. */
const shownAfter = days(30);
/** Long enough for every node to have read the table. */
const soonest = minutes(1);

export function stateOf(key: SigningKey, now: Instant): KeyState {
  if (key.retiredAt !== undefined && key.retiredAt <= now)
    return key.retiredAt + shownAfter > now ? 'previous' : 'withdrawn';
  return key.activeFrom <= now ? 'current' : 'next';
}

const order: Readonly<Record<KeyState, number>> = { current: 0, next: 1, previous: 2, withdrawn: 3 };

/** What is published, in the order in which keys are tried for signing. */
export const published = (keys: readonly SigningKey[], now: Instant): readonly SigningKey[] =>
  keys
    .filter(key => stateOf(key, now) !== 'withdrawn')
    .toSorted((a, b) => order[stateOf(a, now)] - order[stateOf(b, now)] || b.activeFrom - a.activeFrom);

/** All keys of a ring that there ever were, newest first. */
export async function keysOf(db: Db | Tx, ring: Pick<KeyRing, 'use'>): Promise<readonly SigningKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'algorithm', 'created_at', 'active_from', 'retired_at'])
    .where('use', '=', ring.use)
    .orderBy('active_from', 'desc')
    .execute();
  return rows.map(row => ({
    id: row.id,
    algorithm: row.algorithm as Algorithm,
    createdAt: row.created_at,
    activeFrom: row.active_from,
    retiredAt: row.retired_at ?? undefined,
  }));
}

export interface KeyDeps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

/**
 * Makes a successor for each algorithm. It signs when everyone has seen it, or with `now` after a
 * minute: then whoever cached our keys fails until they ask again.
 */
export async function rotateRing(
  deps: KeyDeps,
  ring: KeyRing,
  options: { now: boolean },
  actor: Actor,
): Promise<readonly SigningKey[]> {
  const { storage, audit, clock } = deps;
  const now = clock.now();
  const activeFrom = now + (options.now ? soonest : ring.shownBefore);
  const made = await Promise.all(
    ring.algorithms.map(algorithm => makeKey(storage.sealer, ring, algorithm, now)),
  );
  await storage.tx(async tx => {
    // A key that was still waiting is never used: it would retire before it begins.
    await tx
      .updateTable('signing_keys')
      .set({ retired_at: now })
      .where('use', '=', ring.use)
      .where('active_from', '>', now)
      .execute();
    const retired = await tx
      .updateTable('signing_keys')
      .set({ retired_at: activeFrom })
      .where('use', '=', ring.use)
      .where(where => where.or([where('retired_at', 'is', null), where('retired_at', '>', now)]))
      .returning('id')
      .execute();
    for (const key of made) await insert(tx, ring, key, now, activeFrom);
    await audit.record(
      tx,
      ...made.map(key => ({ kind: 'key.created', actor, detail: { key: key.id, activeFrom } }) as const),
      ...retired.map(
        ({ id }) => ({ kind: 'key.retired', actor, detail: { key: id, at: activeFrom } }) as const,
      ),
    );
  });
  return keysOf(storage.db, ring);
}

/** Publishes a key no more: it leaked. False when there is no such key, or it still signs: rotate first. */
export async function withdrawFrom(
  deps: KeyDeps,
  ring: Pick<KeyRing, 'use'>,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const { storage, audit, clock } = deps;
  const now = clock.now();
  return storage.tx(async tx => {
    const withdrawn = await tx
      .updateTable('signing_keys')
      .set({ retired_at: now - shownAfter })
      .where('id', '=', id)
      .where('use', '=', ring.use)
      .where('retired_at', '<=', now)
      .executeTakeFirst();
    if (withdrawn.numUpdatedRows !== 1n) return false;
    await audit.record(tx, { kind: 'key.retired', actor, detail: { key: id, withdrawn: true } });
    return true;
  });
}

/** On the first start of all: one node makes the keys, the others wait for them. */
export async function ensureRing(deps: KeyDeps, ring: KeyRing): Promise<void> {
  const { storage, audit, clock } = deps;
  for (;;) {
    const keys = await keysOf(storage.db, ring);
    const missing = ring.algorithms.filter(
      algorithm => !keys.some(key => key.algorithm === algorithm && stateOf(key, clock.now()) === 'current'),
    );
    if (missing.length === 0) return;
    const lease = { name: `first keys of ${ring.use}`, holder: self, now: clock.now(), for: seconds(30) };
    if (await takeLease(storage.db, lease)) {
      const now = clock.now();
      const made = await Promise.all(missing.map(algorithm => makeKey(storage.sealer, ring, algorithm, now)));
      await storage.tx(async tx => {
        for (const key of made) await insert(tx, ring, key, now, now);
        await audit.record(
          tx,
          ...made.map(
            key => ({ kind: 'key.created', actor: { is: 'system' }, detail: { key: key.id } }) as const,
          ),
        );
      });
    } else await sleep(200);
  }
}

/** The private keys of those named, in that order. */
export async function openPrivateKeys(
  { db, sealer }: Pick<Storage, 'db' | 'sealer'>,
  keys: readonly SigningKey[],
): Promise<readonly JWK[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'private_sealed'])
    .where(
      'id',
      'in',
      keys.map(key => key.id),
    )
    .execute();
  const opened = new Map(
    rows.map(row => [row.id, JSON.parse(sealer.open(placeOf(row.id), row.private_sealed).toString()) as JWK]),
  );
  return keys.flatMap(key => opened.get(key.id) ?? []);
}

/** The public half of keys as it is published, with their certificates, in that order. */
export async function publicKeys(
  { db }: Pick<Storage, 'db'>,
  keys: readonly SigningKey[],
): Promise<readonly { readonly jwk: JWK; readonly certificate: Buffer | undefined }[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'public_jwk', 'certificate'])
    .where(
      'id',
      'in',
      keys.map(key => key.id),
    )
    .execute();
  const found = new Map(
    rows.map(row => [row.id, { jwk: row.public_jwk as JWK, certificate: row.certificate ?? undefined }]),
  );
  return keys.flatMap(key => found.get(key.id) ?? []);
}

const placeOf = (row: string) => ({ table: 'signing_keys', column: 'private_sealed', row }) as const;

interface MadeKey {
  readonly id: string;
  readonly algorithm: Algorithm;
  readonly publicJwk: JWK;
  readonly privateSealed: Buffer;
  readonly certificate: Buffer | undefined;
}

const generateKeyPair = promisify(generateKeyPairWithCallback);

const generate = (
  algorithm: Algorithm,
  { rsaBits }: KeyRing,
): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  algorithm === 'RS256'
    ? generateKeyPair('rsa', { modulusLength: rsaBits })
    : generateKeyPair('ec', { namedCurve: 'P-256' });

async function makeKey(sealer: Sealer, ring: KeyRing, algorithm: Algorithm, now: Instant): Promise<MadeKey> {
  const { publicKey, privateKey } = await generate(algorithm, ring);
  const publicPart = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(publicPart);
  const named = { kid: id, alg: algorithm, use: 'sig' };
  const privateJwk = { ...(await exportJWK(privateKey)), ...named };
  return {
    id,
    algorithm,
    publicJwk: { ...publicPart, ...named },
    privateSealed: sealer.seal(placeOf(id), JSON.stringify(privateJwk)),
    certificate: ring.certify?.({ id, publicKey, privateKey, from: now }),
  };
}

async function insert(tx: Tx, ring: KeyRing, key: MadeKey, now: Instant, activeFrom: Instant): Promise<void> {
  await tx
    .insertInto('signing_keys')
    .values({
      id: key.id,
      use: ring.use,
      algorithm: key.algorithm,
      certificate: key.certificate ?? null,
      public_jwk: JSON.stringify(key.publicJwk),
      private_sealed: key.privateSealed,
      created_at: now,
      active_from: activeFrom,
      retired_at: null,
    })
    .execute();
}
