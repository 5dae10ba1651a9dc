import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openSealer, openStorage, type Storage } from './index.ts';

/**
 * A database of its own for one test file, on the real server that the run started
 * (`GENKAN_TEST_DATABASE`). Dropped when closed.
 */
export async function testStorage(): Promise<Storage & { connectionString: string }> {
  const server = process.env['GENKAN_TEST_DATABASE'];
  if (!server) throw new Error('Tests need a database: run them by `npm test`, or set GENKAN_TEST_DATABASE.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await statement(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const storage = await openStorage({ connectionString: url.href, sealer: openSealer([randomBytes(32)]) });
  return {
    ...storage,
    connectionString: url.href,
    close: async () => {
      await storage.close();
      await statement(server, `drop database ${name} with (force)`);
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
