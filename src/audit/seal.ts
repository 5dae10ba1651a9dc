import { createHmac, type KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../kit/clock.ts';
import { type Db, isPassing, type Storage, self, takeLease } from '../storage/index.ts';

/** A batch is one transaction: small enough to be over in a moment. */
export const batch = 2_000;

/** What the first seal follows. */
export const genesis: Buffer = Buffer.alloc(32);

/** HMAC over the hash before, the number, the instant, and the MAC of each record in order. */
export function hashOf(
  key: KeyObject,
  previous: Buffer,
  seal: { readonly number: number; readonly at: Instant },
  macs: readonly Buffer[],
): Buffer {
  const hash = createHmac('sha256', key)
    .update('seal')
    .update(previous)
    .update(eightBytes(seal.number, seal.at, macs.length));
  for (const mac of macs) hash.update(mac);
  return hash.digest();
}

/** The proof that it was we who removed the records of a seal when their time was over. */
export const prunedMacOf = (
  key: KeyObject,
  seal: { readonly number: number; readonly at: Instant; readonly hash: Buffer },
): Buffer =>
  createHmac('sha256', key)
    .update('pruned')
    .update(eightBytes(seal.number, seal.at))
    .update(seal.hash)
    .digest();

function eightBytes(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(8 * numbers.length);
  numbers.forEach((number, i) => {
    bytes.writeBigInt64BE(BigInt(number), 8 * i);
  });
  return bytes;
}

/**
 * Chains the oldest unsealed records, at most one batch, to all that came before.
 * The key of the new seal is the lock: of two sealers at once one finds it taken and does nothing.
 * @returns how many records were sealed
 */
export async function sealBatch(storage: Storage, key: KeyObject, now: Instant): Promise<number> {
  return storage.tx(async tx => {
    const head = await headOf(tx);
    const rows = await tx
      .selectFrom('audit_records')
      .select(['id', 'mac'])
      .where('seal', 'is', null)
      .orderBy('seal')
      .orderBy('id')
      .limit(batch)
      .execute();
    if (rows.length === 0) return 0;
    const seal = { number: (head?.number ?? 0) + 1, at: now };
    const records = rows.map(row => row.id);
    const macs = rows.map(row => row.mac);
    const made = await tx
      .insertInto('audit_seals')
      .values({ ...seal, records, hash: hashOf(key, head?.hash ?? genesis, seal, macs) })
      .onConflict(conflict => conflict.column('number').doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return 0;
    const marked = await tx
      .updateTable('audit_records')
      .set({ seal: seal.number })
      .where(sql<boolean>`id = any(${records}::uuid[])`)
      .where('seal', 'is', null)
      .executeTakeFirst();
    if (marked.numUpdatedRows !== BigInt(records.length))
      throw new Error(`audit: records vanished while seal ${seal.number} was being made`);
    return records.length;
  });
}

export const headOf = (db: Db): Promise<{ number: number; hash: Buffer } | undefined> =>
  db
    .selectFrom('audit_seals')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();

export interface Sealing {
  /** Resolves when a seal that is being made is finished. */
  stop(): Promise<void>;
}

/**
 * Seals every two seconds, on the one node that has the lease. A quiet node asks one question of the
 * database and writes nothing. What fails is tried again at the next turn; `onError` hears of it.
 */
export function startSealing(
  storage: Storage,
  sealOnce: () => Promise<number>,
  options: { now: () => Instant; every?: number; onError: (error: Error) => void },
): Sealing {
  const every = options.every ?? 2_000;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    if (!(await hasUnsealed(storage.db))) return;
    const lease = { name: 'audit sealing', holder: self, now: options.now(), for: every * 5 };
    if (!(await takeLease(storage.db, lease))) return;
    while (!stopped && (await sealOnce()) === batch);
  };
  const next = (): NodeJS.Timeout =>
    setTimeout(() => {
      running = turn()
        .catch((error: Error) => {
          if (!isPassing(error)) options.onError(error);
        })
        .then(() => {
          if (!stopped) timer = next();
        });
    }, every).unref();
  let timer = next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const hasUnsealed = async (db: Db): Promise<boolean> =>
  (await db
    .selectFrom('audit_records')
    .select('id')
    .where('seal', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;
