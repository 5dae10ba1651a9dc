import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { newId } from '../kit/ids.ts';
import { plainly } from './ask.ts';
import { change, type Part } from './change.ts';
import { openConnections } from './connections.ts';
import { migrate } from './migrate.ts';
import type { Sealer } from './seal.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

export interface Storage {
  /** For reading. Whoever writes more than one statement uses `tx`. */
  readonly db: Db;
  readonly sealer: Sealer;
  /**
   * Runs `work` in one transaction and runs it again when the database asks for that:
   * serialization failure, deadlock, a failover, a broken connection. `work` may therefore have
   * no effect but SQL. What must reach the outside goes through the outbox.
   */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Makes all of these parts or none, in one statement and as patiently as `tx`. False: none.
   * @param work what takes more than parts: makes it a transaction, and is undone with them. False undoes all.
   */
  change(parts: readonly Part[], work?: (tx: Tx) => Promise<boolean>): Promise<boolean>;
  close(): Promise<void>;
}

// bigint columns carry milliseconds and counters, all below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(1016 as number, text =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number),
);

export async function openStorage(options: {
  connectionString: string;
  sealer: Sealer;
  maxConnections?: number;
  onIdleError?: (error: Error) => void;
}): Promise<Storage> {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5_000,
    // Each connection is a process of some MB: what a rush opened is not kept for the quiet after it.
    idleTimeoutMillis: 10_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    pipeline: true,
  });
  pool.on('error', error => options.onIdleError?.(error));
  // A connection that breaks between two statements of a transaction tells nobody else; and an event
  // that nobody hears would end the process.
  pool.on('connect', client => client.on('error', error => options.onIdleError?.(error)));
  const connections = openConnections(pool);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connections.kysely }) });
  plainly.set(db, connections.ask);
  await patiently(() => migrate(db, Date.now()));
  const tx: Storage['tx'] = work => patiently(() => db.transaction().execute(work));
  return {
    db,
    sealer: options.sealer,
    tx,
    async change(parts, work) {
      if (!work) return patiently(() => change(db, parts));
      const undone = Symbol('the transaction is undone');
      try {
        await tx(async tx => {
          if (!(await change(tx, parts)) || !(await work(tx))) throw undone;
        });
        return true;
      } catch (error) {
        if (error === undone) return false;
        throw error;
      }
    },
    close: () => db.destroy(),
  };
}

const retried = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '25006', // read-only: the primary has moved
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting up
  '57P05', // an idle connection was closed
  '53300', // too many connections
  '08001',
  '08003',
  '08004',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN', // its name cannot be looked up at the moment
  'ENOENT', // the socket of a server that is being restarted
]);

/** Whether the database asks to be tried again: the fault is in the moment and not in the question. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error &&
  (retried.has(String((error as { code?: unknown }).code)) ||
    /Connection terminated|is not queryable|timeout exceeded when trying to connect|not currently accepting connections/.test(
      error.message,
    ));

const waits = [20, 80, 250, 600, 1500];

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const wait of waits) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(wait * (0.5 + Math.random()));
    }
  }
  return work();
}

/** Whether the database answers, for whoever watches. */
export async function isReachable(db: Db): Promise<boolean> {
  try {
    await db.selectFrom('leases').select('name').limit(1).execute();
    return true;
  } catch (error) {
    if (isPassing(error)) return false;
    throw error;
  }
}

/** Takes a lease on the work of a leader, or renews it. One statement decides; a dead holder's lease runs out. */
export async function takeLease(
  db: Db,
  lease: { name: string; holder: string; now: number; for: number },
): Promise<boolean> {
  const taken = await db
    .insertInto('leases')
    .values({ name: lease.name, holder: lease.holder, until: lease.now + lease.for })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({ holder: lease.holder, until: lease.now + lease.for })
        .where(where =>
          where.or([where('leases.holder', '=', lease.holder), where('leases.until', '<', lease.now)]),
        ),
    )
    .executeTakeFirst();
  return Number(taken.numInsertedOrUpdatedRows ?? 0n) === 1;
}

/** This process, where leases are written. */
export const self: string = newId();
