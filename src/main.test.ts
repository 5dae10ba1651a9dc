import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { loadConfiguration } from './config/index.ts';
import { takingText } from './gateways/testing.ts';
import { start } from './main.ts';
import { testDatabase } from './storage/testing.ts';

test('what fails to start lets go of its gateways, so that the process can end', async t => {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'genkan-start-'));
  t.after(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });
  let closed = 0;
  const gateway = {
    ...takingText(),
    async close() {
      closed += 1;
    },
  };
  const starting = start({
    configuration: loadConfiguration({
      env: {},
      defaults: {
        url: 'http://localhost:4000',
        dataFolder: folder,
        databaseUrl: database.connectionString,
      },
    }),
    // the build was not made
    assets: [folder],
    say: () => undefined,
    logger: pino({ level: 'silent' }),
    extra: async () => ({ gateways: () => ({ text: [gateway], voice: [], mail: [] }), pages: [] }),
  });
  await assert.rejects(starting, /was the build made/);
  assert.equal(closed, 1);
});
