import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneNumber, TextOutcome, Which } from '../../gateway.ts';
import { openReceipts } from './receipts.ts';

const taro = '+819012345678' as string as PhoneNumber;
const hana = '+819087654321' as string as PhoneNumber;

function scene() {
  const told: string[] = [];
  const receipts = openReceipts('centre', (which: Which, outcome: TextOutcome) => {
    told.push(`${'delivery' in which ? which.delivery : `?${which.reference}`} ${outcome}`);
  });
  const sent = (delivery: string, to: PhoneNumber, ...ids: readonly string[]): void => {
    const expected = receipts.expect({ delivery, to, parts: ids.length });
    for (const id of ids) expected.part(id);
  };
  const came = (
    messageId: string,
    from: string,
    state: 'delivered' | 'undeliverable' | 'enroute' | 'unknown',
  ) => receipts.came({ messageId, state }, from);
  return { told, receipts, sent, came };
}

test('an id is found as text, whatever its zeros and capitals', () => {
  const { told, sent, came } = scene();
  sent('a', taro, '00Ab-1');
  came('ab-1', '819012345678', 'delivered');
  assert.deepEqual(told, ['a delivered']);
});

test('an id that was given in hexadecimal is found in decimal, and the other way about', () => {
  const hexadecimal = scene();
  hexadecimal.sent('a', taro, '1C8');
  hexadecimal.came('0000000456', '09012345678', 'undeliverable');
  assert.deepEqual(hexadecimal.told, ['a undelivered']);
  // What another process sent is then asked for as this centre names it.
  hexadecimal.came('255', '819012345678', 'delivered');
  assert.equal(hexadecimal.told[1], '?ff delivered');

  const decimal = scene();
  decimal.sent('a', taro, '456');
  decimal.came('1c8', '819012345678', 'delivered');
  assert.deepEqual(decimal.told, ['a delivered']);
});

test('what only happens to be the same number is not mistaken for it', () => {
  const { told, sent, came } = scene();
  sent('a', taro, '16');
  sent('b', hana, '10');
  // 0x10 is 16, but 10 it says, and it went to the other phone
  came('10', '819087654321', 'delivered');
  came('22', '819087654321', 'delivered');
  assert.deepEqual(told, ['b delivered', '?22 delivered']);
});

test('a receipt that overtakes its answer is kept for it', () => {
  const { told, sent, came } = scene();
  came('77', '819012345678', 'delivered');
  sent('a', taro, '77');
  sent('b', taro, '78', '79');
  came('78', '819012345678', 'delivered');
  assert.deepEqual(told, ['?77 delivered', 'a delivered']);
  came('79', '819012345678', 'enroute');
  came('79', '819012345678', 'unknown');
  assert.deepEqual(told.at(-1), 'b unknown');
  came('79', '819012345678', 'delivered');
  assert.deepEqual(told.at(-1), 'b delivered');
});

test('memory has its limits: the oldest are asked for by their names', () => {
  const { told, sent, came } = scene();
  for (let n = 0; n < 20_050; n++) sent(`d${n}`, taro, `x${n}`);
  came('x5', '819012345678', 'delivered');
  came('x20049', '819012345678', 'delivered');
  assert.deepEqual(told, ['?x5 delivered', 'd20049 delivered']);
});
