import assert from 'node:assert/strict';
import { openTokens } from '../../src/methods/hardware-token/index.ts';
import { base32, hotp, stepOf } from '../../src/methods/otp.ts';
import { askedBy, softPasskey } from '../../src/methods/passkey/testing.ts';
import { openPasses } from '../../src/methods/temporary-access-pass/index.ts';
import { addDevice } from '../cast/device.ts';
import type { PageSeen, Visitor } from '../cast/visitor.ts';
import { arrive, assertSignedIn, enter, query, type Resident, type Scene, signInByText } from './scene.ts';

type Fields = Record<string, string>;

/** One thing that somebody has: how it is asked for, what answers, and what does not. */
export interface Held {
  readonly who: Resident;
  readonly way: string;
  /** What answers the question on this page, now. */
  right(page: PageSeen): Fields;
  /** The n-th of what never does, for as long as a story lasts. */
  wrong(n: number, page: PageSeen): Fields;
  /** where its secret lies */
  readonly row: { readonly table: string; readonly column: string; readonly where: string };
  /** where it is asked for, when that is a place of its own: a code on paper */
  readonly path?: string;
}

const office = { is: 'office', name: 'test' } as const;

/** Six digits that no step of the next hour has. */
function notOf(code: (steps: number) => string, n: number): string {
  const right = new Set(Array.from({ length: 130 }, (_, i) => code(i - 5)));
  const others = Array.from({ length: n + 1 + right.size }, (_, i) => String(i).padStart(6, '0'));
  return others.filter(other => !right.has(other))[n] ?? '';
}

/** By time: an app, our own app when it is offline, a token. */
const byTime = (code: (steps: number) => string): Pick<Held, 'right' | 'wrong'> => ({
  right: () => ({ code: code(0) }),
  wrong: n => ({ code: notOf(code, n) }),
});

/** Gives a new resident of the scene something to prove themselves with, as they would get it. */
export function given(at: Scene) {
  /** To where one changes what one has, which asks for the phone wherever policies ask for nothing. */
  const changing = async (who: Resident, page = 'add'): Promise<Visitor> => {
    const visitor = at.house.visitor();
    await signInByText(visitor, who, `/account/security-info/${page}`);
    return visitor;
  };

  const adding = async (who: Resident, what: string): Promise<Visitor> => {
    const visitor = await changing(who);
    await visitor.send('/choose', { adding: `${what} ${what}` });
    return visitor;
  };

  const added = (visitor: Visitor): void =>
    assert.ok(visitor.page.text.includes('追加されました'), visitor.page.text);

  return {
    async app(name: string): Promise<Held> {
      const who = await at.resident(name, { app: true });
      return {
        who,
        way: `${who.app?.credential} code`,
        row: { table: 'totp_credentials', column: 'secret_sealed', where: `user_id = '${who.id}'` },
        ...byTime(steps => who.app?.code(steps) ?? ''),
      };
    },

    /** Genkan Authenticator without a network. */
    async device(name: string): Promise<Held> {
      const who = await at.resident(name);
      const held = await addDevice(at.house, await changing(who));
      return {
        who,
        way: `${held.id} code`,
        row: { table: 'authenticator_devices', column: 'secret_sealed', where: `id = '${held.id}'` },
        ...byTime(held.code),
      };
    },

    async token(name: string): Promise<Held> {
      const who = await at.resident(name);
      const serial = name.toUpperCase();
      const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(20)));
      const code = (steps: number) => hotp(secret, stepOf(at.house.clock.now(), 60) + steps);
      const file = [
        'upn,serial number,secret key,time interval,manufacturer,model',
        `,${serial},${base32(secret)},60,M,T`,
      ];
      const nobody = async () => undefined;
      const tokens = openTokens({ ...at.house.foundation, userNamed: nobody, tell: nobody });
      await tokens.import(file.join('\n'), undefined, office);
      const visitor = await adding(who, 'hardware-token');
      await visitor.send('/fill', { serial });
      await visitor.send('/answer', { code: code(0) });
      added(visitor);
      return {
        who,
        way: `${serial} code`,
        row: { table: 'hardware_tokens', column: 'secret_sealed', where: `serial = '${serial}'` },
        ...byTime(code),
      };
    },

    async passkey(name: string): Promise<Held> {
      const who = await at.resident(name);
      const visitor = await adding(who, 'passkey');
      await visitor.send('/fill');
      const origin = at.house.url;
      const key = softPasskey({ origin });
      await visitor.send('/answer', { credential: key.made(askedBy(visitor.page.html)) });
      added(visitor);
      const where = `user_id = '${who.id}'`;
      const { rows } = await query(at.house, `select id from passkeys where ${where}`);
      const forged = softPasskey({ origin, id: key.id, userHandle: key.userHandle });
      return {
        who,
        way: `${rows[0]?.id} key`,
        row: { table: 'passkeys', column: 'public_key_sealed', where },
        right: ({ html }) => ({ credential: key.used(askedBy(html)) }),
        wrong: (_, { html }) => ({ credential: forged.used(askedBy(html)) }),
      };
    },

    async paper(name: string): Promise<Held> {
      const who = await at.resident(name);
      const visitor = await changing(who, 'recovery-codes');
      await visitor.send('/recovery-codes');
      const [code = ''] = /4(?:-[0-9A-HJKMNP-TV-Z]{4}){4}/.exec(visitor.page.text) ?? [];
      await visitor.send('/saved');
      const where = `user_id = '${who.id}' and slot = 4`;
      const { rows } = await query(at.house, `select set_id from recovery_codes where ${where}`);
      return {
        who,
        way: `${rows[0]?.set_id} code`,
        row: { table: 'recovery_codes', column: 'hash_sealed', where },
        right: () => ({ code }),
        wrong: n => ({ code: `4-0000-0000-0000-${String(n).padStart(4, '0')}` }),
        path: '/account/security-info/recover',
      };
    },

    /** One that is good once. */
    async pass(name: string): Promise<Held> {
      const who = await at.resident(name);
      const made = await openPasses({ ...at.house.foundation, tell: async () => undefined }).make(
        { user: who.id },
        office,
      );
      assert.ok(made.made);
      const where = `user_id = '${who.id}'`;
      const { rows } = await query(at.house, `select id from temporary_access_passes where ${where}`);
      return {
        who,
        way: `${rows[0]?.id} pass`,
        row: { table: 'temporary_access_passes', column: 'hash', where },
        right: () => ({ code: made.pass }),
        wrong: n => ({ code: `0000${String(n).padStart(8, '0')}` }),
      };
    },
  };
}

export const asksFor = ({ page }: Visitor): boolean =>
  page.forms.some(({ action }) => action.endsWith('/answer'));

/** To the question for it. */
export async function question(at: Scene, held: Held, path = held.path): Promise<Visitor> {
  const visitor = at.house.visitor();
  await enter(visitor, held.who, path);
  await visitor.send('/ask', { way: held.way });
  assert.ok(asksFor(visitor), visitor.page.text);
  return visitor;
}

/** Answers it, and gets as far as it leads: into the account, or from paper to a new method. */
export async function passes(visitor: Visitor, held: Held): Promise<void> {
  await visitor.send('/answer', held.right(visitor.page));
  await arrive(visitor);
  if (held.path) assert.match(visitor.page.url, /\/registration\//);
  else await assertSignedIn(visitor);
}
