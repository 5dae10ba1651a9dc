import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../kit/testing.ts';
import type { PhoneNumber, Which } from '../gateway.ts';
import { driverDeps, never, openWebhooks } from '../http/testing.ts';
import { smstoolsText } from './smstools.ts';

const to = '+819012345678' as string as PhoneNumber;
const byName = (one: { which: Which }, other: { which: Which }): number =>
  JSON.stringify(one.which) < JSON.stringify(other.which) ? -1 : 1;

test('a text is a whole file in the spool; where smsd puts it is what became of it, and then it is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan spool '));
  const at = (...path: string[]) => join(folder, ...path);
  for (const name of ['outgoing', 'sent', 'failed']) mkdirSync(at(name));
  const gateway = smstoolsText.open('modem', { folder, every: 50, queue: 'jp' }, driverDeps());
  const { reported } = await openWebhooks(gateway);
  for (const id of ['a', 'b', 'c'])
    assert.deepEqual(await gateway.send({ id, to, text: '確認コード\n123456' }, never), { taken: true });
  assert.equal(
    readFileSync(at('outgoing', 'genkan-modem_a'), 'utf8'),
    'To: 819012345678\nAlphabet: UTF-8\nQueue: jp\n\n確認コード\n123456',
  );
  renameSync(at('outgoing', 'genkan-modem_a'), at('sent', 'genkan-modem_a'));
  renameSync(at('outgoing', 'genkan-modem_b'), at('failed', 'genkan-modem_b'));
  const old = Date.now() / 1000 - 300;
  utimesSync(at('outgoing', 'genkan-modem_c'), old, old);
  await until(() => reported.length === 3);
  // In whichever order the folders were looked at.
  assert.deepEqual(reported.toSorted(byName), [
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

test('of two modems in one spool each takes what is its own, whatever their names begin with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan spool '));
  for (const name of ['outgoing', 'sent', 'failed']) mkdirSync(join(folder, name));
  const open = async (id: string) => {
    const gateway = smstoolsText.open(id, { folder, every: 50 }, driverDeps());
    return { gateway, ...(await openWebhooks(gateway)) };
  };
  const [first, second] = [await open('modem'), await open('modem-2')];
  assert.deepEqual(await second.gateway.send({ id: 'a', to, text: 'x' }, never), { taken: true });
  const [file = ''] = readdirSync(join(folder, 'outgoing'));
  await second.gateway.close();
  renameSync(join(folder, 'outgoing', file), join(folder, 'failed', file));
  await pause(300);
  assert.deepEqual(readdirSync(join(folder, 'failed')), [file]);
  assert.deepEqual(first.reported, []);
  await first.gateway.close();
  rmSync(folder, { recursive: true });
});

test('a report is about the text of its number to its person, whichever process sent it; all else in the folder stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan spool '));
  const at = (...path: string[]) => join(folder, ...path);
  for (const name of ['outgoing', 'sent', 'failed', 'report']) mkdirSync(at(name));
  const open = () => smstoolsText.open('modem', { folder, every: 50, reports: at('report') }, driverDeps());
  /** Beside the folders that are looked at, so that nobody reads half a file. */
  const writeWhole = (path: string, text: string): void => {
    writeFileSync(at('part'), text);
    renameSync(at('part'), path);
  };
  const smsdSends = (id: string, message: number) => {
    const name = `genkan-modem_${id}`;
    const [headers = '', text = ''] = readFileSync(at('outgoing', name), 'utf8').split('\n\n');
    assert.match(headers, /^Report: yes$/m);
    writeWhole(
      at('sent', name),
      `${headers}\nModem: GSM1\nSent: 26-04-06 10:00:00\nMessage_id: ${message}\n\n${text}`,
    );
    rmSync(at('outgoing', name));
  };
  const reports = (name: string, from: string, message: number, status: string) =>
    writeWhole(
      at('report', name),
      `From: ${from}\nSent: 26-04-06 10:00:01\nSubject: GSM1\n\nSMS STATUS REPORT\nMessage_id: ${message}\nStatus: ${status}\n`,
    );
  const first = open();
  const { reported } = await openWebhooks(first);
  const arrives = async (count: number) => {
    await until(
      () => reported.length === count,
      () => reported,
    );
    return reported.at(-1);
  };
  for (const [id, message] of [
    ['a', 254],
    ['b', 255],
  ] as const) {
    await first.send({ id, to, text: '123456' }, never);
    smsdSends(id, message);
  }
  await arrives(2);
  reports('other-number', '819000000000', 254, '0,Ok,short message received by the SME');
  reports('other-message', '819012345678', 7, '0,Ok,short message received by the SME');
  writeWhole(at('report', 'reply'), 'From: 819012345678\n\nMessage_id: 254\nStatus: 0\n');
  reports('trying', '819012345678', 254, '33,Still trying,SME busy');
  await until(() => !readdirSync(at('report')).includes('trying'));
  await pause(300);
  assert.equal(reported.length, 2);
  assert.deepEqual(readdirSync(at('report')).sort(), ['other-message', 'other-number', 'reply']);
  reports('delivered', '+819012345678', 254, '0,Ok,short message received by the SME');
  assert.deepEqual(await arrives(3), { which: { delivery: 'a' }, state: 'delivered' });
  reports('again', '819012345678', 254, '0,Ok,short message received by the SME');
  await first.close();

  const second = open();
  const later = await openWebhooks(second);
  reports('failed', '819012345678', 255, '70,Failed,SM validity period expired');
  await until(() => later.reported.length > 0);
  assert.deepEqual(later.reported, [{ which: { delivery: 'b' }, state: 'undelivered' }]);
  assert.deepEqual(readdirSync(at('sent')), []);
  await second.close();
  rmSync(folder, { recursive: true });
});
