import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { stringify } from 'yaml';
import { openProvider } from '../gateways/http/testing.ts';
import { type Handset, lineTo, openHandset } from '../gateways/voice/agent/testing.ts';
import { until } from '../kit/testing.ts';
import { openSealer, openStorage } from '../storage/index.ts';
import { testDatabase } from '../storage/testing.ts';
import { gatewayCommands, gatewayPrograms } from './commands/gateways.ts';
import { openContext } from './context.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan gateways '));
let database: Awaited<ReturnType<typeof testDatabase>>;
let provider: Awaited<ReturnType<typeof openProvider>>;
let handset: Handset;
let status = 200;
before(async () => {
  handset = await openHandset();
  database = await testDatabase();
  provider = await openProvider((_, response) => response.writeHead(status).end('{"id":"m1"}'));
});
beforeEach(() => {
  status = 200;
});
after(async () => {
  handset.close();
  await provider.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

interface Gateways {
  readonly text?: readonly object[];
  readonly voice?: readonly object[];
}

/** What is typed, with these gateways in the configuration, and what is printed until now. */
function typed(gateways: Gateways, ...argv: readonly string[]) {
  const config = join(folder, 'genkan.yaml');
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 });
  const { connectionString: databaseUrl } = database;
  writeFileSync(
    config,
    stringify({
      url: 'https://id.example',
      dataFolder: folder,
      databaseUrl,
      masterKeyFile,
      gateways,
    }),
  );
  const out: string[] = [];
  const err: string[] = [];
  const heard = (lines: string[]) => ({ isTerminal: false, write: (line: string) => void lines.push(line) });
  const env = { LANG: 'en_US.UTF-8' };
  const code = run([...argv, '--config', config], env, {
    commands: gatewayCommands,
    programs: gatewayPrograms,
    open: openContext(env),
    stdout: heard(out),
    stderr: heard(err),
  });
  return { code, out: () => out.join(''), err: () => err.join('') };
}

/** The same with gateways for texts, when it is over. */
async function genkan(text: readonly object[], ...argv: readonly string[]) {
  const { code, out, err } = typed({ text }, ...argv);
  return { code: await code, out: out(), err: err() };
}

/** What was printed, without the time that each stage took. */
const sentencesOf = (out: string): readonly string[] =>
  out
    .trim()
    .split('\n')
    .map(line => line.replace(/^ *[\d.]+ s +/, ''));

const jp = () => ({
  id: 'jp',
  driver: 'http',
  url: provider.url,
  json: { to: '{{to}}', text: '{{text}}' },
  reference: 'id',
  countries: ['JP'],
  cost: { amount: 9.5, currency: 'JPY' },
});
const gone = { id: 'gone', driver: 'http', url: 'http://127.0.0.1:1', json: {} };

test('gateways are listed with what they are and whether they answer', async () => {
  const listed = await genkan([jp(), gone], 'gateways', 'list', '--json', '--language', 'en');
  assert.equal(listed.code, 1, 'one does not answer');
  assert.deepEqual(JSON.parse(listed.out), [
    {
      id: 'jp',
      kind: 'text',
      driver: 'http',
      is: 'up',
      countries: ['JP'],
      cost: { amount: 9.5, currency: 'JPY' },
    },
    { id: 'gone', kind: 'text', driver: 'http', is: 'down', because: 'ECONNREFUSED' },
  ]);
  const shown = await genkan([jp()], 'gateways', 'list', '--language', 'ja');
  assert.equal(shown.code, 0);
  assert.match(shown.out, /jp +SMS +http +稼働中 +JP +9\.5 JPY/);
  assert.match((await genkan([], 'gateways', 'list', '--language', 'en')).out, /No gateways are configured/);
});

test('a test tells each stage, the next gateway after one that cannot be reached, and how it ended', async () => {
  const argv = ['gateways', 'test', '--to', '090-1234-5678', '--wait', '0', '--language', 'en'];
  const tried = await genkan([{ ...gone, countries: ['JP'] }, jp()], ...argv);
  assert.equal(tried.code, 0, tried.out + tried.err);
  assert.deepEqual(sentencesOf(tried.out), [
    'To +81 90-1234-5678',
    'gone: down (ECONNREFUSED)',
    'jp: up',
    'Asking jp',
    'jp took it, as m1',
    'With the network; waiting for a receipt',
    'It works.',
  ]);
  const { text, to } = JSON.parse(provider.heard.findLast(({ method }) => method === 'POST')?.body ?? '');
  assert.equal(to, '+819012345678');
  assert.match(text, /^A test of the phone gateways/);
});

test('what fails says where, and ends with a status of its own', async () => {
  status = 400;
  const argv = ['gateways', 'test', '--wait', '0', '--language', 'en', '--to'];
  const refused = await genkan([jp()], ...argv, '+819012345678', '--json');
  assert.equal(refused.code, 1);
  const stages = refused.out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(stages.at(-2).answer, { taken: false, reason: 'status 400' });
  assert.deepEqual(stages.at(-1).refusal, { reason: 'gateway-down' });
  assert.match((await genkan([jp()], ...argv, '+819012345678', '--gateway', 'x')).err, /no such gateway/);
  assert.match((await genkan([jp()], ...argv, '110')).err, /emergency/);
  assert.match((await genkan([jp()], ...argv, '03-1234-5678')).err, /no such gateway/);
});

/** A call is typed; each stage is looked for before the telephone does what leads to the next. */
function called(...argv: readonly string[]) {
  const pbx = { id: 'pbx', driver: 'sip', ...lineTo(handset) };
  const { code, out, err } = typed({ voice: [pbx] }, 'gateways', 'test', '--language', 'en', ...argv);
  const printed = () => out() + err();
  return {
    code,
    err,
    tells: (sentence: string) => until(() => sentencesOf(out()).includes(sentence), printed),
    /** without what may pass too quickly to be printed, or last longer on a busy machine */
    stages: () => sentencesOf(out()).filter(line => !/^(Dialling|pbx: .*)$/.test(line)),
    /** Picks up, and presses these keys while the question is asked. */
    async answers(keys: string) {
      const invite = await handset.rings();
      await this.tells('Ringing');
      const telephone = await handset.answer(invite);
      await this.tells('Answered: press # on the phone');
      await telephone.untilHeard(55);
      await telephone.press(keys);
    },
  };
}

test('a fixed line is called, and each stage is told until # was pressed', async () => {
  const call = called('--to', '03-1234-5678');
  await call.answers('#');
  assert.equal(await call.code, 0, call.err());
  assert.deepEqual(call.stages(), [
    'To +81 3-1234-5678',
    'Asking pbx',
    'pbx took it',
    'Ringing',
    'Answered: press # on the phone',
    '# was pressed',
    'It works.',
  ]);
});

test('a mobile phone is called when that is asked for, and busy is no success', async () => {
  const call = called('--to', '090-1234-5678', '--by', 'call');
  const invite = await handset.rings();
  assert.match(invite.uri, /^sip:\+819012345678@/);
  await call.tells('Ringing');
  handset.reply(invite, 486);
  assert.equal(await call.code, 1);
  assert.deepEqual(call.stages(), [
    'To +81 90-1234-5678',
    'Asking pbx',
    'pbx took it',
    'Ringing',
    'Busy',
    'It did not work.',
  ]);
  const other = called('--to', '090-1234-5678', '--by', 'fax');
  assert.equal(await other.code, 1);
  assert.match(other.err(), /--by is text or call/);
});

test('0# in a test is told, and stops nobody: neither a person, nor the number, nor the office', async () => {
  const call = called('--to', '03-1234-5670');
  await call.answers('0#');
  assert.equal(await call.code, 1);
  assert.deepEqual(call.stages().slice(-2), ['0 and # were pressed: a report of fraud', 'It did not work.']);
  const storage = await opened();
  for (const table of ['phone_pauses', 'number_reports', 'outbox'] as const)
    assert.deepEqual(await storage.db.selectFrom(table).selectAll().execute(), [], table);
  await storage.close();
});

const opened = () =>
  openStorage({
    connectionString: database.connectionString,
    sealer: openSealer([Buffer.alloc(32, 7)]),
    maxConnections: 2,
  });

test('the costs of each day are read from what the server summed', async () => {
  const storage = await opened();
  for (const [day, gateway, kind, sends, micros] of [
    ['2026-04-06', 'jp', 'text', 3, 28_500_000],
    ['2026-04-07', 'jp', 'text', 1, 9_500_000],
  ] as const)
    await storage.db
      .insertInto('delivery_costs')
      .values({ day, gateway, kind, currency: 'JPY', sends, micros })
      .execute();
  await storage.close();
  const argv = ['gateways', 'costs', '--from', '2026-04-01', '--language', 'en'];
  const all = await genkan([], ...argv, '--to', '2026-04-30', '--json');
  assert.deepEqual(JSON.parse(all.out).totals, [{ currency: 'JPY', sends: 4, amount: 38 }]);
  const one = await genkan([], ...argv, '--to', '2026-04-06');
  assert.match(one.out, /2026-04-06 +jp +texts +3 +28\.5 JPY\ntotal +3 +28\.5 JPY/);
  assert.equal((await genkan([], ...argv, '--to', 'tomorrow')).code, 1);
});
