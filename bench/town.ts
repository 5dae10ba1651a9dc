import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '../src/config/index.ts';
import { type Foundation, openFoundation } from '../src/foundation.ts';
import { freePort } from '../src/kit/testing.ts';
import { type Given, openGiven } from '../test/cast/given.ts';
import { type Exchange, openExchange } from '../test/cast/product/exchange.ts';
import { bundleProgram, type Product, startProduct } from '../test/cast/product/product.ts';

export interface Person {
  readonly loginName: string;
  readonly phone: string;
  /** where the person sits; nobody shares an address */
  readonly address: string;
}

/** One installation with its people, its applications and its telephone exchange. */
export interface Town {
  readonly exchange: Exchange;
  readonly application: Application;
  /** the same, whose ID tokens are signed with RSA */
  readonly oldApplication: Application;
  readonly foundation: Foundation;
  open(options?: { node?: readonly string[] }): Promise<Product>;
  /** People who were never seen before, so that no budget of theirs is spent. */
  people(number: number): Promise<readonly Person[]>;
  close(): Promise<void>;
}

export interface Application {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

export async function openTown(): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-bench-'));
  // So that the user who runs PostgreSQL for root may enter, and the database goes with the folder.
  chmodSync(folder, 0o711);
  const port = await freePort();
  const defaults = {
    url: `http://localhost:${port}`,
    listen: { host: '127.0.0.1', port },
    dataFolder: folder,
    trustedProxies: ['127.0.0.1'],
  };
  const { program, remove } = await bundleProgram(
    fileURLToPath(new URL('child.ts', import.meta.url)),
    'beside',
  );
  const exchange = openExchange();
  const open = (options: { node?: readonly string[] } = {}): Promise<Product> =>
    startProduct({ program, exchange, configuration: defaults, folder, ...options });

  const first = await open();
  const foundation = await openFoundation({
    configuration: loadConfiguration({ env: {}, defaults }),
    as: 'command',
    say: () => undefined,
  });
  const given = openGiven(foundation);
  await given.multiFactorEverywhere();
  const application = await applicationOf(given, 'bench', 'ES256');
  const oldApplication = await applicationOf(given, 'bench-rsa', 'RS256');
  await first.stop();

  let known = 0;
  return {
    exchange,
    application,
    oldApplication,
    foundation,
    open,
    async people(number) {
      const numbers = Array.from({ length: number }, () => known++);
      const made: Person[] = [];
      for (const n of numbers) {
        const phone = `+8190${1000 + (n % 9000)}${String(1000 + Math.floor(n / 9000)).padStart(4, '0')}`;
        const { loginName } = await given.user(`person-${n}`, { phone });
        made.push({ loginName, phone, address: `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}` });
      }
      return made;
    },
    async close() {
      await foundation.close();
      remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function applicationOf(given: Given, id: string, algorithm: 'ES256' | 'RS256'): Promise<Application> {
  const redirectUri = `http://localhost:9/${id}/callback`;
  const { secret } = await given.application(id, {
    redirectUris: [redirectUri],
    idTokenSignedResponseAlg: algorithm,
  });
  if (secret === undefined) throw new Error(`${id} has no secret`);
  return { id, secret, redirectUri };
}

/** Rows of people who never come, beside those who do: as many as make `all` users. */
export async function fill({ storage }: Foundation, all: number): Promise<void> {
  const { sql } = await import('kysely');
  const hash = randomBytes(140);
  const sealed = randomBytes(45);
  const ids = sql`select ('0190' || lpad(to_hex(n), 28, '0'))::uuid as id, n from generate_series(1, ${all}::int) as n`;
  const statements = [
    sql`insert into users (id, login_name, display_name, mail, valid_from, created_at)
      select id, 'filler-' || n || '@keyaki.example', 'Filler ' || n, 'filler-' || n || '@keyaki.example', 0, 0 from (${ids}) as x on conflict do nothing`,
    sql`insert into login_names (name, user_id) select 'filler-' || n || '@keyaki.example', id from (${ids}) as x on conflict do nothing`,
    sql`insert into passwords (user_id, hash_sealed, changed_at) select id, ${hash}::bytea, 0 from (${ids}) as x on conflict do nothing`,
    sql`insert into phones (user_id, kind, number_sealed, number_index, way, created_at)
      select id, 'mobile', ${sealed}::bytea, sha256(n::text::bytea), 'text', 0 from (${ids}) as x on conflict do nothing`,
  ];
  await storage.db.connection().execute(async db => {
    await sql`set statement_timeout = 0`.execute(db);
    for (const statement of statements) await statement.execute(db);
    for (const table of ['users', 'login_names', 'passwords', 'phones'])
      await sql`vacuum (freeze, analyze) ${sql.table(table)}`.execute(db);
    await sql`checkpoint`.execute(db);
  });
}
