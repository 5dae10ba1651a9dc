import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { until } from '../kit/testing.ts';
import { openSealer, openStorage } from './index.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';
import { testDatabase } from './testing.ts';

async function numbersIn(db: Kysely<Tables>): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`select number from migrations order by number`.execute(db);
  return rows.map(({ number }) => number);
}

test('nodes that start at the same moment over an empty database all start, and each migration is made once', async () => {
  const database = await testDatabase();
  const { connectionString } = database;
  const sealer = openSealer([randomBytes(32)]);
  try {
    const nodes = await Promise.allSettled(
      Array.from({ length: 8 }, () => openStorage({ connectionString, sealer, maxConnections: 1 })),
    );
    const started = nodes.flatMap(node => (node.status === 'fulfilled' ? [node.value] : []));
    const made = started[0] && (await numbersIn(started[0].db));
    for (const node of started) await node.close();
    assert.deepEqual(
      nodes.flatMap(node => (node.status === 'rejected' ? [String(node.reason)] : [])),
      [],
    );
    assert.deepEqual(
      made,
      migrations.map(({ number }) => number),
    );
  } finally {
    await database.drop();
  }
});

test('whoever waits for a migration that another node makes waits longer than a question may take', async () => {
  const database = await testDatabase();
  const { connectionString } = database;
  const other = new pg.Client({ connectionString });
  // Within a transaction the view of what others do stands still.
  const watcher = new pg.Client({ connectionString });
  const pool = new pg.Pool({ connectionString, statement_timeout: 1_000 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await other.connect();
    await watcher.connect();
    await other.query(
      'create table migrations (number integer primary key, name text not null, at bigint not null)',
    );
    await other.query('begin');
    await other.query(`insert into migrations values (1, 'as another version names it', 0)`);
    const migrating = migrate(db, 0);
    let isOver = false;
    void migrating.catch(() => undefined).then(() => (isOver = true));
    await until(async () => {
      const { rows } = await watcher.query(`select 1 from pg_stat_activity where datname = current_database()
        and wait_event_type = 'Lock' and clock_timestamp() - query_start > interval '2 seconds'`);
      return isOver || rows.length > 0;
    });
    await other.query('rollback');
    await migrating;
    assert.equal((await numbersIn(db)).length, migrations.length);
  } finally {
    await other.end();
    await watcher.end();
    await db.destroy();
    await database.drop();
  }
});
