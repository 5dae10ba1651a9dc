import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadConfiguration } from './config/index.ts';
import { openFoundation } from './foundation.ts';
import { testDatabase } from './storage/testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-foundation-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a command with another master key than the database’s writes nothing that nobody could read', async () => {
  const database = await testDatabase();
  const open = (dataFolder: string) =>
    openFoundation({
      configuration: loadConfiguration({
        env: {},
        defaults: {
          url: 'http://localhost:4000',
          dataFolder: join(folder, dataFolder),
          databaseUrl: database.connectionString,
        },
      }),
      as: 'command',
      say: () => undefined,
    });
  const office = { is: 'office', name: 'tester' } as const;
  const portal = {
    id: 'portal',
    displayName: 'Portal',
    settings: { kind: 'oidc' as const, redirectUris: ['https://portal.example/cb'] },
  };
  try {
    const empty = await open('node one');
    await empty.directory.applications.create(portal, office);
    await empty.close();
    // Typed on another machine, with the address of the database and without its key: a new one is made there.
    await assert.rejects(open('node two'), { name: 'ConfigurationError', message: /node two.*master\.key/ });
    const again = await open('node one');
    assert.equal((await again.directory.applications.forSignIn('portal'))?.secret?.length, 43);
    assert.equal((await again.audit.verify()).finding, undefined);
    await again.close();
  } finally {
    await database.drop();
  }
});
