import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Storage } from '../storage/index.ts';
import { testStorage } from '../storage/testing.ts';
import { aText, callsByHand, number, standingClock, testDelivery } from './testing.ts';

let storage: Awaited<ReturnType<typeof testStorage>>;
before(async () => {
  storage = await testStorage();
});
after(() => storage.close());

for (const [n, said] of (['confirmed', 'fraud'] as const).entries())
  test(`"${said}" is not overtaken by the end of its call, though its connection to the database is slow`, async () => {
    let isSlow = false;
    const tx: Storage['tx'] = async work => {
      if (isSlow) {
        isSlow = false;
        await pause(300);
      }
      return storage.tx(work);
    };
    const calls = callsByHand();
    const delivery = testDelivery({ ...storage, tx }, { voice: [calls] }, standingClock());
    const { text: _text, ...send } = aText({ to: number(`+8190${20 + n}345678`), address: `192.0.2.${n}` });
    const sent = await delivery.placeCall({ ...send, expect: { keys: '#' } });
    assert.ok(sent.sent, JSON.stringify(sent));
    const report = calls.calls.get(sent.delivery);
    assert.ok(report);
    report('answered');
    await delivery.settled();
    isSlow = true;
    report(said);
    report('no-key');
    await delivery.settled();
    assert.equal(await delivery.outcome(sent.delivery), said);
  });
