import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { days, minutes } from '../../src/kit/clock.ts';
import { openTokens } from '../../src/methods/hardware-token/index.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { askedBy, softPasskey } from '../../src/methods/passkey/testing.ts';
import {
  carryOutEntra,
  checkFromOutside,
  findTenant,
  listEntraKeys,
  planEntra,
  readinessOf,
  rotateEntraKeys,
} from '../../src/protocols/external-mfa/index.ts';
import { arrive, entraFor, goBack, tenantOf } from '../cast/entra.ts';
import { type House, openHouse, password } from '../cast/house.ts';
import { telephone } from '../cast/telephone.ts';
import { movesOn, untilPage } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import type { Entra, EntraTenant } from './entra/entra.ts';

let house: House;
let entra: Entra;
let tenant: EntraTenant;

before(async () => {
  house = await openHouse();
  entra = await entraFor(house);
  tenant = await tenantOf(house, entra);
});
after(async () => {
  await entra.close();
  await house.close();
});

test('what Entra reads of us has all that its documentation asks for', async () => {
  const { faults, keys } = await entra.look();
  assert.deepEqual(faults, []);
  assert.equal(keys.length, 1);
});

test('our own check from outside finds what Entra finds, and that this house has no https', async () => {
  const checks = await checkFromOutside(house.url, fetch);
  assert.deepEqual(
    checks.filter(({ holds }) => !holds).map(({ name }) => name),
    ['https'],
  );
});

test('a text proves it, and Entra finds nothing wrong with the answer', async () => {
  const { loginName } = await house.given.user('Hanako', { phone: '+819044440001' });
  const user = entra.user(tenant, loginName);
  const visitor = house.visitor();
  await arrive(visitor, entra, user);
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await telephone(house, '+819044440001').code() });
  await goBack(visitor);
  assert.match(visitor.page.text, /Microsoft 365: hanako@keyaki.example/);
  const judged = entra.judged.at(-1);
  assert.deepEqual(judged?.faults, []);
  assert.deepEqual(judged?.claims.amr, ['sms']);
  assert.equal(judged?.claims.acr, 'possessionorinherence');

  await visitor.open('/account');
  assert.match(visitor.page.url, /\/sign-in\//, 'a proof for Microsoft is no session of ours');
});

/** To the list of what can be added, past the phone that somebody has already. */
async function toTheList(loginName: string, number: string): Promise<Visitor> {
  const visitor = house.visitor();
  await visitor.open('/account/security-info/add');
  await visitor.send('/identify', { account: loginName });
  await visitor.send('/password', { password });
  await visitor.send('/stay', { stay: 'no' });
  await visitor.moveOn();
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await telephone(house, number).code() });
  await visitor.moveOn();
  return visitor;
}

test('a passkey proves it, and Entra hears of a key that is held and of a person who was looked at', async () => {
  const { id, loginName } = await house.given.user('Kiku', { phone: '+819044440005' });
  const setUp = await toTheList(loginName, '+819044440005');
  await setUp.send('/choose', { adding: 'passkey passkey' });
  await setUp.send('/fill');
  const key = softPasskey({ origin: house.url });
  await setUp.send('/answer', { credential: key.made(askedBy(setUp.page.html)) });
  const { db } = house.foundation.storage;
  const held = await db
    .selectFrom('passkeys')
    .select('id')
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow();

  const visitor = house.visitor();
  await arrive(visitor, entra, entra.user(tenant, loginName));
  await visitor.send('/ask', { way: `${held.id} key` });
  await visitor.send('/answer', { credential: key.used(askedBy(visitor.page.html)) });
  await goBack(visitor);
  const judged = entra.judged.at(-1);
  assert.deepEqual(judged?.faults, []);
  assert.deepEqual(judged?.claims.amr, ['hwk']);
  assert.equal(judged?.claims.acr, 'possessionorinherence');
});

test('a hardware token proves it, once, and another try with its code does not', async () => {
  const { loginName } = await house.given.user('Take', { phone: '+819044440006' });
  const file =
    'upn,serial number,secret key,time interval,manufacturer,model\n,6400001,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,60,M,T';
  const deps = { ...house.foundation, userNamed: async () => undefined, tell: async () => undefined };
  await openTokens(deps).import(file, undefined, { is: 'office', name: 'counter' });
  const code = () => hotp(Buffer.from('12345678901234567890'), stepOf(house.clock.now(), 60));
  const setUp = await toTheList(loginName, '+819044440006');
  await setUp.send('/choose', { adding: 'hardware-token hardware-token' });
  await setUp.send('/fill', { serial: '6400001' });
  const first = code();
  await setUp.send('/answer', { code: first });

  const visitor = house.visitor();
  await arrive(visitor, entra, entra.user(tenant, loginName));
  await visitor.send('/ask', { way: '6400001 code' });
  await visitor.send('/answer', { code: first });
  assert.ok(visitor.page.html.includes('name="code"'), 'the code that registered it proves nothing more');
  house.clock.pass(minutes(1));
  await visitor.send('/answer', { code: code() });
  await goBack(visitor);
  const judged = entra.judged.at(-1);
  assert.deepEqual(judged?.faults, []);
  assert.deepEqual(judged?.claims.amr, ['otp']);
});

test('keys change while people sign in, and not one of them fails', async () => {
  const { storage, audit, clock } = house.foundation;
  const people = await Promise.all(
    Array.from({ length: 4 }, async (_, i) => {
      const number = `+81904445${String(i).padStart(4, '0')}`;
      const { loginName } = await house.given.user(`Rotation${i}`, { phone: number });
      return { user: entra.user(tenant, loginName), phone: telephone(house, number) };
    }),
  );
  const begin = async ({ user, phone }: (typeof people)[number]) => {
    const visitor = house.visitor();
    await arrive(visitor, entra, user);
    await visitor.send('/ask', { way: 'mobile text' });
    const code = await phone.code();
    return async () => {
      await visitor.send('/answer', { code });
      await goBack(visitor);
      assert.deepEqual(entra.judged.at(-1)?.faults, [], visitor.page.text);
    };
  };
  const [first, second, third, fourth] = people;
  assert.ok(first && second && third && fourth);
  const before = await begin(first);
  await rotateEntraKeys({ storage, audit, clock }, { now: false }, { is: 'system' });
  await before();

  // Entra keeps what it saw: for the whole of two days it must not meet the new key.
  house.clock.pass(days(2) - minutes(5));
  await (await begin(second))();
  const seen = await entra.look();
  assert.deepEqual(seen.faults, []);
  assert.equal(seen.keys.length, 2, 'the new key stands beside the old one');

  const across = await begin(third);
  house.clock.pass(minutes(4));
  await across();
  house.clock.pass(minutes(2));
  await (await begin(fourth))();
  const [newest] = await listEntraKeys(storage.db);
  assert.ok(newest && newest.activeFrom <= house.clock.now());
});

test('Entra signs with a new key, and its next hint is believed at once', async () => {
  const { loginName } = await house.given.user('Jiro', { phone: '+819044440002' });
  const user = entra.user(tenant, loginName);
  const read = entra.keysRead;
  await entra.rotate();
  house.clock.pass(minutes(2));
  await arrive(house.visitor(), entra, user);
  assert.equal(entra.keysRead, read + 1);
  await arrive(house.visitor(), entra, user);
  assert.equal(entra.keysRead, read + 1, 'known keys are not read again');
});

test('a phone that came along from Microsoft is called, and its first use verifies it', async () => {
  const user = entra.user(tenant, 'moved@keyaki.example', 'Moved');
  const entries = [
    { id: user.oid, userPrincipalName: user.upn, displayName: user.name, accountEnabled: true },
    { userId: user.oid, phoneType: 'mobile', phoneNumber: '+81 9044440003' },
    {
      id: user.oid,
      methodsRegistered: ['mobilePhone'],
      userPreferredMethodForSecondaryAuthentication: 'voiceMobile',
    },
  ].map((record, i) => ({ file: 'graph.json', line: i + 1, record }));
  const { storage, audit, clock } = house.foundation;
  const plan = planEntra(entries, { defaultCountry: 'JP', allowedCountries: ['JP'], voip: 'refused' });
  assert.deepEqual(plan.troubles, []);
  const there = await findTenant(storage.db, tenant.id);
  assert.ok(there);
  const actor = { is: 'office', name: 'test' } as const;
  await carryOutEntra({ storage, audit, clock }, plan, {
    tenant: there,
    actor,
    phonesAgain: false,
    onProgress: () => undefined,
  });
  const todo = async () =>
    (await readinessOf(storage.db, tenant.id)).find(one => one.loginName === user.upn)?.todo;
  assert.equal(await todo(), 'comes-along');

  const visitor = house.visitor();
  await arrive(visitor, entra, { ...user, upn: 'renamed@keyaki.example' });
  await visitor.send('/ask', { way: 'mobile call' });
  const phone = telephone(house, '+819044440003');
  await phone.answer();
  await phone.press('#');
  await untilPage(visitor, movesOn);
  await goBack(visitor);
  assert.deepEqual(entra.judged.at(-1)?.faults, []);
  assert.deepEqual(entra.judged.at(-1)?.claims.amr, ['tel']);
  assert.equal(await todo(), 'ready');
});
