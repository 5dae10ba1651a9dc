import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { until } from '../kit/testing.ts';
import { openSealer, openStorage } from './index.ts';
import { testDatabase } from './testing.ts';

test('a connection that breaks is told of once, and not after we began to let go of it', async () => {
  const database = await testDatabase();
  const broken: string[] = [];
  const { db, close } = await openStorage({
    connectionString: database.connectionString,
    sealer: openSealer([randomBytes(32)]),
    maxConnections: 1,
    onIdleError: ({ message }) => broken.push(message),
  });
  const ask = () => db.selectFrom('leases').select('name').execute();
  await ask();
  await database.away(async () => {
    await until(() => broken.length > 0);
    await turn();
    assert.equal(broken.length, 1, broken.join());
  });
  await ask();
  // The database goes away while the connections say goodbye.
  await Promise.all([close(), database.drop()]);
  await turn();
  assert.equal(broken.length, 1);
});
