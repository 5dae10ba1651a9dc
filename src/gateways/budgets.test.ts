import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { days, hours, type Instant, minutes } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import { testStorage } from '../storage/testing.ts';
import type { Delivery } from './deliver.ts';
import type { Sent } from './send.ts';
import {
  aCall,
  aText,
  callsByHand,
  forgetSends,
  number,
  standingClock,
  takingText,
  testDelivery,
} from './testing.ts';

describe('whoever asks again as soon as they were told to is sent', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  let clock: ReturnType<typeof standingClock>;
  let delivery: Delivery;
  let phones: ReturnType<typeof callsByHand>;
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    await forgetSends(storage);
    clock = standingClock();
    phones = callsByHand();
    delivery = testDelivery(storage, { text: [takingText()], voice: [phones] }, clock);
  });

  /** How many went out at which time since the first, until so many have. */
  async function asked(count: number, send: (n: number) => Promise<Sent>): Promise<Map<Instant, number>> {
    const began = clock.now();
    const went = new Map<Instant, number>();
    for (let n = 0; n < count; ) {
      const sent = await send(n);
      const now = clock.now();
      if (sent.sent) {
        went.set(now - began, (went.get(now - began) ?? 0) + 1);
        n += 1;
      } else {
        const until = 'until' in sent.refusal ? Number(sent.refusal.until) : 0;
        assert.ok(until > now, JSON.stringify(sent.refusal));
        clock.move(until - now);
      }
    }
    return went;
  }

  const someNumber = (n: number) => number(`+8190${10_000_000 + n * 10_000}`);
  const somewhere = (n: number): string => `198.51.${n >> 8}.${n & 255}`;

  test('five texts in ten minutes and fifteen a day, whatever the numbers', async () => {
    const user = newId() as UserId;
    const went = await asked(16, n =>
      delivery.sendText(aText({ user, to: someNumber(n), address: somewhere(n) })),
    );
    assert.deepEqual(
      [...went],
      [
        [0, 5],
        [minutes(10), 5],
        [minutes(20), 5],
        [days(1), 1],
      ],
    );
  });

  test('three calls an hour and six a day to one number, whoever has it rung', async () => {
    const went = await asked(7, async n => {
      const call = aCall({ address: somewhere(n) });
      const sent = await delivery.placeCall(call);
      phones.calls.get(call.id)?.('hung-up');
      await delivery.settled();
      return sent;
    });
    assert.deepEqual(
      [...went],
      [
        [0, 3],
        [hours(1), 3],
        [days(1), 1],
      ],
    );
  });

  test('three texts in ten minutes, six an hour and ten a day to one number', async () => {
    const went = await asked(11, n => delivery.sendText(aText({ address: somewhere(n) })));
    assert.deepEqual(
      [...went],
      [
        [0, 3],
        [minutes(10), 3],
        [hours(1), 3],
        [minutes(70), 1],
        [days(1), 1],
      ],
    );
  });

  test('twenty an hour and fifty a day to ten thousand neighbouring numbers', async () => {
    const went = await asked(51, async n => {
      const sent = await delivery.sendText(
        aText({ to: number(`+8190777${70_000 + n}`), address: somewhere(n) }),
      );
      // So few that the block is no dormitory, and enough that the country is not paused.
      if (sent.sent && n % 5 < 2) assert.ok(await storage.change([delivery.verifying(sent.delivery)]));
      return sent;
    });
    assert.deepEqual(
      [...went],
      [
        [0, 20],
        [hours(1), 20],
        [hours(2), 10],
        [days(1), 1],
      ],
    );
  });

  for (const [where, trustedNetwork, most] of [
    ['an address', false, 25],
    ['the campus behind one address', true, 500],
  ] as const)
    test(`${most} in five minutes from ${where}`, async () => {
      const went = await asked(most + 1, n =>
        delivery.sendText(aText({ to: someNumber(n), address: '203.0.113.9', trustedNetwork })),
      );
      assert.deepEqual(
        [...went],
        [
          [0, most],
          [minutes(5), 1],
        ],
      );
    });
});
