import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { loadConfiguration } from '../../../src/config/index.ts';
import { openFoundation } from '../../../src/foundation.ts';
import { freePort } from '../../../src/kit/testing.ts';
import { testDatabase } from '../../../src/storage/testing.ts';
import { type Given, openGiven, password } from '../given.ts';
import { root } from '../pages.ts';
import { type Visitor, visitor } from '../visitor.ts';
import { openExchange } from './exchange.ts';
import { program as child, startProduct } from './product.ts';

/** A product with gateways of a configuration, in a process that can be killed and started again. */
export interface Killable {
  readonly given: Given;
  /** at home, with the password said: before the choice of ways */
  known(loginName: string): Promise<Visitor>;
  /** kill -9 */
  kill(): Promise<void>;
  /** The same again, at the same address over the same database. */
  start(): Promise<void>;
  isReady(): Promise<boolean>;
  /** of all its lives */
  log(): string;
}

/** @param gateways what stands under `gateways:` */
export async function openKillable(t: TestContext, gateways: object): Promise<Killable> {
  const closing: (() => unknown)[] = [];
  t.after(async () => {
    for (const close of closing.reverse()) await close();
  });
  const folder = mkdtempSync(join(tmpdir(), 'genkan-killed-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await testDatabase();
  closing.push(database.drop);
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  // From the sources: beside them is the voice agent.
  const program = join(folder, 'product.mjs');
  writeFileSync(program, `await import(${JSON.stringify(pathToFileURL(child).href)});\n`);
  process.env.TSX_TSCONFIG_PATH = join(root, 'tsconfig.json');
  closing.push(() => {
    delete process.env.TSX_TSCONFIG_PATH;
  });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const configuration = {
    url,
    listen: { host: '127.0.0.1', port },
    dataFolder: folder,
    masterKeyFile,
    databaseUrl: database.connectionString,
    trustedProxies: ['127.0.0.1'],
    gateways,
  };
  const life = async () => {
    const node = ['--import', import.meta.resolve('tsx')];
    const product = await startProduct({ program, exchange: openExchange(), folder, configuration, node });
    closing.push(product.kill);
    return product;
  };
  let living = await life();
  const foundation = await openFoundation({
    configuration: loadConfiguration({ env: {}, defaults: configuration }),
    as: 'command',
    say: () => undefined,
  });
  closing.push(foundation.close);
  const given = openGiven(foundation);
  await given.multiFactorEverywhere();

  return {
    given,
    async known(loginName) {
      const person = visitor(url, { address: '203.0.113.77', language: 'en' });
      await person.open('/account');
      await person.send('/identify', { account: loginName });
      await person.send('/password', { password });
      return person;
    },
    kill: () => living.kill(),
    async start() {
      living = await life();
    },
    async isReady() {
      const told = await (await fetch(`${url}/readyz`)).text();
      return /"state":"up"/.test(told);
    },
    log: () => readFileSync(join(folder, 'product.log'), 'utf8'),
  };
}

export const isIn = async (visitor: Visitor): Promise<boolean> =>
  (await visitor.request('/account')).status === 200;
