import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallScript } from '../gateway.ts';
import { type Heard, pressed, pressesIn } from './keys.ts';

const pound: CallScript['expect'] = { keys: '#' };
const number: CallScript['expect'] = { keys: 'number', number: '42' };

const table: [string, CallScript['expect'], Heard][] = [
  ['', pound, 'listening'],
  ['#', pound, 'confirmed'],
  ['*', pound, 'listening'],
  ['*#', pound, 'confirmed'],
  ['**#', pound, 'confirmed'],
  ['#*', pound, 'confirmed'],
  ['##', pound, 'confirmed'],
  ['0', pound, 'listening'],
  ['0#', pound, 'fraud'],
  ['*0#', pound, 'fraud'],
  ['0*#', pound, 'fraud'],
  ['1', pound, 'listening'],
  ['1#', pound, 'wrong-key'],
  ['00#', pound, 'wrong-key'],
  ['1234567890123', pound, 'wrong-key'],
  ['#', number, 'wrong-key'],
  ['42', number, 'listening'],
  ['42#', number, 'confirmed'],
  ['*42#', number, 'confirmed'],
  ['4*2#', number, 'confirmed'],
  ['24#', number, 'wrong-key'],
  ['24#42#', number, 'wrong-key'],
  ['0#', number, 'fraud'],
];

test('what the keys of a call amount to', () => {
  for (const [keys, expect, heard] of table)
    assert.equal(pressed(pressesIn(keys) ?? [], expect), heard, `${keys} where ${expect.keys} is asked for`);
});

test('only keys of a telephone are keys', () => {
  assert.deepEqual(pressesIn('*0 #'), ['*', '0', '#']);
  for (const text of ['A', '12x', '＃']) assert.equal(pressesIn(text), undefined);
});
