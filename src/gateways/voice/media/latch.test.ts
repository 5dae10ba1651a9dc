import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Endpoint, type Latch, openLatch } from './latch.ts';

const announced = { address: '192.0.2.1', port: 4000 };
const otherPort = { ...announced, port: 5000 };
const behindNat = { address: '198.51.100.7', port: 4000 };
const stranger = { address: '203.0.113.9', port: 4000 };

const say = (
  latch: Latch,
  from: Endpoint,
  packets: number,
  how: { genuine?: boolean; every?: number } = {},
) =>
  Array.from(
    { length: packets },
    (_, sequence) =>
      latch.judge(from, { ssrc: 1, sequence }, sequence * (how.every ?? 20), how.genuine ?? false)[0],
  ).join('');

describe('whom a call listens and talks to', () => {
  test('the announced address at once, and nobody else then', () => {
    const latch = openLatch(announced);
    assert.deepEqual(latch.target(), announced);
    assert.equal(say(latch, announced, 1), 'p');
    assert.equal(say(latch, otherPort, 20), 's'.repeat(20));
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
    assert.deepEqual(latch.target(), announced);
  });

  test('another port of that address after two packets in order', () => {
    const latch = openLatch(announced);
    assert.equal(say(latch, otherPort, 2), 'np');
    assert.deepEqual(latch.target(), otherPort);
  });

  test('another address after ten packets in order', () => {
    const latch = openLatch(announced);
    assert.equal(say(latch, behindNat, 10), 'nnnnnnnnnp');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
    assert.equal(latch.target().address, behindNat.address);
  });

  test('but not a burst of them: the phone itself comes first then', () => {
    const latch = openLatch(announced);
    assert.equal(say(latch, stranger, 50, { every: 1 }), 'n'.repeat(50));
    assert.equal(say(latch, announced, 1), 'p');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
  });

  test('the announced address overrules another one, and then stays', () => {
    const latch = openLatch(announced);
    say(latch, stranger, 10);
    assert.equal(say(latch, announced, 2), 'np');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
  });

  test('the same packet again and again is not in order', () => {
    const latch = openLatch(announced);
    for (let n = 0; n < 50; n++)
      assert.equal(latch.judge(behindNat, { ssrc: 1, sequence: 7 }, 20 * n, false), 'not-yet');
  });

  test('nor are sources that change', () => {
    const latch = openLatch(announced);
    for (let n = 0; n < 50; n++)
      assert.equal(latch.judge(behindNat, { ssrc: n, sequence: n }, 20 * n, false), 'not-yet');
  });

  test('what holds the key may come from anywhere, and may move', () => {
    const latch = openLatch(announced);
    assert.equal(say(latch, behindNat, 1, { genuine: true }), 'p');
    assert.equal(say(latch, otherPort, 1, { genuine: true }), 'p');
    assert.equal(latch.target().port, otherPort.port);
  });

  test('a crowd of strangers is not remembered without end', () => {
    const latch = openLatch(announced);
    const judged = Array.from({ length: 100 }, (_, i) =>
      latch.judge({ address: stranger.address, port: i }, { ssrc: 1, sequence: 1 }, 20 * i, false),
    );
    assert.equal(judged.filter(one => one === 'not-yet').length, 8);
  });
});
