import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openSealer, openStorage, type Storage } from './index.ts';

/**
 * A database of its own, on the real server that the run started (`GENKAN_TEST_DATABASE`).
 */
export async function testDatabase(): Promise<{ connectionString: string; drop(): Promise<void> }> {
  const server = process.env.GENKAN_TEST_DATABASE;
  if (!server) throw new Error('Tests need a database: run them by `npm test`, or set GENKAN_TEST_DATABASE.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await statement(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { connectionString: url.href, drop: () => statement(server, `drop database ${name} with (force)`) };
}

/** Storage over a database of its own; dropped when closed. */
export async function testStorage(): Promise<Storage & { connectionString: string }> {
  const { connectionString, drop } = await testDatabase();
  const storage = await openStorage({ connectionString, sealer: openSealer([randomBytes(32)]) });
  return {
    ...storage,
    connectionString,
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
