// Whoever can write into the database and has no key of ours puts what is theirs into the row of somebody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTokens } from '../../src/methods/hardware-token/index.ts';
import { base32, hotp, stepOf } from '../../src/methods/otp.ts';
import { addDevice } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  query,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

const at = scene();

/** What somebody holds: where its secret lies, and what answers a question for it at this moment. */
interface Held {
  readonly who: Resident;
  readonly way: string;
  readonly row: { readonly table: string; readonly column: string; readonly where: string };
  right(): string;
  /** where they are asked for it; a code on paper is asked for in a place of its own */
  readonly path?: string;
}

async function app(name: string): Promise<Held> {
  const who = await at.resident(name, { app: true });
  return {
    who,
    way: `${who.app?.credential} code`,
    row: { table: 'totp_credentials', column: 'secret_sealed', where: `user_id = '${who.id}'` },
    right: () => who.app?.code() ?? '',
  };
}

async function device(name: string): Promise<Held> {
  const who = await at.resident(name);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  const held = await addDevice(at.house, visitor);
  return {
    who,
    way: `${held.id} code`,
    row: { table: 'authenticator_devices', column: 'secret_sealed', where: `id = '${held.id}'` },
    right: () => held.code(),
  };
}

async function token(name: string): Promise<Held> {
  const who = await at.resident(name);
  const serial = name.toUpperCase();
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(20)));
  const right = () => hotp(secret, stepOf(at.house.clock.now(), 60));
  const file = [
    'upn,serial number,secret key,time interval,manufacturer,model',
    `,${serial},${base32(secret)},60,M,T`,
  ];
  const tokens = openTokens({
    ...at.house.foundation,
    userNamed: async () => undefined,
    tell: async () => undefined,
  });
  await tokens.import(file.join('\n'), undefined, { is: 'office', name: 'test' });
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'hardware-token hardware-token' });
  await visitor.send('/fill', { serial });
  await visitor.send('/answer', { code: right() });
  assert.ok(visitor.page.text.includes('追加されました'), visitor.page.text);
  return {
    who,
    way: `${serial} code`,
    row: { table: 'hardware_tokens', column: 'secret_sealed', where: `serial = '${serial}'` },
    right,
  };
}

async function paper(name: string): Promise<Held> {
  const who = await at.resident(name);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/recovery-codes');
  await visitor.send('/recovery-codes');
  const [code = ''] = /4(?:-[0-9A-HJKMNP-TV-Z]{4}){4}/.exec(visitor.page.text) ?? [];
  await visitor.send('/saved');
  const where = `user_id = '${who.id}' and slot = 4`;
  const { rows } = await query(at.house, `select set_id from recovery_codes where ${where}`);
  return {
    who,
    way: `${rows[0]?.set_id} code`,
    row: { table: 'recovery_codes', column: 'hash_sealed', where },
    right: () => code,
    path: '/account/security-info/recover',
  };
}

async function sealedIn({ row }: Held): Promise<string> {
  const { rows } = await query(
    at.house,
    `select encode(${row.column}, 'hex') as hex from ${row.table} where ${row.where}`,
  );
  assert.equal(rows.length, 1);
  return String(rows[0]?.hex);
}

const put = ({ row }: Held, hex: string) =>
  query(at.house, `update ${row.table} set ${row.column} = decode('${hex}', 'hex') where ${row.where}`);

async function question(held: Held): Promise<Visitor> {
  const visitor = at.house.visitor();
  await enter(visitor, held.who, held.path);
  await visitor.send('/ask', { way: held.way });
  assert.ok(
    visitor.page.forms.some(({ action }) => action.endsWith('/answer')),
    visitor.page.text,
  );
  return visitor;
}

/** Gets as far as their proof leads. */
async function passes(visitor: Visitor, held: Held): Promise<void> {
  await visitor.send('/answer', { code: held.right() });
  await arrive(visitor);
  if (held.path) assert.match(visitor.page.url, /\/registration\//);
  else await assertSignedIn(visitor);
}

for (const [what, give] of Object.entries({ app, device, token, paper }))
  test(`the secret of one ${what}, put into the row of another, opens nothing there`, async () => {
    const [victim, thief] = [await give(`Victim-${what}`), await give(`Thief-${what}`)];
    // What was used while it was registered is used up.
    at.house.clock.pass(121_000);
    const visitor = await question(victim);
    const asked = visitor.page.url;
    const kept = await sealedIn(victim);
    await put(victim, await sealedIn(thief));
    await visitor.send('/answer', { code: thief.right() });
    assert.equal(visitor.page.status, 500, visitor.page.text);
    await assertNotSignedIn(visitor);
    const anew = at.house.visitor();
    await enter(anew, victim.who, victim.path);
    assert.equal(anew.page.status, 500, anew.page.text);
    await assertNotSignedIn(anew);

    await put(victim, kept);
    await visitor.open(asked);
    await passes(visitor, victim);
    // And what was brought was no wrong answer where it belongs.
    await passes(await question(thief), thief);
  });
