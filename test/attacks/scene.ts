import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { CredentialId, UserId } from '../../src/kit/ids.ts';
import { newId } from '../../src/kit/ids.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { openHashing } from '../../src/methods/password/index.ts';
import { insert } from '../../src/methods/totp/store.ts';
import { type House, type HouseOptions, openHouse, password } from '../cast/house.ts';
import { type Telephone, telephone } from '../cast/telephone.ts';
import { untilPage } from '../cast/until.ts';
import type { PageSeen, Visitor } from '../cast/visitor.ts';

/** Whoever lives in the house of a file, and what they hold. */
export interface Resident {
  readonly id: UserId;
  readonly loginName: string;
  readonly phone: Telephone;
  /** an authenticator app, where one was given */
  readonly app: App | undefined;
}

export interface App {
  readonly credential: string;
  readonly secret: Buffer;
  /** The code of this moment, or of some steps later. */
  code(steps?: number): string;
  /** The n-th of those that are not right: not now, and not for as long as a story lasts. */
  wrong(n: number): string;
}

type Has = NonNullable<Parameters<House['given']['user']>[1]> & { app?: boolean; phoneless?: boolean };

/** What the stories of one file share: a house where everyone proves who they are, and its people. */
export interface Scene {
  readonly house: House;
  /** Moves in with a mobile phone, unless they have none. */
  resident(name: string, has?: Has): Promise<Resident>;
  /** The office resets their password; the temporary one. */
  resetPassword(who: Resident): Promise<string>;
  count(table: string, where?: string): Promise<number>;
}

let born = 0;

export function scene(
  prepare: (house: House) => Promise<unknown> = house => house.given.multiFactorEverywhere(),
  options: HouseOptions = {},
): Scene {
  let opened: House | undefined;
  const open = (): House => {
    if (!opened) throw new Error('the house is opened before the first story');
    return opened;
  };
  before(async () => {
    opened = await openHouse(options);
    await prepare(opened);
  });
  after(() => opened?.close());
  return {
    get house() {
      return open();
    },
    async resident(name, { app, phoneless, ...has } = {}) {
      const house = open();
      const number = `+8190${10_000_000 + ++born * 10_000}`;
      const user = await house.given.user(name, phoneless ? has : { phone: number, ...has });
      return {
        ...user,
        phone: telephone(house, has.phone ?? number),
        app: app ? await giveApp(house, user.id) : undefined,
      };
    },
    async resetPassword({ id }) {
      const { directory, storage } = open().foundation;
      const hashing = openHashing({ initialKey: storage.sealer.key('initial passwords') });
      const { password: temporary, encoded } = hashing.newInitial();
      assert.ok(await directory.office.resetPassword(id, { encoded }, { is: 'office', name: 'test' }));
      return temporary;
    },
    async count(table, where = 'true') {
      const { rows } = await query(
        open(),
        `select count(*)::int as n from ${views[table] ?? table} where ${where}`,
      );
      return Number(rows[0]?.n);
    },
  };
}

/** Records are kept as text; a story asks for what they say. */
const views: Readonly<Record<string, string>> = {
  audit: `(select kind, user_id, record::jsonb as record, record::jsonb->'detail' as detail from audit_records) audit`,
};

export async function query(house: House, text: string): Promise<{ rows: Record<string, unknown>[] }> {
  const { CompiledQuery } = await import('kysely');
  const { rows } = await house.foundation.storage.db.executeQuery(CompiledQuery.raw(text));
  return { rows: rows as Record<string, unknown>[] };
}

async function giveApp(house: House, user: UserId): Promise<App> {
  const { storage, clock } = house.foundation;
  const id = newId<'credential'>() as CredentialId;
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(20)));
  await storage.tx(tx =>
    insert(tx, storage.sealer, {
      id,
      user,
      name: 'app',
      secret,
      lastStep: 0,
      createdAt: clock.now(),
    }),
  );
  const code = (steps = 0): string => hotp(secret, stepOf(clock.now()) + steps);
  const wrong = (n: number): string => {
    const right = new Set(Array.from({ length: 13 }, (_, i) => code(i - 6)));
    const others = Array.from({ length: n + 1 + right.size }, (_, i) => String(i).padStart(6, '0'));
    return others.filter(other => !right.has(other))[n] ?? '';
  };
  return { credential: id, secret, code, wrong };
}

/** To the page that asks for the password. */
export async function name(visitor: Visitor, loginName: string, path = '/account'): Promise<PageSeen> {
  await visitor.open(path);
  return visitor.send('/identify', { account: loginName });
}

/** Past the password, to the choice of ways or whatever comes next. */
export async function enter(
  visitor: Visitor,
  who: { loginName: string },
  path?: string,
  typed = password,
): Promise<PageSeen> {
  await name(visitor, who.loginName, path);
  return visitor.send('/password', { password: typed });
}

/** To the question for a code by text. */
export async function askText(visitor: Visitor, who: Resident, path?: string): Promise<string> {
  await enter(visitor, who, path);
  await visitor.send('/ask', { way: 'mobile text' });
  return who.phone.code();
}

export async function askApp(visitor: Visitor, who: Resident, path?: string): Promise<void> {
  await enter(visitor, who, path);
  await visitor.send('/ask', { way: `${who.app?.credential} code` });
}

/** After the proof: does not stay signed in, and arrives. */
export async function arrive(visitor: Visitor): Promise<PageSeen> {
  if (visitor.page.forms.some(({ action }) => action.endsWith('/stay')))
    await visitor.send('/stay', { stay: 'no' });
  return visitor.moveOn();
}

/** The whole way in by a text: what must go on working after every attack. */
export async function signInByText(visitor: Visitor, who: Resident, path?: string): Promise<PageSeen> {
  const code = await askText(visitor, who, path);
  await visitor.send('/answer', { code });
  return arrive(visitor);
}

export async function signInByApp(visitor: Visitor, who: Resident, path?: string): Promise<PageSeen> {
  await askApp(visitor, who, path);
  await visitor.send('/answer', { code: who.app?.code() ?? '' });
  return arrive(visitor);
}

/** From 詳細情報が必要 to where they wanted to be, with a phone that is theirs from now on. */
export async function signInByRegistering(visitor: Visitor, who: Resident): Promise<PageSeen> {
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  await visitor.send('/fill', { country: 'JP', number: who.phone.number, way: 'text' });
  await visitor.send('/answer', { code: await who.phone.code() });
  await visitor.send('/done');
  return arrive(visitor);
}

/** Looks at the page again until what was done at the telephone arrived there. */
export const confirmed = (visitor: Visitor): Promise<void> =>
  untilPage(visitor, page => page.forms.some(({ action }) => action.endsWith('/stay')));

export async function isSignedIn(visitor: Visitor): Promise<boolean> {
  const response = await visitor.request('/account');
  await response.arrayBuffer();
  return response.status === 200;
}

export async function assertSignedIn(visitor: Visitor): Promise<void> {
  assert.ok(
    await isSignedIn(visitor),
    `not signed in: ${visitor.page.url} ${visitor.page.text.slice(0, 400)}`,
  );
}

export async function assertNotSignedIn(visitor: Visitor): Promise<void> {
  assert.ok(!(await isSignedIn(visitor)), 'somebody was let in');
}

/** A code of as many digits that is not this one. */
export const otherThan = (code: string, by = 1): string =>
  String((Number(code) + by) % 1_000_000).padStart(6, '0');

/** The form of this page that ends so, sent again without following; as a program would. */
export function post(
  visitor: Visitor,
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
  return visitor.request(path, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }), headers });
}

export const actionOf = (visitor: Visitor, end: string): string => {
  const form = visitor.page.forms.find(({ action }) => action.endsWith(end));
  assert.ok(form, `no form ends in ${end}: ${visitor.page.text.slice(0, 400)}`);
  return new URL(form.action, visitor.page.url).pathname;
};

/** The address of a route with something in the place of its parameters. */
export const pathOf = (route: string): string =>
  route
    .replace(/^\S+ /, '')
    .replace(/:number/g, '+819012345678')
    .replace(/:name/g, 'page.css')
    .replace(/:\w+/g, () => newId());
