import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seconds } from '../kit/clock.ts';
import { parseAddress } from './address.ts';
import { openAllowance } from './allowance.ts';

function given(most?: number) {
  let now = 1_000_000;
  const clock = {
    now: () => now,
    move(by: number) {
      now += by;
    },
  };
  const allowance = openAllowance({
    clock,
    atOnce: 5,
    every: seconds(10),
    ...(most === undefined ? {} : { most }),
  });
  const tries = (count: number, from: (i: number) => string): number => {
    let went = 0;
    for (let i = 0; i < count; i++) {
      const address = parseAddress(from(i));
      if (allowance.heldUntil(address) !== undefined) continue;
      allowance.count(address);
      went += 1;
    }
    return went;
  };
  return { clock, allowance, tries };
}

test('a network may do so much at once, then one more each time, and learns when', () => {
  const { clock, allowance, tries } = given();
  const home = () => '203.0.113.7';
  assert.equal(tries(20, home), 5);
  assert.equal(allowance.heldUntil(parseAddress(home())), clock.now() + seconds(10));
  assert.equal(
    tries(1, () => '203.0.113.8'),
    1,
    'a neighbour is not held',
  );
  clock.move(seconds(10) - 1);
  assert.equal(tries(1, home), 0);
  clock.move(1);
  assert.equal(tries(20, home), 1);
  clock.move(seconds(1_000));
  assert.equal(tries(20, home), 5, 'what was not used is not saved up');
  allowance.giveBack(parseAddress(home()));
  assert.equal(tries(20, home), 1, 'what was given back may be taken again');
});

test('in IPv6 a household counts as one, however many addresses it has; a site may do ten times as much', () => {
  const { tries } = given();
  assert.equal(
    tries(50, i => `2001:db8:1:1::${i.toString(16)}`),
    5,
  );
  assert.equal(
    tries(200, i => `2001:db8:2:${i.toString(16)}::1`),
    15,
    'one /56, walked through by its /64',
  );
  assert.equal(
    tries(3_000, i => `2001:db8:3:${(i * 16).toString(16)}::1`),
    50,
    'one /48',
  );
});

test('whoever has no address is one network, and memory has an end', () => {
  const { allowance, tries } = given(100);
  for (let i = 0; i < 5; i++) allowance.count(undefined);
  assert.ok(allowance.heldUntil(undefined));
  tries(1_000, i => `198.51.${100 + (i >> 8)}.${i & 255}`);
  assert.equal(allowance.heldUntil(undefined), undefined, 'forgotten, as the one unheard of for the longest');
});

test('a clock that is put back by an hour holds nobody for an hour', () => {
  const { clock, tries } = given();
  const home = () => '203.0.113.7';
  assert.equal(tries(3, home), 3);
  clock.move(-seconds(3_600));
  assert.equal(tries(20, home), 2, 'what was used before still counts, and no more than that');
  clock.move(seconds(10));
  assert.equal(tries(20, home), 1);
});
