import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { minutes, seconds } from '../kit/clock.ts';
import { backOff, enqueue, type Handler, openOutbox } from './outbox.ts';
import { testStorage } from './testing.ts';

describe('the outbox', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    await storage.db.deleteFrom('outbox').execute();
  });

  let now = 1_000_000;
  const clock = { now: () => now };
  const put = (payload: unknown) =>
    storage.tx(tx => enqueue(tx, storage.sealer, { kind: 'mail', payload, now }));
  const boxOf = (mail: Handler, errors: Error[] = []) =>
    openOutbox({ storage, clock, handlers: { mail }, onError: error => errors.push(error) });

  test('a message of a transaction that was undone is not sent', async () => {
    await assert.rejects(
      storage.tx(async tx => {
        await enqueue(tx, storage.sealer, { kind: 'mail', payload: 1, now });
        throw new Error('changed my mind');
      }),
    );
    assert.equal(await boxOf(async () => undefined).run(), 0);
  });

  test('twenty messages, four nodes at once: each is handled once', async () => {
    for (let i = 0; i < 20; i++) await put(i);
    const seen: unknown[] = [];
    const boxes = Array.from({ length: 4 }, () => boxOf(async ({ payload }) => void seen.push(payload)));
    await Promise.all(boxes.map(box => box.run()));
    await Promise.all(boxes.map(box => box.run()));
    assert.deepEqual(
      seen.toSorted((a, b) => Number(a) - Number(b)),
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  test('what failed is tried again later, by the same name, and given up after two days', async () => {
    const id = await put('hello');
    const errors: Error[] = [];
    const seen: string[] = [];
    const box = boxOf(async message => {
      seen.push(message.id);
      throw new Error('down');
    }, errors);
    await box.run();
    assert.equal(await box.run(), 0, 'not at once');
    const began = now;
    for (let i = 1; i < 40; i++) {
      now += backOff(i);
      await box.run();
      if ((await storage.db.selectFrom('outbox').select('id').execute()).length === 0) break;
    }
    assert.equal(seen.length, 12);
    assert.ok(seen.every(s => s === id));
    assert.equal(errors.length, 12);
    assert.ok(now - began > minutes(60 * 24));
  });

  test('a message whose node died is taken by another after a minute', async () => {
    await put('hello');
    await storage.db
      .updateTable('outbox')
      .set({ locked_until: now + minutes(1), attempts: 1 })
      .execute();
    const seen: unknown[] = [];
    const box = boxOf(async ({ payload }) => void seen.push(payload));
    now += minutes(1) - seconds(1);
    assert.equal(await box.run(), 0);
    now += seconds(1);
    assert.equal(await box.run(), 1);
    assert.deepEqual(seen, ['hello']);
  });

  test('the database does not know what a message says', async () => {
    await put('a secret greeting');
    const dump = JSON.stringify(await storage.db.selectFrom('outbox').selectAll().execute());
    assert.ok(!Buffer.from(dump).includes('greeting'));
  });

  test('a running outbox sends by itself and stops when asked', async () => {
    await put('hello');
    const seen: unknown[] = [];
    const running = boxOf(async ({ payload }) => void seen.push(payload)).start();
    while (seen.length === 0) await new Promise(resolve => setTimeout(resolve, 10));
    await running.stop();
  });
});
