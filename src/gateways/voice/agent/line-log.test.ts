import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seconds } from '../../../kit/clock.ts';
import type { GatewayState } from '../../gateway.ts';
import { movableTime } from '../sip/testing.ts';
import { openLineLog } from './line-log.ts';

const up: GatewayState = { is: 'up' };
const down = (because: string): GatewayState => ({ is: 'down', because });

function opened() {
  const time = movableTime();
  const lines: string[] = [];
  const log = openLineLog((level, message, { because = '' } = {}) => {
    lines.push(`${level} ${message} ${because}`.trim());
  }, time);
  return { time, lines, log };
}

test('a line says once that it is down, with its reason, and once that it is back', () => {
  const { lines, log } = opened();
  for (const state of [
    { is: 'starting' } as const,
    up,
    up,
    down('503'),
    down('503'),
    down('timeout'),
    up,
    up,
  ])
    log.is(state);
  assert.deepEqual(lines, [
    'warn the line is down 503',
    'warn the line is down timeout',
    'info the line is up again',
  ]);
});

test('a line that is down from the start says so', () => {
  const { lines, log } = opened();
  log.is(down('no connection'));
  assert.deepEqual(lines, ['warn the line is down no connection']);
});

test('a line that comes and goes every second says so once a minute, and how it stands when it is over', async () => {
  const { time, lines, log } = opened();
  for (let second = 0; second < 118; second += 2) {
    log.is(down('503'));
    await time.move(seconds(1));
    log.is(up);
    await time.move(seconds(1));
  }
  assert.equal(lines.length, 4, lines.join('\n'));
  log.is(down('503'));
  assert.equal(lines.length, 4);
  await time.move(seconds(2));
  assert.deepEqual(lines.slice(4), ['warn the line is down 503']);
  log.close();
});

test('after a minute of quiet the next change is said at once', async () => {
  const { time, lines, log } = opened();
  log.is(down('503'));
  log.is(up);
  await time.move(seconds(60));
  log.is(down('503'));
  assert.equal(lines.length, 3);
});

test('a line that was let go says nothing more', async () => {
  const { time, lines, log } = opened();
  log.is(down('503'));
  log.is(up);
  log.is(down('503'));
  log.close();
  await time.move(seconds(120));
  assert.equal(lines.length, 2);
});
