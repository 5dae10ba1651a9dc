import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneNumber } from '../gateway.ts';
import { driverDeps, never, openWebhooks } from '../http/testing.ts';
import { smstoolsText } from './smstools.ts';

const to = '+819012345678' as string as PhoneNumber;

test('a text is a whole file in the spool; where smsd puts it is what became of it, and then it is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan spool '));
  const at = (...path: string[]) => join(folder, ...path);
  for (const name of ['outgoing', 'sent', 'failed']) mkdirSync(at(name));
  const gateway = smstoolsText.open('modem', { folder, every: 50, queue: 'jp' }, driverDeps());
  const { reported } = await openWebhooks(gateway);
  for (const id of ['a', 'b', 'c'])
    assert.deepEqual(await gateway.send({ id, to, text: '確認コード\n123456' }, never), { taken: true });
  assert.equal(
    readFileSync(at('outgoing', 'genkan-modem-a'), 'utf8'),
    'To: 819012345678\nAlphabet: UTF-8\nQueue: jp\n\n確認コード\n123456',
  );
  renameSync(at('outgoing', 'genkan-modem-a'), at('sent', 'genkan-modem-a'));
  renameSync(at('outgoing', 'genkan-modem-b'), at('failed', 'genkan-modem-b'));
  const old = Date.now() / 1000 - 300;
  utimesSync(at('outgoing', 'genkan-modem-c'), old, old);
  for (let i = 0; i < 40 && reported.length < 3; i++) await pause(50);
  assert.deepEqual(reported, [
    { which: { delivery: 'a' }, state: 'accepted' },
    { which: { delivery: 'b' }, state: 'undelivered' },
    { which: { delivery: 'c' }, state: 'undelivered' },
  ]);
  for (const name of ['outgoing', 'sent', 'failed']) assert.deepEqual(readdirSync(at(name)), []);
  rmSync(folder, { recursive: true });
  assert.deepEqual(await gateway.send({ id: 'd', to, text: 'x' }, never), { taken: false, reason: 'ENOENT' });
  assert.equal(gateway.state().is, 'down');
  await gateway.close();
});
