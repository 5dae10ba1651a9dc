// Which way stands first: the strongest that somebody has, or what they set as their default; and never one alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTokens } from '../../src/methods/hardware-token/index.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { askedBy, softPasskey } from '../../src/methods/passkey/testing.ts';
import { openPasses } from '../../src/methods/temporary-access-pass/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import { enter, type Resident, scene, signInByText } from '../attacks/scene.ts';
import { addDevice } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';

const at = scene();
const w = wordsFor('ja');
const office = { is: 'office', name: 'counter' } as const;
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** The ways of this page in their order, as buttons are called. */
const shown = ({ page }: Visitor): readonly string[] =>
  [...page.html.matchAll(/name="way" value="([^"]*)"/g)].map(([, way = '']) => way);

/** Somebody who has one of everything; and their ways, from the strongest to the weakest. */
async function wellEquipped(name: string): Promise<{ who: Resident; strongest: readonly string[] }> {
  const { house } = at;
  const { foundation } = house;
  const who = await at.resident(name, { app: true });
  const visitor = house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'passkey passkey' });
  await visitor.send('/fill');
  const key = softPasskey({ origin: house.url });
  await visitor.send('/answer', { credential: key.made(askedBy(visitor.page.html)) });
  assert.ok(visitor.page.text.includes(w.passkey.added));

  const serial = `77${who.phone.number.slice(-7)}`;
  const file = `upn,serial number,secret key,time interval,manufacturer,model\n,${serial},${secret},60,M,T`;
  await openTokens({ ...foundation, userNamed: async () => undefined, tell: async () => undefined }).import(
    file,
    undefined,
    office,
  );
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'hardware-token hardware-token' });
  await visitor.send('/fill', { serial });
  const code = hotp(Buffer.from('12345678901234567890'), stepOf(house.clock.now(), 60));
  await visitor.send('/answer', { code });
  assert.ok(visitor.page.text.includes(w.token.added), visitor.page.text.slice(0, 300));

  const device = await addDevice(house, visitor);

  await openPasses({ ...foundation, tell: async () => undefined }).make({ user: who.id }, office);
  const { db } = foundation.storage;
  const passkey = await db.selectFrom('passkeys').select('id').where('user_id', '=', who.id).execute();
  const pass = await db
    .selectFrom('temporary_access_passes')
    .select('id')
    .where('user_id', '=', who.id)
    .execute();
  const strongest = [
    `${pass[0]?.id} pass`,
    `${passkey[0]?.id} key`,
    `${device.id} push`,
    `${device.id} code`,
    `${serial} code`,
    `${who.app?.credential} code`,
    'mobile text',
    'mobile call',
  ];
  return { who, strongest };
}

test('the strongest stands first: pass, passkey, push, code, phone', async () => {
  const { who, strongest } = await wellEquipped('Akira');
  const visitor = at.house.visitor();
  await enter(visitor, who);
  const ways = shown(visitor);
  assert.deepEqual(
    ways.map(way => strongest.indexOf(way)),
    strongest.map((_, place) => place),
    ways.join(', '),
  );
});

test('from every question, every other way is one press away', async () => {
  const { who, strongest } = await wellEquipped('Botan');
  const visitor = at.house.visitor();
  await enter(visitor, who);
  for (const way of strongest) {
    await visitor.send('/ask', { way });
    assert.ok(visitor.page.text.includes(w.signIn.anotherWay), `${way}: ${visitor.page.text.slice(0, 300)}`);
    await visitor.send('/elsewhere');
    assert.deepEqual(shown(visitor), strongest, way);
  }
});

test("a person's default stands first, unless the organisation wants the strongest", async () => {
  const { who, strongest } = await wellEquipped('Chiyo');
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info');
  await visitor.send('/default', { credential: who.app?.credential ?? '' });
  const first = async (): Promise<string | undefined> => {
    const another = at.house.visitor();
    await enter(another, who);
    assert.equal(shown(another).length, strongest.length);
    return shown(another)[0];
  };
  assert.equal(await first(), `${who.app?.credential} code`);
  await at.house.given.setting('securityInfo', { askedFirst: 'strongest' });
  assert.equal(await first(), strongest[0]);
  await at.house.given.setting('securityInfo', { askedFirst: 'default' });
  assert.equal(await first(), `${who.app?.credential} code`);
});
