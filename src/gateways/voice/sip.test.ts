import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../kit/ids.ts';
import { until } from '../../kit/testing.ts';
import { headerOf } from '../../wire/sip/index.ts';
import type { CallScript, PhoneNumber, VoiceGateway } from '../gateway.ts';
import { standingClock } from '../testing.ts';
import { openVoiceAgent, type RemoteAgent } from './agent/remote.ts';
import { askPound, callee, type Handset, lineTo, listening, openHandset } from './agent/testing.ts';
import { openPeer } from './sip/testing.ts';
import { sipVoice } from './sip.ts';

const secret = 'a secret that is long enough';
let handset: Handset;
let open: VoiceGateway[] = [];
const logged: string[] = [];

before(async () => {
  handset = await openHandset();
});
afterEach(async () => {
  await Promise.all(open.map(gateway => gateway.close()));
  open = [];
});
after(() => handset.close());

const calls = new Map<string, ReturnType<typeof listening>>();

function gatewayOf(more: object = {}): VoiceGateway {
  const settings = sipVoice.settings.parse({ ...lineTo(handset, { calls: 2 }), ...more });
  const gateway = sipVoice.open('pbx', settings, {
    clock: standingClock(),
    url: 'https://id.example',
    dataFolder: '/nowhere',
    key: () => Buffer.alloc(32),
    log: (_, message, detail) => logged.push(`${message} ${JSON.stringify(detail ?? {})}`),
  });
  gateway.listen({
    text: () => undefined,
    call: (which, state) => 'delivery' in which && calls.get(which.delivery)?.tell(state),
  });
  open.push(gateway);
  return gateway;
}

const isUp = (gateway: VoiceGateway) => until(() => gateway.state().is === 'up', gateway.state);

function place(gateway: VoiceGateway, signal = new AbortController().signal, script: CallScript = askPound) {
  const id = newId();
  const told = listening();
  calls.set(id, told);
  return { ...told, taken: gateway.call({ id, to: callee as PhoneNumber, script }, signal) };
}

/** What was logged of lines since there were so many entries. */
const since = (entries: number): readonly string[] =>
  logged.slice(entries).filter(entry => entry.startsWith('the line '));

/** The voice agents that this process started. */
const children = (): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
    .toString()
    .split('\n')
    .filter(line => line.includes('voice/agent/main.ts'))
    .map(line => Number(line.trim().split(' ')[0]));

test('a call goes through an agent in a process of its own, which goes when it is told to', async () => {
  const gateway = gatewayOf();
  assert.deepEqual(gateway.state(), { is: 'starting' });
  await isUp(gateway);
  assert.equal(children().length, 1);
  const call = place(gateway);
  assert.deepEqual(await call.taken, { taken: true });
  const telephone = await handset.answer(await handset.rings());
  await telephone.untilHeard(55);
  await telephone.press('#');
  await call.until('confirmed');
  assert.deepEqual(call.states, ['ringing', 'answered', 'confirmed']);
  await gateway.close();
  assert.equal(children().length, 0);
  assert.doesNotMatch(logged.join('\n'), /312345678/);
});

test('an agent that dies takes its calls with it, everyone is told, and the next one is up soon', async () => {
  const gateway = gatewayOf();
  await isUp(gateway);
  const placed = [place(gateway), place(gateway)];
  for (const call of placed) {
    await call.taken;
    await handset.rings();
    await call.until('ringing');
  }
  const [pid = 0] = children();
  const before = logged.length;
  process.kill(pid, 'SIGKILL');
  for (const call of placed) {
    await call.until('failed');
    assert.deepEqual(call.states, ['ringing', 'failed']);
  }
  assert.equal(gateway.state().is, 'down');
  await isUp(gateway);
  assert.notEqual(children()[0], pid);
  assert.equal(since(before)[0], 'the line is down {"because":"it ended with SIGKILL"}');
  assert.equal(since(before).at(-1), 'the line is up again {}');
  const again = place(gateway);
  assert.deepEqual(await again.taken, { taken: true });
  handset.reply(await handset.rings(), 486);
  await again.until('busy');
});

test('whatever the network says of one call, it is short and names nobody in the log, and other calls go on', async () => {
  const gateway = gatewayOf();
  await isUp(gateway);
  const [pid] = children();
  const other = place(gateway);
  await other.taken;
  const telephone = await handset.answer(await handset.rings());
  const called = place(gateway);
  await called.taken;
  const reason = `+81312345678 is busy${'\x01'.repeat(20_000)}`;
  handset.reply(await handset.rings(), 486, { reason });
  await called.until('busy');
  await telephone.untilHeard(55);
  await telephone.press('#');
  await other.until('confirmed');
  assert.deepEqual(children(), [pid]);
  assert.match(logged.join('\n'), /a call ended: busy, 486 \+… is busy"?/);
  assert.doesNotMatch(logged.join('\n'), /312345678/);
});

test('more calls than an agent may have wait for their turn, and whoever waits too long is told', async () => {
  const gateway = gatewayOf();
  await isUp(gateway);
  const first = [place(gateway), place(gateway)];
  const invites = [];
  for (const { taken } of first) {
    assert.deepEqual(await taken, { taken: true });
    invites.push(await handset.rings());
  }
  const impatient = new AbortController();
  const waits = place(gateway);
  const leaves = place(gateway, impatient.signal);
  impatient.abort();
  assert.deepEqual(await leaves.taken, { taken: false, reason: 'all lines are busy' });
  const [one] = invites;
  assert.ok(one);
  handset.reply(one, 486);
  assert.deepEqual(await waits.taken, { taken: true });
  await handset.rings();
  assert.deepEqual(leaves.states, []);
});

test('a call is hung up when that is asked for after it was taken', async () => {
  const gateway = gatewayOf();
  await isUp(gateway);
  const hangUp = new AbortController();
  const call = place(gateway, hangUp.signal);
  await call.taken;
  await handset.rings();
  await call.until('ringing');
  hangUp.abort();
  await call.until('failed');
  await handset.next('CANCEL');
});

test('a line whose proxy does not answer is down and says why, also in the log, and a call is refused at once', async () => {
  const before = logged.length;
  const gateway = gatewayOf({ proxies: ['sip:127.0.0.1:9;transport=tcp'] });
  await until(() => gateway.state().is === 'down', gateway.state);
  assert.deepEqual(gateway.state(), { is: 'down', because: '127.0.0.1: no connection' });
  const call = place(gateway);
  assert.deepEqual(await call.taken, { taken: false, reason: '127.0.0.1: no connection' });
  assert.deepEqual(since(before), ['the line is down {"because":"127.0.0.1: no connection"}']);
});

test('a line that goes down while it is used, and comes back, says both in the log', async t => {
  const proxy = await openPeer();
  let status = 200;
  let answered = 0;
  const answering = setInterval(() => {
    const asked = proxy.requests('OPTIONS').slice(answered);
    answered += asked.length;
    for (const options of asked) proxy.reply(options, status);
  }, 20);
  t.after(() => {
    clearInterval(answering);
    proxy.close();
  });
  const gateway = gatewayOf({ ...lineTo(proxy), keepalive: 1 });
  await isUp(gateway);
  const before = logged.length;
  const says = (line: string) =>
    until(
      () => since(before).includes(line),
      () => since(before),
    );
  status = 503;
  await says('the line is down {"because":"127.0.0.1: 503"}');
  status = 200;
  await says('the line is up again {}');
});

async function remote(): Promise<RemoteAgent> {
  return openVoiceAgent({ host: '127.0.0.1', port: 0, secret, on: () => undefined });
}

test('an agent on another machine takes calls from whoever has the secret, and from nobody else', async () => {
  const there = await remote();
  const agents = (word: string) => ({ agents: [{ host: '127.0.0.1', port: there.port, secret: word }] });
  const gateway = gatewayOf(agents(secret));
  const stranger = gatewayOf(agents('another one that is long too'));
  await isUp(gateway);
  const call = place(gateway);
  assert.deepEqual(await call.taken, { taken: true });
  await handset.rings();
  await call.until('ringing');
  await until(() => stranger.state().is === 'down', stranger.state);
  // The connection ends: nobody waits for these calls any more, on either side.
  await Promise.all([there.close(), call.until('failed')]);
  await handset.next('CANCEL');
});

test('with several agents a call goes to one that has room, and the next waits until one has it again', async t => {
  const agents = [await remote(), await remote()];
  t.after(() => Promise.all(agents.map(agent => agent.close())));
  const gateway = gatewayOf({
    calls: 1,
    agents: agents.map(({ port }) => ({ host: '127.0.0.1', port, secret })),
  });
  await isUp(gateway);
  await sleep(500);
  const placed = [place(gateway), place(gateway)];
  for (const call of placed) assert.deepEqual(await call.taken, { taken: true });
  const invites = [await handset.rings(), await handset.rings()];
  const from = invites.map(invite => /@([^>;]+)/.exec(headerOf(invite, 'contact') ?? '')?.[1]);
  assert.notEqual(from[0], from[1], 'each of them has one');
  const third = place(gateway);
  let waits = true;
  void third.taken.then(() => {
    waits = false;
  });
  await sleep(300);
  assert.ok(waits);
  for (const invite of invites) handset.reply(invite, 486);
  assert.deepEqual(await third.taken, { taken: true });
  handset.reply(await handset.rings(), 486);
  await third.until('busy');
});

test('three hundred calls at once for two agents of twenty lines: each is placed once, in its turn, never more than there are lines, and everyone is told', async t => {
  const lines = 20;
  const agents = [await remote(), await remote()];
  t.after(() => Promise.all(agents.map(agent => agent.close())));
  const busy = await openHandset();
  t.after(() => busy.close());
  const gateway = gatewayOf({
    ...lineTo(busy, { calls: lines }),
    agents: agents.map(({ port }) => ({ host: '127.0.0.1', port, secret })),
  });
  await isUp(gateway);
  await sleep(500);
  const turns: number[] = [];
  const all = Array.from({ length: 300 }, (_, n) => {
    const call = place(gateway);
    const taken = call.taken.then(answer => {
      turns.push(n);
      return answer;
    });
    return { ...call, taken };
  });

  const placed = new Set<string>();
  const onLine = new Map<string, number>();
  let most = 0;
  while (placed.size < all.length) {
    const invite = await busy.rings();
    const id = headerOf(invite, 'call-id') ?? '';
    if (placed.has(id)) continue;
    placed.add(id);
    const agent = /@([^>;]+)/.exec(headerOf(invite, 'contact') ?? '')?.[1] ?? '';
    const now = (onLine.get(agent) ?? 0) + 1;
    onLine.set(agent, now);
    most = Math.max(most, now);
    setTimeout(() => {
      onLine.set(agent, (onLine.get(agent) ?? 0) - 1);
      busy.reply(invite, 486);
    }, 20);
  }
  assert.equal(onLine.size, 2, 'both agents were used');
  assert.ok(most <= lines, `${most} calls on ${lines} lines`);
  for (const call of all) {
    assert.deepEqual(await call.taken, { taken: true });
    await call.until('busy');
    assert.equal(call.states.filter(state => state !== 'ringing').length, 1, call.states.join());
  }
  // Two agents answer side by side: nobody is overtaken by more than there are lines.
  for (const [turn, n] of turns.entries())
    assert.ok(Math.abs(turn - n) < 2 * lines, `the call ${n} was the ${turn}th`);
  assert.equal(busy.requests('INVITE').filter(one => !placed.has(headerOf(one, 'call-id') ?? '')).length, 0);
});

test('settings that would fail later are refused at once', () => {
  const problems = (more: object): readonly string[] =>
    sipVoice.settings
      .safeParse({ proxies: ['sip:pbx'], user: 'x', ...more })
      .error?.issues.map(({ message }) => message) ?? [];
  assert.deepEqual(problems({}), []);
  assert.match(problems({ srtp: true })[0] ?? '', /needs proxies over TLS/);
  assert.deepEqual(problems({ srtp: true, proxies: ['sip:pbx;transport=tls'] }), []);
  assert.match(problems({ mediaPorts: { from: 20_000, to: 20_010 } })[0] ?? '', /less than two ports/);
  assert.match(problems({ agents: [{ host: 'x', port: 1, secret: 'short' }] })[0] ?? '', /24 characters/);
  assert.match(problems({ proxies: ['http://pbx'] })[0] ?? '', /no address of a SIP proxy/);
});
