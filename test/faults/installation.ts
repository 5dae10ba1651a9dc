import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from '../../src/config/index.ts';
import { type Foundation, openFoundation } from '../../src/foundation.ts';
import type { UserId } from '../../src/kit/ids.ts';
import { freePort } from '../../src/kit/testing.ts';
import { waitForLock } from '../../src/storage/embedded/lock.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { type Given, openGiven } from '../cast/given.ts';
import { type Exchange, openExchange } from '../cast/product/exchange.ts';
import { bundleProgram, program as child, type Product, startProduct } from '../cast/product/product.ts';
import { until } from '../cast/until.ts';
import { type Visitor, visitor } from '../cast/visitor.ts';
import { openBalancer } from './balancer.ts';
import { officially } from './officially.ts';

export const redirectUri = (port: number): string => `http://localhost:${port}/callback`;

/** Genkan as processes that can be killed, behind a balancer, with a telephone exchange that outlives them. */
export interface Installation {
  readonly url: string;
  readonly exchange: Exchange;
  /** the office, at a process of its own */
  readonly foundation: Foundation;
  readonly given: Given;
  readonly application: { readonly id: string; readonly secret: string; readonly redirectUri: string };
  /** Starts the node of this number; one node at a time has it. */
  start(node: number): Promise<Product>;
  addressOf(node: number): string;
  /** The private database's own process, another one than before if that is named; waits until there is one. */
  databasePid(before?: number): Promise<number>;
  /** Ends the private database at once. It stays away until what is returned is called. */
  databaseAway(): Promise<() => void>;
  /** Whether a text or a call to this person was ever begun. */
  wasSentSomething(who: { readonly id: UserId }): Promise<boolean>;
  /** The process of this node. */
  running(node: number): Product;
  /** A visitor at an address that nobody else has; of one node when it is named. */
  visitor(node?: number): Visitor;
  /** What the nodes wrote to their consoles. */
  log(): string;
  close(): Promise<void>;
}

/** @param database 'private': the first node brings it, as in a small installation; 'shared': nodes come and go beside it */
export async function openInstallation(options: {
  nodes: number;
  database: 'private' | 'shared';
  /** the network loses one of so many answers, after what was asked for was done; none when nothing is said */
  losesOneIn?: number;
}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-faults-'));
  // So that the user who runs PostgreSQL for root may enter, and the database goes with the folder.
  chmodSync(folder, 0o711);
  const shared = options.database === 'shared' ? await testDatabase() : undefined;
  const { program, remove } = await bundleProgram(child, 'inside');
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const port = await freePort();
  const ports: number[] = [];
  while (ports.length < options.nodes) ports.push(await freePort());
  const configurationOf = (node: number) => ({
    url: `http://localhost:${port}`,
    listen: { host: '127.0.0.1', port: ports[node] },
    dataFolder: folder,
    masterKeyFile,
    trustedProxies: ['127.0.0.1'],
    ...(shared ? { databaseUrl: shared.connectionString } : {}),
  });
  const exchange = openExchange();
  const running = new Map<number, Product>();
  const start = async (node: number): Promise<Product> => {
    const product = await startProduct({ program, exchange, folder, configuration: configurationOf(node) });
    running.set(node, product);
    void product.ended.then(() => running.get(node) === product && running.delete(node));
    return product;
  };
  const balancer = await openBalancer(port, ports, oneIn(options.losesOneIn));
  const application = createServer((_request, response) => response.end('the application'));
  const applicationPort = await freePort();
  await new Promise<void>(resolve => application.listen(applicationPort, '127.0.0.1', resolve));

  const databasePid = (before?: number): Promise<number> =>
    until(() => {
      const file = join(folder, 'postgresql', 'server', 'data', 'postmaster.pid');
      const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
      return pid > 0 && pid !== before && pid;
    });

  await start(0);
  const foundation = await openFoundation({
    configuration: loadConfiguration({ env: {}, defaults: configurationOf(0) }),
    as: 'command',
    say: () => undefined,
  });
  const given = openGiven(foundation);
  await given.multiFactorEverywhere();
  const { secret } = await given.application('app', { redirectUris: [redirectUri(applicationPort)] });
  let visitors = 0;

  return {
    url: `http://localhost:${port}`,
    exchange,
    foundation,
    given,
    application: { id: 'app', secret: secret ?? '', redirectUri: redirectUri(applicationPort) },
    start,
    addressOf: node => `http://localhost:${ports[node]}`,
    databasePid,
    async databaseAway() {
      const pid = await databasePid();
      // Whoever starts it again waits for its turn, which is ours until then.
      const turn = await waitForLock(join(folder, 'postgresql', 'starting.lock'), 60_000);
      if (!turn.taken) throw new Error(`process ${turn.holder} is starting the database`);
      process.kill(pid, 'SIGKILL');
      return turn.release;
    },
    wasSentSomething: async ({ id }) =>
      (await officially(() =>
        foundation.storage.db
          .selectFrom('deliveries')
          .select('id')
          .where('user_id', '=', id)
          .limit(1)
          .executeTakeFirst(),
      )) !== undefined,
    running(node) {
      const product = running.get(node);
      if (!product) throw new Error(`node ${node} does not run`);
      return product;
    },
    visitor(node) {
      visitors += 1;
      const at = node === undefined ? port : ports[node];
      return visitor(`http://localhost:${at}`, { address: `198.18.${visitors >> 8}.${visitors & 255}` });
    },
    log: () => readFileSync(join(folder, 'product.log'), 'utf8'),
    async close() {
      await foundation.close();
      await Promise.all([...running.values()].map(product => product.stop()));
      await balancer.close();
      application.closeAllConnections();
      await new Promise(resolve => application.close(resolve));
      await shared?.drop();
      remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One of so many, evenly, and without a beat that somebody's visit could fall into step with. */
function oneIn(many: number | undefined): () => boolean {
  if (many === undefined) return () => false;
  let n = 0;
  return () => (++n * ((Math.sqrt(5) - 1) / 2)) % 1 < 1 / many;
}
