import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { CallScript, Delivery, VoiceGateway } from '../../gateways/index.ts';
import { callsByHand, number, standingClock, testDelivery } from '../../gateways/testing.ts';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import { testStorage } from '../../storage/testing.ts';
import { importPhones, openPhone, type PhoneKind, type PhoneMethod } from './index.ts';
import { contextAt, settings } from './testing.ts';

let storage: Awaited<ReturnType<typeof testStorage>>;
let delivery: Delivery;
let phone: PhoneMethod;
let dialled: { to: string; extension: CallScript['extension'] }[];
let hand: ReturnType<typeof callsByHand>;
const clock = standingClock();
before(async () => {
  storage = await testStorage();
});
after(() => storage.close());
beforeEach(async () => {
  for (const table of ['send_budgets', 'deliveries', 'live_calls'] as const)
    await storage.db.deleteFrom(table).execute();
  dialled = [];
  hand = callsByHand();
  const gateway: VoiceGateway = {
    ...hand,
    async call(call, signal) {
      dialled.push({ to: call.to, extension: call.script.extension });
      return hand.call(call, signal);
    },
  };
  delivery = testDelivery(storage, { voice: [gateway] }, clock, { settings: () => settings });
  phone = openPhone({ storage, delivery, settings: () => settings });
});

const contextOf = contextAt(clock);

const bring = (user: UserId, to: string, extension?: string, kind: PhoneKind = 'office') =>
  storage.tx(tx =>
    importPhones(
      tx,
      storage.sealer,
      [{ user, kind, way: 'call', number: number(to), ...(extension ? { extension } : {}) }],
      { from: 'entra', now: clock.now() },
    ),
  );

/** Has this person called, and hangs up; what was dialled. */
async function called(user: UserId) {
  const [credential] = await phone.credentials(user);
  assert.ok(credential);
  const begun = await phone.begin(credential, 'call', contextOf(user), undefined);
  assert.ok(begun.begun, JSON.stringify(begun));
  hand.calls.get(begun.challenge.delivery)?.('hung-up');
  await delivery.settled();
  return dialled.at(-1);
}

async function register(user: UserId, fields: Record<string, string>): Promise<void> {
  const context = contextOf(user);
  const way = phone.registration;
  const read = await way.read(fields, 'office', undefined, context);
  assert.ok(read.ok, JSON.stringify(read));
  const begun = await way.begin(read.draft, context, undefined);
  assert.ok(begun.begun, JSON.stringify(begun));
  hand.calls.get(begun.challenge.delivery)?.('confirmed');
  await delivery.settled();
  const prepared = await way.prepare(read.draft, context);
  assert.ok(prepared.added, JSON.stringify(prepared));
  await storage.tx(tx => way.add(tx, read.draft, prepared.credential, context));
}

test('the extension goes with its number: a phone that is changed to one without is called without', async () => {
  const changed = newId() as UserId;
  await register(changed, { number: '03-1234-5678', extension: '12' });
  assert.deepEqual(await called(changed), { to: '+81312345678', extension: '12' });
  await storage.tx(tx => phone.remove(tx, 'office' as CredentialId, changed));
  await register(changed, { number: '03-1234-5679', extension: '' });
  assert.deepEqual(await called(changed), { to: '+81312345679', extension: undefined });

  const broughtAgain = newId() as UserId;
  await bring(broughtAgain, '+81312345670', '34');
  assert.deepEqual(await called(broughtAgain), { to: '+81312345670', extension: '34' });
  await bring(broughtAgain, '+81312345670');
  assert.deepEqual(await called(broughtAgain), { to: '+81312345670', extension: undefined });
});

test('nothing is dialled into the ear of whoever answers a mobile phone, whatever was written behind its number', async () => {
  const brought = newId() as UserId;
  await bring(brought, '+819012340001', '12');
  assert.deepEqual(await called(brought), { to: '+819012340001', extension: undefined });
  // Where a number may be either, as in North America, it may be a switchboard.
  const abroad = newId() as UserId;
  await bring(abroad, '+12025550123', '12');
  assert.deepEqual(await called(abroad), { to: '+12025550123', extension: '12' });
});
