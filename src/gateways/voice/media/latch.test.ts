import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Endpoint, type Latch, openLatch } from './latch.ts';

const announced = { address: '192.0.2.1', port: 4000 };
const otherPort = { ...announced, port: 5000 };
const behindNat = { address: '198.51.100.7', port: 4000 };
const stranger = { address: '203.0.113.9', port: 4000 };
/** what a phone says of itself that stands behind address translation */
const athome = { address: '192.168.1.20', port: 4000 };

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

  test('nobody at another address, however long they speak while the phone is silent', () => {
    const latch = openLatch(announced);
    assert.equal(say(latch, stranger, 200), 's'.repeat(200));
    assert.deepEqual(latch.target(), announced);
    assert.equal(say(latch, announced, 1), 'p');
  });

  test('but another address after ten packets in order where a phone behind address translation was announced', () => {
    const latch = openLatch(athome);
    assert.equal(say(latch, behindNat, 10), 'nnnnnnnnnp');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
    assert.equal(latch.target().address, behindNat.address);
  });

  test('and where the line is said to have voice from elsewhere', () => {
    const latch = openLatch(announced, 'anywhere');
    assert.equal(say(latch, behindNat, 10), 'nnnnnnnnnp');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
  });

  test('but not a burst of them: the phone itself comes first then', () => {
    const latch = openLatch(announced, 'anywhere');
    assert.equal(say(latch, stranger, 50, { every: 1 }), 'n'.repeat(50));
    assert.equal(say(latch, announced, 1), 'p');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
  });

  test('the announced address overrules another one, and then stays', () => {
    const latch = openLatch(announced, 'anywhere');
    say(latch, stranger, 10);
    assert.equal(say(latch, announced, 2), 'np');
    assert.equal(say(latch, stranger, 20), 's'.repeat(20));
  });

  test('the same packet again and again is not in order', () => {
    const latch = openLatch(athome);
    for (let n = 0; n < 50; n++)
      assert.equal(latch.judge(behindNat, { ssrc: 1, sequence: 7 }, 20 * n, false), 'not-yet');
  });

  test('nor are sources that change', () => {
    const latch = openLatch(athome);
    for (let n = 0; n < 50; n++)
      assert.equal(latch.judge(behindNat, { ssrc: n, sequence: n }, 20 * n, false), 'not-yet');
  });

  test('what holds the key may come from anywhere, and may move', () => {
    const latch = openLatch(announced);
    assert.equal(say(latch, behindNat, 1, { genuine: true }), 'p');
    assert.equal(say(latch, otherPort, 1, { genuine: true }), 'p');
    assert.equal(latch.target().port, otherPort.port);
  });

  test('a crowd of strangers is forgotten, and does not keep the phone out', () => {
    const latch = openLatch(athome);
    let at = 0;
    const crowd = (): void => {
      for (let port = 1; port <= 100; port++)
        latch.judge({ address: stranger.address, port }, { ssrc: 1, sequence: 1 }, at, false);
    };
    crowd();
    const judged = Array.from({ length: 10 }, (_, sequence) => {
      at += 20;
      const is = latch.judge(behindNat, { ssrc: 1, sequence }, at, false)[0];
      // It has said two packets by now, and whoever comes and goes has said one.
      if (sequence > 0) crowd();
      return is;
    });
    assert.equal(judged.join(''), 'nnnnnnnnnp');
  });
});
