import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, until } from '../../../kit/testing.ts';
import { muLaw, toneSamples } from '../../../wire/rtp/index.ts';
import type { CallScript } from '../../gateway.ts';
import { openMediaEngine } from '../media/index.ts';
import { openRecordings, shippedRecordings } from '../recordings.ts';
import { openUserAgent, type UserAgent } from '../sip/index.ts';
import { settle } from '../sip/testing.ts';
import { wav } from '../testing.ts';
import { callTimes, openCall } from './call.ts';
import { dialled } from './dialled.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { keyInInfo } from './pressing.ts';
import { askPound, callee, type Handset, lineTo, listening, openHandset } from './testing.ts';

let handset: Handset;
let exchange: Exchange;
const calls = new Map<string, ReturnType<typeof listening>>();
const notes: string[] = [];

before(async () => {
  handset = await openHandset();
  exchange = openExchange(lineTo(handset), {
    state: () => undefined,
    call: (id, state) => calls.get(id)?.tell(state),
    gone: id => calls.get(`gone ${id}`)?.tell('failed'),
    note: text => notes.push(text),
  });
});
after(async () => {
  await exchange.close();
  handset.close();
});

let count = 0;
function place(script: CallScript) {
  const id = `call-${++count}`;
  const told = listening();
  calls.set(id, told);
  assert.equal(exchange.call(id, callee, script), true);
  return { ...told, id };
}

/** packets of the question: from then on `#` alone counts */
const aSecond = 55;

const number: CallScript = { language: 'en', expect: { keys: 'number', number: '42' } };

test('a # with which a greeting begins confirms nothing, and the one that its person presses then does', async () => {
  /** Presses as the question begins; nothing when the machine held us up for so long that it was no greeting any more. */
  async function greeted() {
    const call = place(askPound);
    const invite = await handset.rings();
    const began = performance.now();
    const telephone = await handset.answer(invite);
    await call.until('answered');
    await telephone.untilHeard(1);
    await telephone.press('#');
    await settle();
    return performance.now() - began < 900 ? { call, telephone } : undefined;
  }
  const { call, telephone } = await until(greeted);
  assert.deepEqual(call.states.slice(-1), ['answered']);
  await telephone.untilHeard(aSecond);
  await telephone.press('#');
  await call.until('confirmed');
  await handset.next('BYE');
});

for (const [what, script, keys, end] of [
  ['the pound key confirms', askPound, '#', 'confirmed'],
  ['a star before it is an old line', askPound, '*#', 'confirmed'],
  ['zero and pound report fraud', askPound, '0#', 'fraud'],
  ['the number of the screen and pound confirm', number, '42#', 'confirmed'],
  ['another number is wrong', number, '24#', 'wrong-key'],
] as const) {
  test(`${what}, and the call says so and ends`, async () => {
    const call = place(script);
    const invite = await handset.rings();
    await call.until('ringing');
    const telephone = await handset.answer(invite);
    await call.until('answered');
    await telephone.untilHeard(aSecond);
    await telephone.press(keys);
    await call.until(end);
    await handset.next('BYE');
    assert.deepEqual(call.states, ['ringing', 'answered', end]);
  });
}

test('what the person hears is the recording', async () => {
  const call = place(askPound);
  const telephone = await handset.answer(await handset.rings());
  await telephone.untilHeard(60);
  const heard = Buffer.concat(telephone.heard.slice(0, 60).map(({ payload }) => payload));
  const recording = openRecordings({ shipped: shippedRecordings() }).question(askPound).encoded('PCMU');
  const piece = Buffer.from(recording.subarray(160 * 20, 160 * 30));
  assert.ok(heard.includes(piece), 'ten packets from the middle of the question');
  exchange.hangUp(call.id);
  await call.until('failed');
});

test('the question is asked again and again, with a pause between, until somebody presses', async t => {
  const own = mkdtempSync(join(tmpdir(), 'genkan-question-'));
  t.after(() => rmSync(own, { recursive: true, force: true }));
  mkdirSync(join(own, 'ja'));
  // Of a second, in which no two packets are alike.
  const rising = Int16Array.from({ length: 8000 }, (_, n) => 12_000 * Math.sin((n * n) / 9_000));
  writeFileSync(join(own, 'ja', 'ask-pound.wav'), wav(rising));
  const told = listening();
  const there = openExchange(lineTo(handset, { prompts: own }), {
    state: () => undefined,
    call: (_, state) => told.tell(state),
    gone: () => undefined,
    note: () => undefined,
  });
  t.after(() => there.close());
  const spoken = muLaw.encode(rising);
  const places = new Map(
    Array.from({ length: 50 }, (_, n) => [
      Buffer.from(spoken.subarray(n * 160, (n + 1) * 160)).toString('hex'),
      n,
    ]),
  );
  assert.equal(places.size, 50);
  there.call('again', callee, askPound);
  const telephone = await handset.answer(await handset.rings());
  /** When the question began, in packets, as each packet of it that came tells: a busy machine leaves some out. */
  const beginnings = () => {
    const [first] = telephone.heard;
    const all = telephone.heard.flatMap(({ timestamp, payload }) => {
      const place = places.get(payload.toString('hex'));
      if (place === undefined || first === undefined) return [];
      return [((timestamp - first.timestamp) >>> 0) / 160 - place];
    });
    return [...new Set(all)];
  };
  await until(() => beginnings().length === 3, beginnings);
  const [first = 0, second = 0, third = 0] = beginnings();
  const apart = 50 + callTimes.betweenQuestions / 20;
  assert.deepEqual([second - first, third - second], [apart, apart]);
  await telephone.press('#');
  await told.until('confirmed');
});

test('a key by INFO counts, and once when it comes as an event too', async () => {
  const call = place(number);
  const invite = await handset.rings();
  const telephone = await handset.answer(invite);
  await telephone.untilHeard(aSecond);
  for (const key of '42#') {
    await telephone.press(key);
    handset.ask(invite, 'phone', 'INFO', {
      headers: [{ name: 'content-type', value: 'application/dtmf-relay' }],
      body: `Signal=${key}\r\nDuration=160\r\n`,
    });
    await sleep(60);
  }
  await call.until('confirmed');
  assert.equal(call.states.length, 3);
});

test('a tone in the sound counts where the phone knows no events', async () => {
  const call = place(askPound);
  const telephone = await handset.answer(await handset.rings(), { events: false });
  await telephone.untilHeard(aSecond);
  const tone = new Int16Array(1600 + 800);
  tone.set(toneSamples('#', 200));
  await telephone.speak(15, tone);
  await call.until('confirmed');
});

test('over IPv6 a call is the same', async () => {
  const sixth = await openHandset('::1');
  const told = listening();
  const there = openExchange(lineTo(sixth, { proxies: [`sip:[::1]:${sixth.port}`] }), {
    state: () => undefined,
    call: (_, state) => told.tell(state),
    gone: () => undefined,
    note: () => undefined,
  });
  there.call('six', callee, askPound);
  const telephone = await sixth.answer(await sixth.rings());
  await telephone.untilHeard(aSecond);
  await telephone.press('#');
  await told.until('confirmed');
  await there.close();
  sixth.close();
});

test('keys before the answer are nobody’s', async () => {
  const call = place(askPound);
  const invite = await handset.rings();
  await call.until('ringing');
  handset.ask(invite, 'phone', 'INFO', {
    headers: [{ name: 'content-type', value: 'application/dtmf-relay' }],
    body: 'Signal=#',
  });
  await handset.response();
  const telephone = await handset.answer(invite);
  await call.until('answered');
  await telephone.untilHeard(10);
  assert.deepEqual(call.states, ['ringing', 'answered']);
  handset.ask(invite, 'phone', 'BYE');
  await call.until('hung-up');
});

test('reports go to the port that the answer names for them, though it would rather have one port for all', async t => {
  const reports = createSocket('udp4');
  t.after(() => reports.close());
  reports.bind(0, '127.0.0.1');
  await once(reports, 'listening');
  const call = place(askPound);
  const sdp = ['a=rtcp-mux', `a=rtcp:${reports.address().port}`];
  const telephone = await handset.answer(await handset.rings(), { sdp });
  await telephone.untilHeard(1);
  const came = once(reports, 'message', { signal: AbortSignal.timeout(30_000) });
  exchange.hangUp(call.id);
  const [report] = await came;
  assert.equal(report[1], 200, 'a sender report (RFC 3550 §6.4.1)');
  await call.until('failed');
});

test('an extension is dialled two seconds after the answer, and then the question is asked', async () => {
  const call = place({ ...askPound, extension: '123' });
  const telephone = await handset.answer(await handset.rings());
  const events = () => telephone.heard.filter(({ payloadType, marker }) => payloadType === 101 && marker);
  await telephone.press('#');
  await until(() => events().length >= 3);
  assert.deepEqual(
    events().map(({ payload }) => payload[0]),
    [1, 2, 3],
  );
  // Packets are counted, and not time: a machine that is held up sends them later, and no fewer.
  const [answered, dialling] = [telephone.heard[0], events()[0]];
  assert.ok(answered && dialling);
  const before = (dialling.sequence - answered.sequence) & 0xffff;
  assert.ok(before >= 100, `${before} packets of 20 ms lie between the answer and the first key`);
  const sounds = () => {
    const last = telephone.heard.findLastIndex(({ payloadType }) => payloadType === 101);
    return telephone.heard.length - 1 - last;
  };
  // The gap after the last key, and more than the second in which a # is a greeting.
  await until(() => sounds() >= 2 * aSecond);
  assert.deepEqual(call.states, ['ringing', 'answered']);
  await telephone.press('#');
  await call.until('confirmed');
});

test('somebody who hangs up while their extension is dialled has hung up, and is asked nothing', async () => {
  const gone = listening();
  calls.set(`gone call-${count + 1}`, gone);
  const call = place({ ...askPound, extension: '1pppp2' });
  const invite = await handset.rings();
  const telephone = await handset.answer(invite);
  await until(() => telephone.heard.some(({ payloadType }) => payloadType === 101));
  handset.ask(invite, 'phone', 'BYE');
  await call.until('hung-up');
  await gone.until('failed');
  assert.deepEqual(call.states, ['ringing', 'answered', 'hung-up']);
  const dialled = telephone.heard.filter(({ payloadType, marker }) => payloadType === 101 && marker);
  assert.equal(dialled.length, 1, 'the rest was not dialled any more');
});

test('somebody who hangs up on our goodbye has confirmed all the same, once', async () => {
  const gone = listening();
  calls.set(`gone call-${count + 1}`, gone);
  const call = place(askPound);
  const invite = await handset.rings();
  const telephone = await handset.answer(invite);
  await telephone.untilHeard(aSecond);
  await telephone.press('#');
  await call.until('confirmed');
  handset.ask(invite, 'phone', 'BYE');
  await gone.until('failed');
  assert.deepEqual(call.states, ['ringing', 'answered', 'confirmed']);
});

test('how the network refuses is told apart', async () => {
  for (const [status, end] of [
    [486, 'busy'],
    [603, 'rejected'],
    [404, 'unreachable'],
    [500, 'failed'],
  ] as const) {
    const call = place(askPound);
    handset.reply(await handset.next('INVITE'), status);
    await call.until(end);
  }
});

test('a call that is hung up here has failed', async () => {
  const call = place(askPound);
  const invite = await handset.rings();
  await call.until('ringing');
  exchange.hangUp(call.id);
  await call.until('failed');
  const cancel = await handset.next('CANCEL');
  handset.reply(cancel, 200);
  handset.reply(invite, 487);
});

test('no line is dialled twice for one name, and a full exchange says so', async () => {
  const small = openExchange(lineTo(handset, { calls: 1 }), {
    state: () => undefined,
    call: () => undefined,
    gone: () => undefined,
    note: () => undefined,
  });
  assert.equal(small.call('a', callee, askPound), true);
  assert.equal(small.call('a', callee, askPound), true);
  assert.equal(small.call('b', callee, askPound), false);
  await handset.rings();
  await small.close();
});

test('nobody who presses nothing is believed, and somebody who talks on and on is a recording', async () => {
  const media = openMediaEngine({ ports: await freePorts(100), quietAfter: 25_000 });
  const agent: UserAgent = openUserAgent(
    { port: 0, proxies: [`sip:127.0.0.1:${handset.port}`], user: 'x', register: false },
    { onChange: () => undefined },
  );
  const deps = {
    agent,
    media,
    recordings: openRecordings({ shipped: shippedRecordings() }),
    srtp: false,
    now: () => performance.now(),
    note: () => undefined,
  };
  const times = { ...callTimes, asking: 2500, goodbye: 300, greeting: 600 };
  for (const [talks, end] of [
    [false, 'no-key'],
    [true, 'voicemail'],
  ] as const) {
    const told = listening();
    openCall(
      deps,
      { digits: '1', script: askPound, tell: told.tell, gone: () => undefined },
      times as typeof callTimes,
    );
    const telephone = await handset.answer(await handset.rings());
    if (talks)
      await telephone.speak(
        40,
        Int16Array.from({ length: 6400 }, (_, n) => 8000 * Math.sin(n / 4)),
      );
    await told.until(end);
    await handset.next('BYE');
  }
  await agent.close();
  media.close();
});

test('numbers are dialled as the switchboard wants them', () => {
  const national = { style: 'national', prefix: '0', country: '81', trunk: '0', abroad: '010' } as const;
  assert.equal(
    dialled('+819012345678', { ...national, style: 'international', prefix: '' }),
    '+819012345678',
  );
  assert.equal(dialled('+819012345678', national), '009012345678');
  assert.equal(dialled('+12125550123', { ...national, prefix: '' }), '01012125550123');
});

test('keys in INFO are read in the forms that phones write', () => {
  assert.equal(keyInInfo('application/dtmf-relay', 'Signal= 5\r\nDuration=160'), '5');
  assert.equal(keyInInfo('application/dtmf-relay; charset=utf-8', 'signal=#'), '#');
  assert.equal(keyInInfo('application/dtmf', '*'), '*');
  assert.equal(keyInInfo('application/dtmf', '11'), '#');
  assert.equal(keyInInfo('application/dtmf', 'A'), undefined);
  assert.equal(keyInInfo('text/plain', '5'), undefined);
});
