import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfiguration } from '../../src/config/index.ts';
import type { Foundation } from '../../src/foundation.ts';
import { freePort } from '../../src/kit/testing.ts';
import { type Running, start } from '../../src/main.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { type Given, openGiven } from './given.ts';
import { lettersIn } from './letters.ts';
import { assetFolders } from './pages.ts';
import { type Visitor, visitor } from './visitor.ts';

/** The whole product as it runs in production: its gateways are those of a configuration, and no simulator is there. */
export interface WiredHouse {
  readonly url: string;
  readonly foundation: Foundation;
  readonly given: Given;
  readonly log: readonly string[];
  /** every mail until now, as it stands in its file */
  letters(): readonly string[];
  /** A visitor without script, each at an address of their own. */
  visitor(): Visitor;
  close(): Promise<void>;
}

/** @param gateways what stands under `gateways:`, for a house at this address */
export async function openWiredHouse(
  gateways: (url: string) => { readonly text?: readonly object[]; readonly voice?: readonly object[] },
): Promise<WiredHouse> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'genkan wired '));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const log: string[] = [];
  const running: Running = await start({
    configuration: loadConfiguration({
      env: {},
      defaults: {
        url,
        listen: { host: '127.0.0.1', port },
        dataFolder: folder,
        databaseUrl: database.connectionString,
        masterKeyFile,
        trustedProxies: ['127.0.0.1'],
        gateways: gateways(url),
      },
    }),
    assets: await assetFolders(),
    say: line => log.push(line),
    logger: pino({ level: 'info' }, { write: (line: string) => log.push(line) }),
  });
  let visitors = 0;
  return {
    url,
    foundation: running.foundation,
    given: openGiven(running.foundation),
    log,
    letters: () => lettersIn(join(folder, 'mail')),
    visitor() {
      visitors += 1;
      return visitor(url, { address: `198.18.${visitors >> 8}.${visitors & 255}`, language: 'en' });
    },
    async close() {
      await running.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
