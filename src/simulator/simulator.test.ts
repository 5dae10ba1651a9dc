import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { CallScript, CallState, PhoneNumber, Reports, TextOutcome } from '../gateways/index.ts';
import { openBrowserCookies } from '../http/browser.ts';
import { openPages } from '../http/pages.ts';
import { openServer } from '../http/server.ts';
import { systemClock } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { openSimulator, type Simulator, type SimulatorMode } from './index.ts';

const to = '+819012345678' as string as PhoneNumber;
const path = `/simulator/api/phones/${encodeURIComponent(to)}`;
const page = `/simulator/phones/${encodeURIComponent(to)}`;
const never = new AbortController().signal;
/** A busy machine takes its time. */
const patiently = { timeout: 60_000 };

const pound: CallScript = { language: 'ja', expect: { keys: '#' } };

describe('the phone simulator', () => {
  const patience = { ringing: 60_000, voicemail: 20, answered: 60_000 };
  let server: FastifyInstance;
  let simulator: Simulator;
  const callStates = new Map<string, CallState[]>();
  let outcomes: TextOutcome[] = [];
  beforeEach(async () => {
    await server?.close();
    outcomes = [];
    simulator = openSimulator({
      mode: 'test',
      clock: systemClock,
      patience,
    });
    const reports: Reports = {
      text: (_which, outcome) => outcomes.push(outcome),
      call: (which, state) => 'delivery' in which && callStates.get(which.delivery)?.push(state),
    };
    simulator.text.listen(reports);
    simulator.voice.listen(reports);
    const browsers = openBrowserCookies({ secure: false, key: Buffer.alloc(32) });
    const assets = { href: (name: string) => `/assets/${name}`, routes: async () => undefined };
    const organisation = { name: { ja: '京都中央大学', en: 'Kyoto' }, help: { ja: '', en: '' } };
    const pages = openPages({
      secure: false,
      browsers,
      assets,
      addressOf: () => undefined,
      isTrusted: async () => false,
      organisation: async () => ({ ...organisation, language: 'ja', timeZone: 'Asia/Tokyo' }),
      known: async () => ({ language: undefined, knownTo: () => undefined, sessionCookie: undefined }),
    });
    const logger = pino({ level: 'silent' });
    server = await openServer({ url: 'http://localhost', browsers, assets, mounts: [], logger });
    await server.register(simulator.routes(pages));
  });
  after(() => server.close());

  const text = (what: string) => simulator.text.send({ id: newId(), to, text: what }, never);

  async function ring(script: CallScript = pound) {
    const id = newId();
    const states: CallState[] = [];
    callStates.set(id, states);
    await simulator.voice.call({ id, to, script }, never);
    return { id, states };
  }
  async function post(url: string, payload?: object) {
    const response = await server.inject({ method: 'POST', url, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json() };
  }
  const phone = async () => (await server.inject(path)).json();

  test('there is none in production, whatever is said', () => {
    for (const mode of ['production', '', undefined])
      assert.throws(() => openSimulator({ mode: mode as string as SimulatorMode, clock: systemClock }));
  });

  test('the JSON window shows texts and calls, oldest first, as documented', async () => {
    assert.deepEqual(await phone(), { number: to, messages: [], calls: [] });
    await text('one');
    await text('two');
    const { id } = await ring();
    const seen = await phone();
    assert.deepEqual(Object.keys(seen), ['number', 'messages', 'calls']);
    assert.deepEqual(
      seen.messages.map((m: { text: string }) => m.text),
      ['one', 'two'],
    );
    assert.deepEqual(Object.keys(seen.messages[0]), ['id', 'at', 'text']);
    assert.deepEqual(Object.keys(seen.calls[0]), ['id', 'at', 'state', 'prompt']);
    assert.equal(seen.calls[0].id, id);
    assert.equal(seen.calls[0].state, 'ringing');
    assert.match(seen.calls[0].prompt, /シャープを押してください/);
    assert.match(seen.calls[0].prompt, /アナログ回線の場合は、米印/);
    assert.equal(new Date(seen.messages[0].at).toISOString(), seen.messages[0].at);
  });

  test('a number may be written as people write it', async () => {
    await text('hello');
    for (const written of ['090-1234-5678', '+819012345678', '%2B819012345678', '819012345678'])
      assert.equal(
        (await server.inject(`/simulator/api/phones/${written}`)).json().messages.length,
        1,
        written,
      );
    assert.equal((await server.inject('/simulator/api/phones/hello')).statusCode, 400);
  });

  test('a call is answered, hears *# and ends confirmed', async () => {
    const { id, states } = await ring();
    assert.equal(
      (await post(`${path}/calls/${id}/keys`, { keys: '#' })).status,
      409,
      'not before the answer',
    );
    assert.equal((await post(`${path}/calls/${id}/answer`)).body.state, 'answered');
    assert.equal((await post(`${path}/calls/${id}/answer`)).status, 409);
    assert.equal((await post(`${path}/calls/${id}/keys`, { keys: '*#' })).body.state, 'confirmed');
    assert.equal((await post(`${path}/calls/${id}/keys`, { keys: '#' })).status, 409);
    assert.equal((await post(`${path}/calls/${id}/hangup`)).status, 409);
    assert.deepEqual(states, ['ringing', 'answered', 'confirmed']);
  });

  test('keys may come one by one; 0# is a fraud report, another key is wrong', async () => {
    for (const [keys, end] of [
      [['*', '#'], 'confirmed'],
      [['0', '#'], 'fraud'],
      [['1', '#'], 'wrong-key'],
    ] as const) {
      const { id, states } = await ring();
      await post(`${path}/calls/${id}/answer`);
      for (const key of keys) await post(`${path}/calls/${id}/keys`, { keys: key });
      assert.equal(states.at(-1), end);
    }
  });

  test('a number is asked for when the call says so', async () => {
    const { id, states } = await ring({ language: 'en', expect: { keys: 'number', number: '42' } });
    assert.match((await phone()).calls[0].prompt, /the number that the screen shows/);
    await post(`${path}/calls/${id}/answer`);
    await post(`${path}/calls/${id}/keys`, { keys: '42#' });
    assert.equal(states.at(-1), 'confirmed');
  });

  test('ways in which a call fails: rejected, hung up, not answered, no key', async t => {
    const rejected = await ring();
    await post(`${path}/calls/${rejected.id}/hangup`);
    assert.equal(rejected.states.at(-1), 'rejected');
    const hungUp = await ring();
    await post(`${path}/calls/${hungUp.id}/answer`);
    await post(`${path}/calls/${hungUp.id}/hangup`);
    assert.equal(hungUp.states.at(-1), 'hung-up');
    Object.assign(patience, { ringing: 30, answered: 30 });
    const unanswered = await ring();
    await t.waitFor(() => assert.deepEqual(unanswered.states, ['ringing', 'no-answer']), patiently);
    patience.ringing = 60_000;
    const silent = await ring();
    await post(`${path}/calls/${silent.id}/answer`);
    await t.waitFor(() => assert.equal(silent.states.at(-1), 'no-key'), patiently);
    patience.answered = 60_000;
  });

  test('a phone that is talking is busy; closing ends calls as failed', async () => {
    const first = await ring();
    const second = await ring();
    assert.deepEqual(second.states, ['busy']);
    await simulator.voice.close();
    assert.equal(first.states.at(-1), 'failed');
  });

  test('a deleted phone is empty, and its call is over', async () => {
    await text('hello');
    const { states } = await ring();
    assert.equal((await server.inject({ method: 'DELETE', url: path })).statusCode, 204);
    assert.deepEqual(await phone(), { number: to, messages: [], calls: [] });
    assert.equal(states.at(-1), 'rejected');
  });

  test('nonsense is answered and changes nothing', async () => {
    const { id } = await ring();
    await post(`${path}/calls/${id}/answer`);
    for (const payload of [{}, { keys: '' }, { keys: 'abc' }, { keys: 1 }, { keys: '1'.repeat(200) }])
      assert.equal((await post(`${path}/calls/${id}/keys`, payload)).status, 400);
    for (const payload of ['{', 'null', '3', '[]']) {
      const headers = { 'content-type': 'application/json' };
      const response = await server.inject({
        method: 'POST',
        url: `${path}/calls/${id}/keys`,
        payload,
        headers,
      });
      assert.equal(response.statusCode, 400);
    }
    assert.equal((await post(`${path}/calls/${newId()}/answer`)).status, 404);
    assert.equal((await phone()).calls[0].state, 'answered');
  });

  test('only programs on this machine are answered, and no page of another site', async () => {
    await text('hello');
    for (const remoteAddress of ['192.0.2.1', '2001:db8::1', '::ffff:10.0.0.1'])
      assert.equal((await server.inject({ url: path, remoteAddress })).statusCode, 403, remoteAddress);
    for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      assert.equal((await server.inject({ url: path, remoteAddress })).statusCode, 200, remoteAddress);
    const headers = { 'sec-fetch-site': 'cross-site' };
    assert.equal((await server.inject({ method: 'DELETE', url: path, headers })).statusCode, 403);
    assert.equal((await phone()).messages.length, 1);
  });

  /** A browser without script. */
  async function visit() {
    const first = await server.inject(page);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const see = async (url = page) =>
      (await server.inject({ url, headers: { cookie, 'accept-language': 'ja' } })).body;
    const send = async (url: string, fields: Record<string, string>) => {
      const csrf = /name="csrf" value="([^"]*)"/.exec(await see())?.[1] ?? '';
      return server.inject({
        method: 'POST',
        url,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ csrf, ...fields }).toString(),
      });
    };
    return { see, send };
  }

  test('the page works without script: text, ring, answer, keys', async () => {
    const { see, send } = await visit();
    await text('012345 は京都中央大学の確認コードです。');
    assert.match(await see(), /<b class="handset-code">012345<\/b>/);
    const { id, states } = await ring();
    assert.match(await see(), /着信/);
    assert.equal((await send(`${page}/answer`, { call: id })).statusCode, 303);
    const inCall = await see();
    assert.match(inCall, /<audio src="\/assets\/ja-ask-pound.wav"/);
    assert.match(inCall, /http-equiv="refresh"/);
    await send(`${page}/keys`, { call: id, keys: '#' });
    assert.equal(states.at(-1), 'confirmed');
    assert.match(await see(), /確認できました/);
  });

  test('on an analog line keys are heard only after *', async () => {
    const { send } = await visit();
    await send(`${page}/line`, { line: 'analog' });
    const { id, states } = await ring();
    await send(`${page}/answer`, { call: id });
    await send(`${page}/keys`, { call: id, keys: '#' });
    assert.equal(states.at(-1), 'answered');
    await send(`${page}/keys`, { call: id, keys: '*' });
    await send(`${page}/keys`, { call: id, keys: '#' });
    assert.equal(states.at(-1), 'confirmed');
  });

  test('a phone may be busy or answered by a machine', async t => {
    const { send } = await visit();
    await send(`${page}/line`, { line: 'busy' });
    assert.deepEqual((await ring()).states, ['busy']);
    await send(`${page}/line`, { line: 'voicemail' });
    const machine = await ring();
    await t.waitFor(() => assert.equal(machine.states.at(-1), 'voicemail'), patiently);
  });

  test('the network can be told to fail', async () => {
    const { see, send } = await visit();
    await send('/simulator/fault', { fault: 'refused' });
    assert.equal((await text('one')).taken, false);
    await send('/simulator/fault', { fault: 'undelivered' });
    assert.equal((await text('two')).taken, true);
    assert.deepEqual(outcomes, ['undelivered']);
    await send('/simulator/fault', { fault: 'slow' });
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(), 20);
    const late = await simulator.text.send({ id: newId(), to, text: 'three' }, giveUp.signal);
    assert.equal(late.taken, false);
    assert.equal((await phone()).messages.length, 0);
    assert.match(await see('/simulator'), /checked/);
  });

  test('a page of another site cannot press a key', async () => {
    const { id, states } = await ring();
    const forged = await server.inject({
      method: 'POST',
      url: `${page}/answer`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `call=${id}`,
    });
    assert.notEqual(forged.statusCode, 303);
    assert.equal(states.at(-1), 'ringing');
  });

  test('the page learns that there is something new', async () => {
    const { see } = await visit();
    const wait = /data-wait="([^"]*)"/.exec(await see())?.[1] ?? '';
    assert.deepEqual(JSON.parse(await see(wait)), { state: 'same' });
    await text('hello');
    assert.deepEqual(JSON.parse(await see(wait)), { state: 'new', next: page });
  });

  test('however much is sent, a phone keeps its latest fifty texts and the world five hundred phones', async () => {
    for (let i = 0; i < 60; i++) await text(`${i}`);
    const { messages } = await phone();
    assert.equal(messages.length, 50);
    assert.equal(messages.at(-1).text, '59');
    for (let i = 0; i < 600; i++) {
      const other = `+8180${10000000 + i}` as string as PhoneNumber;
      await simulator.text.send({ id: newId(), to: other, text: 'x' }, never);
    }
    assert.equal((await phone()).messages.length, 0);
  });
});
