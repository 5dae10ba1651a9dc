import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, mock, test } from 'node:test';
import { minutes, seconds } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import type { Storage } from '../storage/index.ts';
import { testStorage } from '../storage/testing.ts';
import type { Delivery } from './deliver.ts';
import type { PhoneNumber, Reports, VoiceGateway } from './gateway.ts';
import { vouchedEvery } from './live-calls.ts';
import type { CallSend } from './send.ts';
import { aCall, callsByHand, forgetSends, number, standingClock, testDelivery } from './testing.ts';

const mobile = (n: number): PhoneNumber => number(`+8190${20_000_000 + n * 10_000}`);
const desk = number('+81312345678');

/** Asked for, and nobody knows whether it was heard. */
function perhaps({ calls, ...gateway }: ReturnType<typeof callsByHand>): VoiceGateway {
  let reports: Reports | undefined;
  return {
    ...gateway,
    listen(to) {
      reports = to;
    },
    async call({ id }) {
      calls.set(id, state => reports?.call({ delivery: id }, state));
      return { taken: 'perhaps', reason: 'no answer in time' };
    },
  };
}

describe('one call', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  let clock = standingClock();
  let phones: ReturnType<typeof callsByHand>;
  let delivery: Delivery;
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    await forgetSends(storage);
    clock = standingClock();
    phones = callsByHand();
    delivery = testDelivery(storage, { voice: [phones] }, clock);
  });

  const place = async (changes: Partial<CallSend>, by = delivery) => {
    const call = aCall(changes);
    return { ...(await by.placeCall(call)), id: call.id, user: call.user };
  };
  const report = async (
    id: string,
    state: Parameters<NonNullable<ReturnType<typeof phones.calls.get>>>[0],
  ) => {
    phones.calls.get(id)?.(state);
    await delivery.settled();
  };

  test('that nobody waits for any more is hung up; what is pressed then is nothing, and its line is free at once', async () => {
    const { id } = await place({ to: mobile(1) });
    await report(id, 'answered');
    await delivery.hangUp(id);
    await report(id, 'confirmed');
    assert.equal(await delivery.outcome(id), 'withdrawn');
    assert.equal(await storage.change([delivery.verifying(id)]), false);
    assert.equal((await place({ to: mobile(1) })).sent, true);
  });

  test('that was confirmed before stays so when it is hung up', async () => {
    const { id } = await place({ to: mobile(1) });
    await report(id, 'confirmed');
    await delivery.hangUp(id);
    assert.equal(await delivery.outcome(id), 'confirmed');
  });

  test('that another node placed is nothing at once, and silent when that node looks', async () => {
    let silent = false;
    const ringing: VoiceGateway = {
      ...phones,
      async call(call, signal) {
        signal.addEventListener('abort', () => {
          silent = true;
        });
        return phones.call(call, signal);
      },
    };
    const other = testDelivery(storage, { voice: [ringing] }, clock);
    const { id } = await place({ to: mobile(1) }, other);
    await other.settled();
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const stop = other.watchCalls();
      await delivery.hangUp(id);
      assert.equal(await delivery.outcome(id), 'withdrawn');
      assert.equal(silent, false);
      mock.timers.tick(vouchedEvery);
      await other.settled();
      assert.equal(silent, true);
      stop();
    } finally {
      mock.timers.reset();
    }
    phones.calls.get(id)?.('confirmed');
    await other.settled();
    assert.equal(await delivery.outcome(id), 'withdrawn');
  });

  test('for one person at a time: their office phone does not ring beside their mobile, but those of two people do', async () => {
    const user: UserId = newId();
    const first = await place({ user, to: mobile(1) });
    assert.deepEqual(await delivery.placeCall(aCall({ user, to: desk })), {
      sent: false,
      refusal: { reason: 'too-many-sends', until: clock.now() + minutes(2) },
    });
    assert.equal((await place({ to: desk })).sent, true);
    await report(first.id, 'no-answer');
    assert.equal((await place({ user, to: mobile(2) })).sent, true);
  });

  test('whose process died leaves neither its number nor its person taken', async () => {
    const user: UserId = newId();
    const dead = await place({ user, to: mobile(1) });
    await delivery.settled();
    clock.move(seconds(15));
    const next = testDelivery(storage, { voice: [callsByHand()] }, clock);
    assert.equal((await place({ to: mobile(1) }, next)).sent, true, 'its number rings for somebody else');
    await report(dead.id, 'confirmed');
    assert.equal(await next.outcome(dead.id), 'failed', 'whoever lost the number has no more to say');
    assert.equal((await place({ user, to: mobile(2) }, next)).sent, true);
  });

  test('that may have gone out keeps its line for as long as it could ring', async () => {
    const unsure = testDelivery(storage, { voice: [perhaps(phones)] }, clock);
    const { id, sent } = await place({ to: mobile(1) }, unsure);
    assert.equal(sent, false);
    await unsure.settled();
    phones.calls.get(id)?.('confirmed');
    await unsure.settled();
    assert.equal(await delivery.outcome(id), 'refused');
    clock.move(seconds(30));
    assert.equal(await unsure.endCallsLeft('everybody'), 0);
    assert.equal((await place({ to: mobile(1) })).sent, false, 'it may ring still');
    clock.move(minutes(2));
    assert.equal((await place({ to: mobile(1) })).sent, true);
  });

  for (const [what, make] of [
    [
      'whose placing nobody answered',
      async () => {
        const unsure = testDelivery(storage, { voice: [perhaps(phones)] }, clock);
        const call = await place({ to: mobile(1) }, unsure);
        await unsure.settled();
        return { ...call, told: unsure };
      },
    ],
    [
      'that was given up for lost',
      async () => {
        const call = await place({ to: mobile(1) });
        await report(call.id, 'failed');
        return { ...call, told: delivery };
      },
    ],
    [
      'that was hung up',
      async () => {
        const call = await place({ to: mobile(1) });
        await delivery.settled();
        await delivery.hangUp(call.id);
        await delivery.settled();
        return { ...call, told: delivery };
      },
    ],
    ...(['no-key', 'hung-up'] as const).map(
      end =>
        [
          `of which another node was told before that it is over (${end})`,
          async () => {
            const call = await place({ to: mobile(1) });
            await report(call.id, end);
            return { ...call, told: delivery };
          },
        ] as const,
    ),
  ] as const)
    test(`${what} may be reported all the same: its 0# is heard`, async () => {
      const { id, user, told } = await make();
      phones.calls.get(id)?.('fraud');
      await told.settled();
      assert.equal(await delivery.outcome(id), 'fraud');
      assert.ok(await delivery.pauseOf(user));
      phones.calls.get(id)?.('fraud');
      await told.settled();
    });

  test('whose end is told while the database is away is written when it is back', async () => {
    let away = false;
    const shaky: Storage = {
      ...storage,
      tx: work => (away ? Promise.reject(new Error('the database is away')) : storage.tx(work)),
    };
    const told = testDelivery(shaky, { voice: [phones] }, clock);
    const { id, user } = await place({ to: mobile(1) }, told);
    await told.settled();
    away = true;
    phones.calls.get(id)?.('fraud');
    await new Promise(resolve => setTimeout(resolve, 300));
    assert.equal(await told.outcome(id), 'ringing');
    away = false;
    await told.settled();
    assert.equal(await told.outcome(id), 'fraud');
    assert.ok(await delivery.pauseOf(user));
  });

  test('to a mobile phone has no extension: it is one line and one budget, whatever was written behind it', async () => {
    assert.equal((await place({ to: mobile(1), extension: '1' })).sent, true);
    assert.equal((await place({ to: mobile(1), extension: '2' })).sent, false, 'it rings already');
    for (const extension of ['2', '3', '4']) {
      clock.move(minutes(3));
      await place({ to: mobile(1), extension });
    }
    assert.equal(phones.calls.size, 3, 'three an hour, as to any number');
  });

  test('to a switchboard is one of six in ten minutes, whatever the extension', async () => {
    let went = 0;
    for (let extension = 1; extension <= 8; extension++)
      if ((await place({ to: desk, extension: String(extension), address: `192.0.2.${extension}` })).sent)
        went++;
    assert.equal(went, 6);
    clock.move(minutes(10));
    assert.equal((await place({ to: desk, extension: '9' })).sent, true);
  });
});
