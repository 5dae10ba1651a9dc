import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Delivery, PhoneNumber } from '../../gateways/index.ts';
import { callsByHand, standingClock, testDelivery } from '../../gateways/testing.ts';
import { newId, type UserId } from '../../kit/ids.ts';
import { testStorage } from '../../storage/testing.ts';
import { addPhone, openPhone } from './index.ts';
import { contextAt, settings } from './testing.ts';

let storage: Awaited<ReturnType<typeof testStorage>>;
before(async () => {
  storage = await testStorage();
});
after(() => storage.close());

test('a call that is reported while its page asks is told as reported, with how long nothing is sent', async () => {
  const clock = standingClock();
  const calls = callsByHand();
  const delivery = testDelivery(storage, { voice: [calls] }, clock);
  /** Between how the call stands and what is known of its person, 0 and # are pressed. */
  const hurried: Delivery = {
    ...delivery,
    async stands(id) {
      const stands = await delivery.stands(id);
      calls.calls.get(id)?.('fraud');
      await delivery.settled();
      return stands;
    },
  };
  const phone = openPhone({ storage, delivery: hurried, settings: () => settings });
  const user = newId<'user'>() as UserId;
  const number = '+819012345678' as PhoneNumber;
  await storage.tx(tx =>
    addPhone(tx, storage.sealer, { user, kind: 'mobile', number, way: 'call', createdAt: clock.now() }),
  );
  const context = contextAt(clock)(user);
  const [credential] = await phone.credentials(user);
  assert.ok(credential);
  const begun = await phone.begin(credential, 'call', context, undefined);
  assert.ok(begun.begun && begun.challenge.way === 'call', JSON.stringify(begun));
  calls.calls.get(begun.challenge.delivery)?.('answered');
  await delivery.settled();
  const verdict = await phone.verify(begun.challenge, { code: '' }, context);
  assert.ok(verdict.verdict === 'refused', JSON.stringify(verdict));
  assert.equal(verdict.refusal.reason, 'fraud');
  assert.ok('pausedUntil' in verdict.refusal && verdict.refusal.pausedUntil !== undefined);
});
