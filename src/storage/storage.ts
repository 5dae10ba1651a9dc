import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { plainly } from './ask.ts';
import { change, type Part } from './change.ts';
import { openConnections } from './connections.ts';
import type { Db, Tx } from './db.ts';
import { migrate } from './migrate.ts';
import { isPassing, patiently } from './patience.ts';
import type { Sealer } from './seal.ts';
import type { Tables } from './tables.ts';

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
  // The connection itself tells it, below; and an event that nobody hears would end the process.
  pool.on('error', () => undefined);
  // A connection that breaks between two statements of a transaction tells nobody else.
  pool.on('connect', client =>
    client.on('error', error => {
      // One that we are letting go of is no news: our own database may be quicker than its goodbye.
      if (!pool.ending) options.onIdleError?.(error);
    }),
  );
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
