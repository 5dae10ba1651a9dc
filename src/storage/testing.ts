import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openSealer, openStorage, type Storage } from './index.ts';

/**
 * A database of its own, on the real server that the run started (`GENKAN_TEST_DATABASE`).
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.GENKAN_TEST_DATABASE;
  if (!server) throw new Error('Tests need a database: run them by `npm test`, or set GENKAN_TEST_DATABASE.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await statement(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    async away(work) {
      await statement(server, `alter database ${name} with allow_connections false`);
      await statement(
        server,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      try {
        return await work();
      } finally {
        await statement(server, `alter database ${name} with allow_connections true`);
      }
    },
    drop: () => statement(server, `drop database ${name} with (force)`),
  };
}

interface TestDatabase {
  readonly connectionString: string;
  /** Lets nobody in while something is done. */
  away<T>(work: () => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

/** Storage over a database of its own; dropped when closed. */
export async function testStorage(): Promise<Storage & Pick<TestDatabase, 'connectionString' | 'away'>> {
  const { connectionString, away, drop } = await testDatabase();
  const storage = await openStorage({ connectionString, sealer: openSealer([randomBytes(32)]) });
  return {
    ...storage,
    connectionString,
    away,
    close: async () => {
      await storage.close();
      await drop();
    },
  };
}

async function statement(server: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
