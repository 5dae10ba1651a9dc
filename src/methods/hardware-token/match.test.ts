import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hotp } from '../otp.ts';
import { type Device, match, matchTwo, wasUsed } from './match.ts';

const secret = Buffer.from('12345678901234567890');
const press: Device = {
  secret,
  moves: 'press',
  algorithm: 'sha1',
  digits: 6,
  period: 30,
  last: -1,
  drift: 0,
};
const time: Device = { ...press, moves: 'time', period: 60 };
const now = 1_000_000 * 60_000;

test('a button: the next ten presses, none before, and none beyond (RFC 4226 §7.4)', () => {
  assert.equal(match(press, '755224', now)?.at, 0);
  const at = { ...press, last: 100 };
  for (const [counter, good] of [
    [99, false],
    [100, false],
    [101, true],
    [110, true],
    [111, false],
  ] as const)
    assert.equal(match(at, hotp(secret, counter), now)?.at, good ? counter : undefined, `${counter}`);
  assert.ok(wasUsed(at, hotp(secret, 100), now));
  assert.ok(wasUsed({ ...press, last: 3 }, hotp(secret, 0), now));
  assert.ok(!wasUsed(at, hotp(secret, 200), now));
});

test('a clock: one step early or late, with what was learned of it', () => {
  for (const [offset, good] of [
    [-2, false],
    [-1, true],
    [1, true],
    [2, false],
  ] as const)
    assert.equal(match(time, hotp(secret, 1_000_000 + offset), now) !== undefined, good, `${offset}`);
  assert.equal(match({ ...time, drift: 7 }, hotp(secret, 1_000_008), now)?.at, 1_000_008);
  assert.equal(match({ ...time, last: 1_000_000 }, hotp(secret, 1_000_000), now), undefined);
});

test('two codes in a row find it within 1,000 presses or 20 steps, and nothing else does', () => {
  const two = (device: Device, a: number, b: number) =>
    matchTwo(device, [hotp(secret, a), hotp(secret, b)], now);
  assert.deepEqual(two(press, 999, 1000), { at: 1000, drift: 0 });
  assert.equal(two(press, 1000, 1001), undefined);
  assert.equal(two(press, 5, 7), undefined);
  assert.equal(two({ ...press, last: 6 }, 5, 6), undefined);
  assert.deepEqual(two(time, 1_000_019, 1_000_020), { at: 1_000_020, drift: 20 });
  assert.deepEqual(two(time, 999_980, 999_981), { at: 999_981, drift: -19 });
  assert.equal(two(time, 1_000_021, 1_000_022), undefined);
});
