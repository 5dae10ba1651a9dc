import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPressing } from './pressing.ts';

test('a key that comes both ways within a moment is one press', () => {
  let now = 0;
  for (const [first, second] of [
    ['tone', 'info'],
    ['info', 'event'],
    ['event', 'info'],
  ] as const) {
    const pressing = openPressing({ keys: 'number', number: '44' }, () => now);
    for (const key of ['4', '4', '#'] as const) {
      pressing.press(key, first);
      now += 300;
      pressing.press(key, second);
      now += 1000;
    }
    assert.equal(pressing.press('#', first), 'confirmed', `${first}, then ${second}`);
  }
});

test('where keys are told by INFO, what sounds like one in the voice is none from then on', () => {
  let now = 0;
  const pressing = openPressing({ keys: 'number', number: '42' }, () => now);
  pressing.press('4', 'info');
  now += 5000;
  assert.equal(pressing.press('#', 'tone'), 'listening', 'somebody talks');
  pressing.press('2', 'info');
  assert.equal(pressing.press('#', 'info'), 'confirmed');
});

test('where nothing is told by INFO, tones are keys', () => {
  const pressing = openPressing({ keys: '#' }, () => 0);
  assert.equal(pressing.press('#', 'tone'), 'confirmed');
});
