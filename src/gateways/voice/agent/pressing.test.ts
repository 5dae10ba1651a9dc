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
  let now = 0;
  const pressing = openPressing({ keys: '#' }, () => now);
  now = 1000;
  assert.equal(pressing.press('#', 'tone'), 'confirmed');
});

test('a # within the first second of the question is a greeting, unless a zero is before it; the next one counts', () => {
  let now = 0;
  const greeted = openPressing({ keys: '#' }, () => now);
  now = 900;
  assert.equal(greeted.press('*', 'event'), 'listening');
  assert.equal(greeted.press('#', 'event'), 'listening');
  now = 1300;
  assert.equal(greeted.press('#', 'info'), 'listening', 'the same one, told both ways');
  now = 2500;
  assert.equal(greeted.press('#', 'event'), 'confirmed');

  now = 0;
  const reporting = openPressing({ keys: '#' }, () => now);
  now = 200;
  reporting.press('0', 'event');
  assert.equal(reporting.press('#', 'event'), 'fraud', 'nobody has to wait with that');
});
