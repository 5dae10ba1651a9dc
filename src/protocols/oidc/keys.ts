import { generateKeyPair as generateKeyPairWithCallback, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import type { Actor, Audit } from '../../audit/index.ts';
import type { Clock, Instant } from '../../kit/clock.ts';
import { days, hours, minutes, seconds } from '../../kit/clock.ts';
import { type Db, type Sealer, type Storage, self, type Tx, takeLease } from '../../storage/index.ts';

/** What ID tokens are signed with; docs/decisions/0007-signing-keys.md says why these two. */
export const algorithms = ['RS256', 'ES256'] as const;
export type Algorithm = (typeof algorithms)[number];

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

/** Applications cache what we publish: a key is shown a day before its first use, and a month after its last. */
const shownBefore = hours(24);
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

/** All keys there ever were, newest first. */
export async function listKeys(db: Db | Tx): Promise<readonly SigningKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'algorithm', 'created_at', 'active_from', 'retired_at'])
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
 * Makes a successor for each algorithm. It signs after a day, or with `now` after a minute: then
 * applications that cached our keys fail until they ask again.
 */
export async function rotateKeys(
  deps: KeyDeps,
  options: { now: boolean },
  actor: Actor,
): Promise<readonly SigningKey[]> {
  const { storage, audit, clock } = deps;
  const now = clock.now();
  const activeFrom = now + (options.now ? soonest : shownBefore);
  const made = await Promise.all(algorithms.map(algorithm => makeKey(storage.sealer, algorithm)));
  await storage.tx(async tx => {
    // A key that was still waiting is never used: it would retire before it begins.
    await tx.updateTable('signing_keys').set({ retired_at: now }).where('active_from', '>', now).execute();
    const retired = await tx
      .updateTable('signing_keys')
      .set({ retired_at: activeFrom })
      .where(where => where.or([where('retired_at', 'is', null), where('retired_at', '>', now)]))
      .returning('id')
      .execute();
    for (const key of made) await insert(tx, key, now, activeFrom);
    await audit.record(
      tx,
      ...made.map(key => ({ kind: 'key.created', actor, detail: { key: key.id, activeFrom } }) as const),
      ...retired.map(
        ({ id }) => ({ kind: 'key.retired', actor, detail: { key: id, at: activeFrom } }) as const,
      ),
    );
  });
  return listKeys(storage.db);
}

/** Publishes a key no more: it leaked. False when there is no such key, or it still signs: rotate first. */
export async function withdrawKey(deps: KeyDeps, id: string, actor: Actor): Promise<boolean> {
  const { storage, audit, clock } = deps;
  const now = clock.now();
  return storage.tx(async tx => {
    const withdrawn = await tx
      .updateTable('signing_keys')
      .set({ retired_at: now - shownAfter })
      .where('id', '=', id)
      .where('retired_at', '<=', now)
      .executeTakeFirst();
    if (withdrawn.numUpdatedRows !== 1n) return false;
    await audit.record(tx, { kind: 'key.retired', actor, detail: { key: id, withdrawn: true } });
    return true;
  });
}

/** On the first start of all: one node makes the keys, the others wait for them. */
export async function ensureKeys(deps: KeyDeps): Promise<void> {
  const { storage, audit, clock } = deps;
  for (;;) {
    const keys = await listKeys(storage.db);
    const missing = algorithms.filter(
      algorithm => !keys.some(key => key.algorithm === algorithm && stateOf(key, clock.now()) === 'current'),
    );
    if (missing.length === 0) return;
    const lease = { name: 'first signing keys', holder: self, now: clock.now(), for: seconds(30) };
    if (await takeLease(storage.db, lease)) {
      const made = await Promise.all(missing.map(algorithm => makeKey(storage.sealer, algorithm)));
      await storage.tx(async tx => {
        const now = clock.now();
        for (const key of made) await insert(tx, key, now, now);
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

/** The private keys of those named, as oidc-provider wants them and in that order. */
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

const placeOf = (row: string) => ({ table: 'signing_keys', column: 'private_sealed', row }) as const;

interface MadeKey {
  readonly id: string;
  readonly algorithm: Algorithm;
  readonly publicJwk: JWK;
  readonly privateSealed: Buffer;
}

const generateKeyPair = promisify(generateKeyPairWithCallback);

const generate = (algorithm: Algorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  algorithm === 'RS256'
    ? generateKeyPair('rsa', { modulusLength: 3072 })
    : generateKeyPair('ec', { namedCurve: 'P-256' });

async function makeKey(sealer: Sealer, algorithm: Algorithm): Promise<MadeKey> {
  const { publicKey, privateKey } = await generate(algorithm);
  const publicPart = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(publicPart);
  const named = { kid: id, alg: algorithm, use: 'sig' };
  const privateJwk = { ...(await exportJWK(privateKey)), ...named };
  return {
    id,
    algorithm,
    publicJwk: { ...publicPart, ...named },
    privateSealed: sealer.seal(placeOf(id), JSON.stringify(privateJwk)),
  };
}

async function insert(tx: Tx, key: MadeKey, now: Instant, activeFrom: Instant): Promise<void> {
  await tx
    .insertInto('signing_keys')
    .values({
      id: key.id,
      algorithm: key.algorithm,
      public_jwk: JSON.stringify(key.publicJwk),
      private_sealed: key.privateSealed,
      created_at: now,
      active_from: activeFrom,
      retired_at: null,
    })
    .execute();
}
