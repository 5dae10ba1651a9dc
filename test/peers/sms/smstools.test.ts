import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { driverDeps, never, openWebhooks } from '../../../src/gateways/http/testing.ts';
import type { PhoneNumber } from '../../../src/gateways/index.ts';
import { smstoolsText } from '../../../src/gateways/sms/smstools.ts';
import { until } from '../../../src/kit/testing.ts';
import { openModem } from './modem.ts';

const smsd = '/usr/sbin/smsd';
const to = '+819012345678' as string as PhoneNumber;

describe('smstools', { skip: existsSync(smsd) ? false : 'smstools is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-smsd-'));
  let modem: Awaited<ReturnType<typeof openModem>>;
  let child: ChildProcess;
  const log = (): string =>
    existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '';

  /** smsd takes its locks away a moment after what it locked. */
  const untilEmpty = (name: string): Promise<unknown> =>
    until(
      () => readdirSync(join(folder, name)).length === 0,
      () => `${name}: ${readdirSync(join(folder, name))}`,
    );

  before(async () => {
    modem = await openModem();
    for (const name of ['incoming', 'outgoing', 'checked', 'sent', 'failed', 'saved', 'stats', 'report'])
      mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, 'smsd.conf'),
      `devices = GSM1
loglevel = 7
logfile = ${folder}/log
infofile = ${folder}/running
pidfile = ${folder}/pid
incoming = ${folder}/incoming
outgoing = ${folder}/outgoing
checked = ${folder}/checked
sent = ${folder}/sent
failed = ${folder}/failed
saved = ${folder}/saved
stats = ${folder}/stats
report = ${folder}/report
delaytime = 1
delaytime_mainprocess = 1
errorsleeptime = 1
autosplit = 0

[GSM1]
device = @127.0.0.1:${modem.port}
incoming = yes
init =
rtscts = no
`,
    );
    child = spawn(smsd, ['-t', '-c', join(folder, 'smsd.conf')], { stdio: 'ignore' });
    process.once('exit', () => child.kill('SIGKILL'));
  });
  after(async () => {
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 8000);
    await gone;
    clearTimeout(late);
    await modem.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a text goes through the spool and the modem, and leaves nothing behind', async () => {
    const settings = smstoolsText.settings.parse({ folder, every: 100 });
    const gateway = smstoolsText.open('modem', settings, driverDeps());
    const { reported } = await openWebhooks(gateway);
    const text = '【玄関】確認コードは 123456 です。';
    assert.deepEqual(await gateway.send({ id: 'd-1', to, text }, never), { taken: true });
    await until(() => reported.length === 1, log);
    assert.deepEqual(reported, [{ which: { delivery: 'd-1' }, state: 'accepted' }]);
    assert.deepEqual(modem.given, [{ to: '819012345678', text, report: false }]);

    modem.mood = 'refuses';
    assert.deepEqual(await gateway.send({ id: 'd-2', to, text }, never), { taken: true });
    await until(() => reported.length === 2, log);
    assert.deepEqual(reported[1], { which: { delivery: 'd-2' }, state: 'undelivered' });
    assert.equal(modem.given.length, 1);
    for (const name of ['outgoing', 'checked', 'sent', 'failed']) await untilEmpty(name);
    await gateway.close();
  });

  test('what the network reports later is told: delivered or not, each about its own text', async () => {
    modem.mood = 'takes';
    const before = modem.given.length;
    const settings = smstoolsText.settings.parse({ folder, reports: join(folder, 'report'), every: 100 });
    const gateway = smstoolsText.open('modem', settings, driverDeps());
    const { reported } = await openWebhooks(gateway);
    const text = '【玄関】確認コードは 654321 です。';
    for (const id of ['r-1', 'r-2']) {
      await gateway.send({ id, to, text }, never);
      await until(() => reported.some(({ which }) => 'delivery' in which && which.delivery === id), log);
    }
    assert.ok(
      modem.given.slice(before).every(({ report }) => report),
      'the network was asked to report',
    );
    const kept = await until(() => {
      const names = readdirSync(join(folder, 'sent'));
      return names.length === 2 && names;
    });
    for (const name of kept)
      assert.doesNotMatch(readFileSync(join(folder, 'sent', name), 'utf8'), /9012345678|654321/);
    modem.receipt(before + 2, 0x41);
    modem.receipt(before + 1, 0);
    await until(() => reported.length === 4, log);
    assert.deepEqual(
      reported.slice(2).toSorted((a, b) => (a.state < b.state ? -1 : 1)),
      [
        { which: { delivery: 'r-1' }, state: 'delivered' },
        { which: { delivery: 'r-2' }, state: 'undelivered' },
      ],
    );
    for (const name of ['outgoing', 'checked', 'sent', 'failed', 'report']) await untilEmpty(name);
    await gateway.close();
  });
});
