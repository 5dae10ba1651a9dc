import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt } from './failover.ts';
import type { Taken } from './gateway.ts';

const refused: Taken = { taken: false, reason: 'refused' };
const told = (first: (signal: AbortSignal) => Promise<Taken>) => {
  const asked: string[] = [];
  const answer = attempt([{ id: 'first' }, { id: 'second' }], 100, async ({ id }, signal) => {
    asked.push(id);
    return id === 'first' ? first(signal) : { taken: true, reference: 'r' };
  });
  return answer.then(attempted => ({ attempted, asked }));
};

test('the next gateway is asked when one refuses, and when one could not be reached in time', async () => {
  const unreachable = (signal: AbortSignal) =>
    new Promise<Taken>(resolve => {
      signal.addEventListener('abort', () => resolve({ taken: false, reason: 'not connected' }));
    });
  for (const first of [async () => refused, unreachable])
    assert.deepEqual(await told(first), {
      attempted: { taken: true, gateway: 'second', reference: 'r' },
      asked: ['first', 'second'],
    });
});

test('what a gateway may have sent is not sent by the next: asked and not answered, no last word, a surprise', async () => {
  for (const [first, reason] of [
    [async (): Promise<Taken> => ({ taken: 'perhaps', reason: 'no answer' }), 'first: no answer'],
    [() => new Promise<never>(() => undefined), 'first: no answer in time'],
    [() => Promise.reject(new TypeError('a surprise')), 'first: TypeError'],
  ] as const)
    assert.deepEqual(await told(first), {
      attempted: { taken: false, reasons: [reason], perhaps: 'first' },
      asked: ['first'],
    });
});

test('when none takes it, every reason is told', async () => {
  assert.deepEqual(await attempt([{ id: 'a' }, { id: 'b' }], 100, async () => refused), {
    taken: false,
    reasons: ['a: refused', 'b: refused'],
  });
});
