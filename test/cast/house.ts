import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfiguration } from '../../src/config/index.ts';
import { type NewApplication, type Rules, setPassword } from '../../src/directory/index.ts';
import type { Foundation } from '../../src/foundation.ts';
import { type PhoneNumber, openFileMail } from '../../src/gateways/index.ts';
import type { ApplicationId, GroupId, NamedLocationId, PolicyId, UserId } from '../../src/kit/ids.ts';
import { newId } from '../../src/kit/ids.ts';
import { type Running, start } from '../../src/main.ts';
import { addPhone, type PhoneKind, type PhoneWay } from '../../src/methods/phone/index.ts';
import { openHashing } from '../../src/methods/password/index.ts';
import { campusSkip, multiFactorEverywhere, type PolicyState } from '../../src/policies/index.ts';
import { openSimulator, type Simulator } from '../../src/simulator/index.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { assetFolders } from './pages.ts';
import { type Visitor, visitor } from './visitor.ts';

/** Addresses of the stories: what lies behind the reverse proxy at 127.0.0.1. */
export const campus = '192.0.2.10';
export const home = '203.0.113.77';

export const password = 'sakura saku michi';

const office = { is: 'office', name: 'test' } as const;

/** The whole product, running on a port of its own over a database of its own. */
export interface House {
  readonly url: string;
  readonly clock: MovableClock;
  readonly foundation: Foundation;
  readonly simulator: Simulator;
  readonly mailFolder: string;
  /** what was logged, for looking for what must not be there */
  readonly log: readonly string[];
  /** A visitor without script, at home when nothing is said. */
  visitor(options?: { address?: string; language?: string; headers?: Record<string, string> }): Visitor;
  given: {
    user(name: string, has?: { phone?: string; way?: PhoneWay; kind?: PhoneKind; mail?: string | null; language?: string; groups?: GroupId[]; mustChange?: boolean; mustRegister?: boolean; password?: string }): Promise<{ id: UserId; loginName: string }>;
    /** 学内: the campus network, trusted; and MFA everywhere else (or as the state says) */
    campusSkip(state?: PolicyState): Promise<PolicyId>;
    multiFactorEverywhere(state?: PolicyState): Promise<PolicyId>;
    application(id: string, settings?: Partial<NewApplication['settings']>): Promise<{ id: ApplicationId; secret: string | undefined }>;
    setting<Key extends keyof Rules & string>(key: Key, value: unknown): Promise<void>;
  };
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'genkan house '));
  const port = await freePort();
  const url = `http://localhost:${port}`;
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
      trustedProxies: ['127.0.0.1'],
    },
  });
  const mailFolder = join(folder, 'mail');
  let simulator: Simulator | undefined;
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
          mail: [openFileMail({ folder: mailFolder, from: 'genkan@localhost', clock })],
        }),
        pages: [made.routes],
      };
    },
  });
  if (!simulator) throw new Error('the simulator was not opened');
  const { directory, storage } = running.foundation;
  const hashing = openHashing({ initialKey: storage.sealer.key('initial passwords') });
  const encoded = new Map<string, Promise<string>>();
  /** One hash for all who share a password: the stories are about other things. */
  const hashOf = (text: string): Promise<string> => {
    const made = encoded.get(text) ?? hashing.hashPassword(text);
    encoded.set(text, made);
    return made;
  };

  return {
    url,
    clock,
    foundation: running.foundation,
    simulator,
    mailFolder,
    log,
    visitor: (options = {}) => visitor(url, { address: home, ...options }),
    given: {
      async user(name, has = {}) {
        const loginName = `${name.toLowerCase()}@keyaki.example`;
        const created = await directory.users.create(
          {
            loginName,
            displayName: name,
            mail: has.mail === null ? undefined : (has.mail ?? loginName),
            language: has.language,
            groups: has.groups ?? [],
            mustRegister: has.mustRegister ?? false,
            password: {
              encoded: await hashOf(has.password ?? password),
              mustChange: has.mustChange ?? false,
              changedAt: clock.now(),
            },
          },
          office,
        );
        if (!created.created) throw new Error(JSON.stringify(created.problems));
        const { id } = created.user;
        const { phone } = has;
        if (phone)
          await storage.tx(tx =>
            addPhone(tx, storage.sealer, {
              user: id,
              kind: has.kind ?? 'mobile',
              number: phone as PhoneNumber,
              way: has.way ?? 'text',
              createdAt: clock.now(),
            }),
          );
        return { id, loginName };
      },
      async campusSkip(state = 'enabled') {
        const location = { id: newId<'named-location'>(), displayName: '学内', isTrusted: true, ipRanges: ['192.0.2.0/24', '2001:db8:1::/48'] };
        await must(directory.access.locations.create(location, office));
        const id = newId<'policy'>() as PolicyId;
        await must(directory.access.policies.create(campusSkip({ id, displayName: '学外では多要素認証', state }), office));
        return id;
      },
      async multiFactorEverywhere(state = 'enabled') {
        const id = newId<'policy'>() as PolicyId;
        await must(
          directory.access.policies.create(multiFactorEverywhere({ id, displayName: '常に多要素認証', state }), office),
        );
        return id;
      },
      async application(id, settings = {}) {
        const saved = await directory.applications.create(
          {
            id: id as ApplicationId,
            displayName: id,
            settings: { kind: 'oidc', redirectUris: [`http://localhost:9/${id}/callback`], ...settings },
          } as NewApplication,
          office,
        );
        if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
        return { id: saved.application.id, secret: saved.secret };
      },
      async setting(key, value) {
        const saved = await directory.settings.set(key as Parameters<typeof directory.settings.set>[0], value, office);
        if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
        clock.pass(1_001);
      },
    },
    async close() {
      await running.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function must(saving: Promise<{ saved: boolean }>): Promise<void> {
  const saved = await saving;
  if (!saved.saved) throw new Error(JSON.stringify(saved));
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

export type { NamedLocationId };
