import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { hours, minutes, seconds } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import { testStorage } from '../storage/testing.ts';
import { forgiveSends } from './door.ts';
import { callEnds } from './gateway.ts';
import { vouch } from './live-calls.ts';
import type { Sent } from './send.ts';
import {
  aCall,
  aText,
  callsByHand,
  forgetSends,
  named,
  number,
  refusingText,
  standingClock,
  takingText,
  testDelivery,
} from './testing.ts';

describe('delivery', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(() => forgetSends(storage));

  const untilOf = (sent: Sent): number | undefined =>
    !sent.sent && sent.refusal.reason === 'too-many-sends' ? sent.refusal.until : undefined;
  const events = async (kind: string) =>
    (await storage.db.selectFrom('audit_records').select('record').where('kind', '=', kind).execute()).map(
      row => row.record,
    );

  test('a text goes out once; a second send of the same name sends nothing and spends nothing', async () => {
    const peer = takingText();
    const delivery = testDelivery(storage, { text: [peer] }, standingClock());
    const text = aText();
    assert.deepEqual(await delivery.sendText(text), { sent: true, delivery: text.id });
    assert.deepEqual(await delivery.sendText(text), { sent: true, delivery: text.id });
    assert.equal(peer.taken.length, 1);
    const spent = await storage.db.selectFrom('send_budgets').select('times').execute();
    assert.ok(spent.every(row => row.times.length === 1));
  });

  test('of fifty texts at once to one number three go out, and the rest learn when the next may', async () => {
    const peer = takingText();
    const clock = standingClock();
    const delivery = testDelivery(storage, { text: [peer] }, clock);
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, i) => delivery.sendText(aText({ address: `2001:db8:${i}::1` }))),
    );
    assert.equal(peer.taken.length, 3);
    assert.equal(sent.filter(s => s.sent).length, 3);
    assert.ok(sent.filter(s => !s.sent).every(s => untilOf(s) === clock.now() + minutes(10)));
    clock.move(minutes(10) - 1);
    assert.equal((await delivery.sendText(aText())).sent, false);
    clock.move(1);
    assert.equal((await delivery.sendText(aText())).sent, true);
  });

  test('a refused send leaves every other budget as it was', async () => {
    const delivery = testDelivery(storage, { text: [takingText()] }, standingClock());
    for (let i = 0; i < 3; i++) await delivery.sendText(aText());
    const user = newId() as UserId;
    assert.equal((await delivery.sendText(aText({ user }))).sent, false);
    const own = await storage.db
      .selectFrom('send_budgets')
      .selectAll()
      .where('key', '=', `user ${user}`)
      .execute();
    assert.equal(own.length, 0);
  });

  test('a person, a network and a block of numbers have budgets of their own', async () => {
    const clock = standingClock();
    const delivery = testDelivery(storage, { text: [takingText()] }, clock);
    const go = async (count: number, make: (i: number) => Parameters<typeof aText>[0]) => {
      let went = 0;
      for (let i = 0; i < count; i++) if ((await delivery.sendText(aText(make(i)))).sent) went++;
      return went;
    };
    const user = newId() as UserId;
    const elsewhere = (i: number) => `198.51.100.${i}`;
    assert.equal(
      await go(8, i => ({ user, to: number(`+8190${10000000 + i * 10000}`), address: elsewhere(i) })),
      5,
    );
    assert.equal(
      await go(30, i => ({ to: number(`+8180${20000000 + i * 10000}`), address: `2001:db8::${i + 1}` })),
      25,
    );
    assert.equal(
      await go(30, i => ({
        to: number(`+8170${30000000 + i * 10000}`),
        address: '203.0.113.9',
        trustedNetwork: true,
      })),
      30,
    );
    assert.equal(
      await go(25, i => ({ to: number(`+8190777700${String(i).padStart(2, '0')}`), address: elsewhere(i) })),
      20,
    );
    // Whoever lives in a block that is used up has sent nothing too often: that is another refusal.
    const inBlock = aText({ to: number('+819077770099'), address: elsewhere(99) });
    const until = clock.now() + hours(1);
    assert.deepEqual(await delivery.sendText(inBlock), {
      sent: false,
      refusal: { reason: 'not-sent-there', until },
    });
    assert.deepEqual(await delivery.sendText({ ...inBlock, id: newId(), user }), {
      sent: false,
      refusal: { reason: 'too-many-sends', until },
    });
  });

  test('a block whose people use what they are sent stays open', async () => {
    const clock = standingClock();
    const delivery = testDelivery(storage, { text: [takingText()] }, clock);
    for (let i = 0; i < 40; i++) {
      const sent = await delivery.sendText(
        aText({ to: number(`+81908888${1000 + i}`), address: `192.0.2.${i}` }),
      );
      assert.ok(sent.sent, `${i}`);
      await storage.change([delivery.verifying(sent.delivery)]);
    }
  });

  test('a country where nobody uses what they are sent is paused for an hour, and one person cannot do that', async () => {
    const clock = standingClock();
    const delivery = testDelivery(storage, { text: [takingText()] }, clock);
    const alone = newId() as UserId;
    for (let i = 0; i < 60; i++)
      await delivery.sendText(
        aText({
          user: i < 12 ? alone : newId(),
          to: number(`+8190${10000000 + i * 10000}`),
          address: `192.0.2.${i}`,
        }),
      );
    clock.move(minutes(10) + 1);
    assert.equal(
      (await delivery.sendText(aText())).sent,
      true,
      'of them only forty-nine were different people',
    );
    for (let i = 0; i < 5; i++)
      await delivery.sendText(aText({ to: number(`+8170${10000000 + i * 10000}`), address: `192.0.3.${i}` }));
    const last = clock.now();
    clock.move(minutes(11));
    assert.deepEqual(await delivery.sendText(aText()), {
      sent: false,
      refusal: { reason: 'not-sent-there', until: last + hours(1) },
    });
    clock.move(hours(1));
    assert.equal((await delivery.sendText(aText())).sent, true);
  });

  test('notices, which nobody answers, pause no country', async () => {
    const clock = standingClock();
    const delivery = testDelivery(storage, { text: [takingText()] }, clock);
    for (let i = 0; i < 60; i++)
      await delivery.sendNotice(
        aText({ to: number(`+8190${10000000 + i * 10000}`), address: `192.0.2.${i}` }),
      );
    clock.move(minutes(10) + 1);
    assert.equal((await delivery.sendText(aText())).sent, true);
  });

  test('what may not be reached is not, whoever asks: other countries, fixed lines by text, premium numbers', async () => {
    const delivery = testDelivery(storage, { text: [takingText()], voice: [callsByHand()] }, standingClock());
    for (const to of ['+442079460018', '+81312345678', '+81990123456', '+81570012345'])
      assert.deepEqual(await delivery.sendText(aText({ to: number(to) })), {
        sent: false,
        refusal: { reason: 'not-allowed' },
      });
    assert.equal((await delivery.placeCall(aCall({ to: number('+81312345678') }))).sent, true);
  });

  test('the next gateway is asked when one refuses', async () => {
    const second = takingText('second');
    const delivery = testDelivery(storage, { text: [refusingText('down'), second] }, standingClock());
    const text = aText();
    assert.equal((await delivery.sendText(text)).sent, true);
    await delivery.settled();
    assert.equal(await delivery.outcome(text.id), 'accepted');
    assert.equal(second.taken.length, 1);
  });

  test('when no gateway takes it, the person learns so and the budget is given back', async () => {
    const delivery = testDelivery(storage, { text: [refusingText('down')] }, standingClock());
    for (let i = 0; i < 6; i++)
      assert.deepEqual(await delivery.sendText(aText()), {
        sent: false,
        refusal: { reason: 'gateway-down' },
      });
  });

  test('one live call for a number; the line is free again when it ends, or by itself', async () => {
    const phones = callsByHand();
    const clock = standingClock();
    const delivery = testDelivery(storage, { voice: [phones] }, clock);
    const calls = Array.from({ length: 10 }, () => aCall());
    const placed = await Promise.all(calls.map(call => delivery.placeCall(call)));
    assert.equal(placed.filter(p => p.sent).length, 1);
    assert.ok(placed.filter(p => !p.sent).every(p => untilOf(p) === clock.now() + minutes(2)));
    const [id = '', report] = [...phones.calls][0] ?? [];
    report?.('busy');
    await delivery.settled();
    assert.equal(await delivery.outcome(id), 'busy');
    const next = aCall();
    assert.equal((await delivery.placeCall(next)).sent, true);
    await delivery.settled();
    clock.move(minutes(2) + 1);
    assert.equal(await delivery.outcome(next.id), 'failed', 'its process died');
    assert.equal((await delivery.placeCall(aCall())).sent, true);
  });

  test('an extension has a line of its own behind the same switchboard', async () => {
    const delivery = testDelivery(storage, { voice: [callsByHand()] }, standingClock());
    const to = number('+81312345678');
    assert.equal((await delivery.placeCall(aCall({ to, extension: '123' }))).sent, true);
    assert.equal((await delivery.placeCall(aCall({ to, extension: '124' }))).sent, true);
    assert.equal((await delivery.placeCall(aCall({ to, extension: '123' }))).sent, false);
  });

  test('a receipt is believed by the name that the gateway gave, by whichever process it reaches', async () => {
    const peer = takingText();
    const other = takingText();
    const sending = testDelivery(
      storage,
      { text: [{ ...peer, send: named(peer, 'ref-1') }] },
      standingClock(),
    );
    const receiving = testDelivery(storage, { text: [other] }, standingClock());
    const text = aText();
    await sending.sendText(text);
    await sending.settled();
    const receive = (reference: string) => other.reports().text({ gateway: 'peer', reference }, 'delivered');
    receive('ref-2');
    assert.equal(await sending.outcome(text.id), 'accepted');
    receive('ref-1');
    receive('ref-1');
    await receiving.settled();
    assert.equal(await sending.outcome(text.id), 'delivered');
  });

  test('reports that are late, doubled or out of order change nothing', async () => {
    const phones = callsByHand();
    const delivery = testDelivery(storage, { voice: [phones] }, standingClock());
    const call = aCall();
    await delivery.placeCall(call);
    const report = phones.calls.get(call.id);
    for (const state of [
      'answered',
      'ringing',
      'confirmed',
      'confirmed',
      'fraud',
      'hung-up',
      'ringing',
    ] as const) {
      report?.(state);
      await delivery.settled();
    }
    assert.equal(await delivery.outcome(call.id), 'confirmed');
    assert.equal((await events('delivery.outcome')).filter(e => e.includes(call.id)).length, 1);
  });

  test('every end of a call is written down as what it was, once', async () => {
    const phones = callsByHand();
    const delivery = testDelivery(storage, { voice: [phones] }, standingClock());
    for (const [n, end] of callEnds.entries()) {
      const call = aCall({ to: number(`+8190${10000000 + n * 10000}`), address: `192.0.2.${n}` });
      await delivery.placeCall(call);
      for (const state of ['answered', end, end] as const) phones.calls.get(call.id)?.(state);
      await delivery.settled();
      assert.equal(await delivery.outcome(call.id), end);
      const told = (await events('delivery.outcome')).filter(event => event.includes(call.id));
      assert.equal(told.length, 1, end);
      assert.ok(told[0]?.includes(`"outcome":"${end}"`), told[0]);
    }
  });

  test('a confirmed call is accepted once, an unconfirmed one never, a text once', async () => {
    const phones = callsByHand();
    const delivery = testDelivery(storage, { voice: [phones], text: [takingText()] }, standingClock());
    const call = aCall();
    await delivery.placeCall(call);
    assert.equal(await storage.change([delivery.verifying(call.id)]), false);
    phones.calls.get(call.id)?.('confirmed');
    await delivery.settled();
    const text = aText();
    await delivery.sendText(text);
    for (const id of [call.id, text.id]) {
      const won = await Promise.all(
        Array.from({ length: 20 }, () => storage.change([delivery.verifying(id)])),
      );
      assert.equal(won.filter(Boolean).length, 1);
    }
  });

  test('what a person has spent is forgiven by the office', async () => {
    const delivery = testDelivery(storage, { text: [takingText()] }, standingClock());
    const user = newId() as UserId;
    const sent = async (n: number) => {
      const to = number(`+8190${10000000 + n * 10000}`);
      return (await delivery.sendText(aText({ user, to, address: `192.0.2.${n}` }))).sent;
    };
    for (let n = 0; n < 5; n++) assert.equal(await sent(n), true);
    assert.equal(await sent(6), false);
    await storage.tx(tx => forgiveSends(tx, user));
    assert.equal(await sent(7), true);
  });

  test('closing hangs up, and the calls of a process that died are ended at once by the only server that starts', async () => {
    const clock = standingClock();
    const delivery = testDelivery(storage, { voice: [callsByHand()] }, clock);
    const call = aCall();
    await delivery.placeCall(call);
    await delivery.settled();
    const next = testDelivery(storage, { voice: [callsByHand()] }, clock);
    assert.equal(await next.endCallsLeft('the-dead'), 0, 'who knows whether it died');
    assert.equal(await next.endCallsLeft('everybody'), 1);
    assert.equal(await next.outcome(call.id), 'failed');
    const other = aCall();
    await next.placeCall(other);
    assert.equal(await next.endCallsLeft('everybody'), 0, 'its own calls live');
    await next.close();
    assert.equal(await next.outcome(other.id), 'failed');
  });

  test('of two nodes one dies in mid-call: its numbers are free within 15 seconds, its calls are told as failed, and those of the other and of a provider go on', async () => {
    const clock = standingClock();
    const to = (n: number) => ({ to: number(`+8190${20000000 + n * 10000}`) });
    const [dying, living] = [callsByHand(), callsByHand()];
    const provider = { ...callsByHand(), outlivesUs: true } as const;
    const dead = testDelivery(storage, { voice: [dying] }, clock);
    const node = testDelivery(storage, { voice: [living] }, clock);
    const [left, kept, outside] = [aCall(to(1)), aCall(to(2)), aCall(to(3))];
    await dead.placeCall(left);
    await node.placeCall(kept);
    const elsewhere = testDelivery(storage, { voice: [provider] }, clock);
    await elsewhere.placeCall(outside);
    for (const one of [dead, node, elsewhere]) await one.settled();

    clock.move(seconds(14));
    await vouch(storage.db, [kept.id], clock.now());
    assert.equal((await node.placeCall(aCall(to(1)))).sent, false, 'it may live');
    assert.equal(await node.endCallsLeft('the-dead'), 0);
    clock.move(seconds(1));
    assert.equal(await node.endCallsLeft('the-dead'), 1);
    assert.equal(await node.outcome(left.id), 'failed');
    assert.ok((await events('delivery.outcome')).some(e => e.includes(left.id) && e.includes('failed')));
    assert.equal((await node.placeCall(aCall(to(1)))).sent, true);
    dying.calls.get(left.id)?.('confirmed');
    await dead.settled();
    assert.equal(await node.outcome(left.id), 'failed', 'whoever was only slow comes too late');

    assert.equal(await elsewhere.outcome(kept.id), 'ringing', 'its process says that it lives');
    living.calls.get(kept.id)?.('confirmed');
    await node.settled();
    assert.equal(await node.outcome(kept.id), 'confirmed');
    assert.equal(
      (await node.placeCall(aCall(to(3)))).sent,
      false,
      'the line of a call at a provider is taken',
    );
    assert.equal(await elsewhere.outcome(outside.id), 'ringing');
    assert.equal(await node.endCallsLeft('everybody'), 0, 'and no start of ours ends it');
  });

  test('no row and no log line has a number or a text in it', async () => {
    const dump = JSON.stringify([
      await storage.db.selectFrom('send_budgets').selectAll().execute(),
      await storage.db.selectFrom('deliveries').selectAll().execute(),
      await storage.db.selectFrom('audit_records').select('record').execute(),
    ]);
    assert.ok(dump.includes('+81 XX-XXXX-XX78'));
    for (const secret of ['9012345678', '090-1234', 'こんにちは']) assert.ok(!dump.includes(secret), secret);
  });
});
