import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { loadConfiguration } from '../../src/config/index.ts';
import type { Foundation } from '../../src/foundation.ts';
import { type Gateways, openFileMail } from '../../src/gateways/index.ts';
import type { NamedLocationId } from '../../src/kit/ids.ts';
import { freePort } from '../../src/kit/testing.ts';
import { type Running, start } from '../../src/main.ts';
import { openSimulator, type Simulator } from '../../src/simulator/index.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { type Given, openGiven } from './given.ts';
import { lettersIn } from './letters.ts';
import { assetFolders } from './pages.ts';
import { type Visitor, visitor } from './visitor.ts';

/** Addresses of the stories: what lies behind the reverse proxy at 127.0.0.1. */
export const campus = '192.0.2.10';
export const home = '203.0.113.77';

/** The whole product, running on a port of its own over a database of its own. */
export interface House {
  readonly url: string;
  readonly clock: MovableClock;
  readonly foundation: Foundation;
  readonly simulator: Simulator;
  /** every mail until now, as it stands in its file */
  letters(): readonly string[];
  /** what was logged, for looking for what must not be there */
  readonly log: readonly string[];
  /** A visitor without script, at home when nothing is said. */
  visitor(options?: { address?: string; language?: string; headers?: Record<string, string> }): Visitor;
  given: Given;
  /** every route that there is, as `METHOD /path/:parameter` */
  routes(): readonly string[];
  /** where its tables are */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** where people believe it to be, when that is not where it listens */
  readonly url?: string;
  /** whose X-Forwarded-For is believed; the one at 127.0.0.1 when nothing is said */
  readonly trustedProxies?: readonly string[];
  /** who has it may read the metrics */
  readonly metricsToken?: string;
  /** in place of the simulator's telephones */
  readonly telephones?: Partial<Pick<Gateways, 'text' | 'voice'>>;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'genkan house '));
  const port = await freePort();
  const here = `http://localhost:${port}`;
  const url = options.url ?? here;
  const clock = movableClock();
  const log: string[] = [];
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const configuration = loadConfiguration({
    env: {},
    defaults: {
      url,
      listen: { host: '127.0.0.1', port },
      dataFolder: folder,
      databaseUrl: database.connectionString,
      masterKeyFile,
      trustedProxies: [...(options.trustedProxies ?? ['127.0.0.1'])],
      ...(options.metricsToken === undefined ? {} : { metricsToken: options.metricsToken }),
    },
  });
  const mailFolder = join(folder, 'mail');
  let simulator: Simulator | undefined;
  let server: FastifyInstance | undefined;
  const running: Running = await start({
    configuration,
    assets: await assetFolders(),
    clock,
    say: line => log.push(line),
    logger: pino({ level: 'info' }, { write: (line: string) => log.push(line) }),
    async extra(foundation) {
      const made = openSimulator({ mode: 'test', clock: foundation.clock });
      simulator = made;
      return {
        gateways: () => ({
          text: [made.text],
          voice: [made.voice],
          ...options.telephones,
          mail: [openFileMail({ folder: mailFolder, from: 'genkan@localhost', clock })],
        }),
        pages: [
          made.routes,
          () => async instance => {
            server = instance;
          },
        ],
      };
    },
  });
  if (!simulator) throw new Error('the simulator was not opened');
  const given = openGiven(running.foundation);

  return {
    url: here,
    clock,
    foundation: running.foundation,
    simulator,
    letters: () => lettersIn(mailFolder),
    log,
    visitor: (options = {}) => visitor(here, { address: home, ...options }),
    given: {
      ...given,
      async setting(key, value) {
        await given.setting(key, value);
        clock.pass(1_001);
      },
    },
    routes: () => routesIn(server?.printRoutes({ commonPrefix: false }) ?? ''),
    databaseUrl: database.connectionString,
    async close() {
      await running.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the tree that Fastify draws: a line is a part of a path, its depth the parts before it. */
function routesIn(tree: string): readonly string[] {
  const before: string[] = [];
  return tree.split('\n').flatMap(line => {
    const [, branch, part, methods] = /^(.*?[├└]── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (branch === undefined || part === undefined) return [];
    const depth = branch.length / 4 - 1;
    before.splice(depth, before.length, part);
    return (methods ?? '').split(', ').flatMap(method => (method ? [`${method} ${before.join('')}`] : []));
  });
}

export { password } from './given.ts';
export type { NamedLocationId };
