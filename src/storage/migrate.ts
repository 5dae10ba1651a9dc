import { sql } from 'kysely';
import type { Db, Tx } from './db.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings the schema to this version. Safe when several nodes start at once: the row that says a
 * migration was made is inserted first, so its key is the lock and a second runner finds it taken.
 */
export async function migrate(db: Db, now: number): Promise<void> {
  await atLeisure(db, makeTable).catch(async (error: unknown) => {
    if (!isMadeByAnother(error)) throw error;
    await atLeisure(db, makeTable);
  });
  const { rows } = await sql<{ number: number }>`select number from migrations`.execute(db);
  const made = new Set(rows.map(row => row.number));
  for (const { number, name, statements } of migrations.filter(one => !made.has(one.number))) {
    await atLeisure(db, async tx => {
      const claimed = await sql`insert into migrations (number, name, at) values (${number}, ${name}, ${now})
        on conflict (number) do nothing`.execute(tx);
      if (claimed.numAffectedRows !== 1n) return;
      for (const statement of statements) await sql.raw(statement).execute(tx);
    });
  }
}

/** An index over a million rows, and whoever waits for another node that makes it, take longer than any question may. */
const atLeisure = (db: Db, work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
  db.transaction().execute(async tx => {
    await sql`set local statement_timeout = '1h'`.execute(tx);
    await work(tx);
  });

const makeTable = (tx: Tx): Promise<unknown> =>
  sql`create table if not exists migrations (number integer primary key, name text not null, at bigint not null)`.execute(
    tx,
  );

/** Of two that make a table at once, the second one fails in PostgreSQL's own tables, `if not exists` or not. */
const isMadeByAnother = (error: unknown): boolean =>
  ['23505', '42P07', '42710'].includes(String((error as { code?: unknown }).code));
