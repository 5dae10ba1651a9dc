import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { afterEach, test } from 'node:test';
import { until } from '../../../kit/testing.ts';
import {
  headerOf,
  openFramer,
  readChallenge,
  type SipRequest,
  valuesOf,
  writeMessage,
} from '../../../wire/sip/index.ts';
import { longestDatagram } from './attempt.ts';
import { replyTo } from './compose.ts';
import type { LegEvent } from './leg.ts';
import { inOrder, targetsOf } from './resolve.ts';
import { callee, movableTime, openCaller, openPeer, type Peer, settle, voice } from './testing.ts';
import type { LineSettings, UserAgent } from './user-agent.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function peerThere(address = '127.0.0.1'): Promise<Peer> {
  const peer = await openPeer(address);
  closing.push(peer.close);
  return peer;
}

function caller(
  time: ReturnType<typeof movableTime>,
  proxies: readonly string[],
  more: Partial<LineSettings> = {},
) {
  const opened = openCaller(time, proxies, more);
  closing.unshift(async () => {
    const closed = opened.agent.close();
    await settle();
    await time.move(2000);
    await closed;
  });
  return opened;
}

const credentials = { username: 'genkan', password: 'right' };
const challenge = (nonce: string, more = ''): { name: string; value: string } => ({
  name: 'proxy-authenticate',
  value: `Digest realm="pbx", nonce="${nonce}", algorithm=SHA-256, qop="auth"${more}`,
});
const proofIn = (request: SipRequest): string | undefined => headerOf(request, 'proxy-authorization');

async function line(more: Partial<LineSettings> = {}) {
  const time = movableTime();
  const peer = await peerThere();
  const at = caller(time, [`sip:127.0.0.1:${peer.port}`], more);
  peer.reply(await peer.next('OPTIONS'), 200);
  await settle();
  return { time, peer, ...at };
}

test('a challenge is answered once, and once more only when the nonce was old', async () => {
  const { peer, call } = await line({ credentials });
  const placed = call();
  const first = await peer.next('INVITE');
  assert.equal(proofIn(first), undefined);
  peer.reply(first, 407, { more: [challenge('one')] });
  await peer.next('ACK');
  const second = await peer.next('INVITE');
  assert.match(proofIn(second) ?? '', /username="genkan".*nonce="one".*nc=00000001/);
  assert.equal(headerOf(second, 'cseq'), '2 INVITE');
  assert.equal(headerOf(second, 'call-id'), headerOf(first, 'call-id'));
  peer.reply(second, 407, { more: [challenge('two', ', stale=true')] });
  const third = await peer.next('INVITE');
  assert.match(proofIn(third) ?? '', /nonce="two"/);
  peer.reply(third, 407, { more: [challenge('three')] });
  await settle();
  assert.equal(peer.requests('INVITE').length, 3);
  assert.equal(placed.events.at(-1)?.is, 'ended');
});

test('a second realm that we named is answered beside the first, and every request of a call may be challenged', async () => {
  const { peer, call } = await line({ credentials: { ...credentials, realms: ['pbx', 'phone'] } });
  const placed = call();
  peer.reply(await peer.next('INVITE'), 407, { more: [challenge('one')] });
  const second = await peer.next('INVITE');
  peer.reply(second, 401, {
    more: [{ name: 'www-authenticate', value: 'Digest realm="phone", nonce="x"' }],
  });
  const third = await peer.next('INVITE');
  assert.match(proofIn(third) ?? '', /nc=00000002/);
  assert.match(headerOf(third, 'authorization') ?? '', /realm="phone"/);
  peer.reply(third, 200, { content: voice() });
  await peer.next('ACK');
  placed.hangUp();
  peer.reply(await peer.next('BYE'), 407, { more: [challenge('bye')] });
  assert.match(proofIn(await peer.next('BYE')) ?? '', /nonce="bye"/);
});

test('without a password, or for another realm than ours, a challenge is the end', async () => {
  for (const [more, detail] of [
    [{}, '407 Said'],
    [
      { credentials: { ...credentials, realms: ['other'] } },
      '407 Said: our password is not for the realm "pbx"',
    ],
  ] as const) {
    const { peer, call } = await line(more);
    const placed = call();
    peer.reply(await peer.next('INVITE'), 407, { more: [challenge('one')] });
    await settle();
    assert.deepEqual(placed.events, [{ is: 'ended', because: 'failed', detail }]);
  }
});

test('a redirection elsewhere is followed without our password', async () => {
  const { peer, call } = await line({ credentials });
  const other = await peerThere();
  call();
  const contact = { name: 'contact', value: `<sip:x@127.0.0.1:${other.port}>` };
  peer.reply(await peer.next('INVITE'), 302, { more: [contact] });
  other.reply(await other.next('INVITE'), 407, { more: [challenge('one')] });
  await settle();
  assert.equal(other.requests('INVITE').length, 1);
});

test('the next proxy is asked when one is overloaded, and when one says nothing', async () => {
  const time = movableTime();
  const [a, b, c] = [await peerThere(), await peerThere(), await peerThere()];
  const { call } = caller(
    time,
    [a, b, c].map(peer => `sip:127.0.0.1:${peer.port}`),
  );
  for (const peer of [a, b, c]) peer.reply(await peer.next('OPTIONS'), 200);
  await settle();
  const placed = call();
  a.reply(await a.next('INVITE'), 503);
  const lost = await b.next('INVITE');
  await settle();
  await time.move(4000);
  const invite = await c.next('INVITE');
  // One call to the network, whichever way it comes: the same name and number, so that doubles are known as such.
  assert.equal(headerOf(invite, 'cseq'), headerOf(lost, 'cseq'));
  c.reply(invite, 200, { content: voice() });
  await c.next('ACK');
  // The silent one had only been slow: it is told that nobody wants to talk.
  b.reply(lost, 180);
  await b.next('CANCEL');
  assert.deepEqual(
    placed.events.map(({ is }) => is),
    ['answered'],
  );
  const again = call();
  const next = await c.next('INVITE');
  c.reply(next, 486);
  await settle();
  assert.equal(again.events.at(-1)?.is, 'ended');
  assert.equal(a.requests('INVITE').length, 1);
});

/** A call that is hung up as its INVITE of this number is being written; `when` says in which moment. */
function hungUpAt(agent: UserAgent, nth: number, when: (hangUp: () => void) => void = now => now()) {
  const events: LegEvent[] = [];
  let written = 0;
  const leg = agent.call({
    to: callee,
    ringFor: 45_000,
    async ours(address) {
      written += 1;
      if (written === nth) when(() => leg.hangUp());
      return { address, port: 4000, codecs: ['PCMU'] };
    },
    on: event => events.push(event),
  });
  return events;
}

const endedHere = [{ is: 'ended', because: 'ended-here', detail: 'hung up here' }];

test('a call that is hung up between the challenge and its proof is not asked for again', async () => {
  const { time, peer, agent } = await line({ credentials });
  const events = hungUpAt(agent, 2);
  peer.reply(await peer.next('INVITE'), 407, { more: [challenge('one')] });
  await peer.next('ACK');
  await settle();
  assert.deepEqual(events, endedHere);
  await time.move(70_000);
  assert.equal(peer.requests('INVITE').length, 1);
  assert.equal(events.length, 1);
});

test('a call that is hung up on its way to the next proxy does not ring there', async () => {
  const time = movableTime();
  const [full, free] = [await peerThere(), await peerThere()];
  const { agent } = caller(
    time,
    [full, free].map(peer => `sip:127.0.0.1:${peer.port}`),
  );
  for (const peer of [full, free]) peer.reply(await peer.next('OPTIONS'), 200);
  await settle();
  const events = hungUpAt(agent, 2);
  full.reply(await full.next('INVITE'), 503);
  await full.next('ACK');
  await settle();
  assert.deepEqual(events, endedHere);
  await time.move(70_000);
  assert.equal(free.requests('INVITE').length, 0);
});

test('a call that is hung up while a connection is made for its long INVITE does not ring any more', async () => {
  const { time, peer, agent } = await line({ caller: { name: 'x'.repeat(longestDatagram) } });
  const heard: Buffer[] = [];
  let connected = 0;
  const stream = createServer(socket => {
    connected += 1;
    socket.on('data', chunk => heard.push(chunk)).on('error', () => undefined);
    closing.push(() => void socket.destroy());
  });
  await new Promise<void>(resolve => stream.listen(peer.port, '127.0.0.1', resolve));
  closing.push(() => void stream.close());
  const events = hungUpAt(agent, 1, hangUp => process.nextTick(hangUp));
  await until(() => connected === 1);
  await settle();
  assert.deepEqual(events, endedHere);
  await time.move(70_000);
  assert.equal(Buffer.concat(heard).toString('latin1', 0, 6), '');
  assert.equal(peer.requests('INVITE').length, 0);
});

test('a line is up while a proxy answers, and down with a reason when none does', async () => {
  const { time, peer, states, agent } = await line({ every: 25_000 });
  assert.deepEqual(states, ['up']);
  await time.move(25_000);
  peer.reply(await peer.next('OPTIONS'), 503);
  await settle();
  assert.deepEqual(states, ['up', '127.0.0.1: 503']);
  await time.move(5000);
  peer.reply(await peer.next('OPTIONS'), 404);
  await settle();
  assert.deepEqual(agent.state(), { is: 'up' });
  await time.move(29_000);
  assert.deepEqual(agent.state(), { is: 'down', because: '127.0.0.1: timeout' });
});

test('an extension registers with its password, anew before it is forgotten, and says goodbye', async () => {
  const time = movableTime();
  const peer = await peerThere();
  const { states, agent } = caller(time, [`sip:127.0.0.1:${peer.port}`], {
    register: true,
    credentials,
    domain: 'pbx.example.ac.jp',
    every: 1_000_000,
  });
  const first = await peer.next('REGISTER');
  assert.equal(first.uri, 'sip:pbx.example.ac.jp');
  assert.equal(headerOf(first, 'to'), '<sip:genkan@pbx.example.ac.jp>');
  peer.reply(first, 407, { more: [challenge('one')] });
  const second = await peer.next('REGISTER');
  assert.ok(proofIn(second));
  const granted = (request: SipRequest) => ({
    more: [
      { name: 'contact', value: `${valuesOf(request, 'contact')[0]?.replace(/;expires.*/, '')};expires=100` },
    ],
  });
  const taken = (request: SipRequest): void => {
    const { more } = granted(request);
    peer.reply(request, 299, { more });
  };
  taken(second);
  await settle();
  assert.deepEqual(states, ['up']);
  await time.move(79_999);
  assert.equal(peer.requests('REGISTER').length, 2);
  await time.move(1);
  taken(await peer.next('REGISTER'));
  await settle();
  const closed = agent.close();
  const goodbye = await peer.next('REGISTER');
  assert.equal(headerOf(goodbye, 'expires'), '0');
  peer.reply(goodbye, 200);
  await closed;
});

test('a password that the registrar refuses is told, and tried again later and later', async () => {
  const time = movableTime();
  const peer = await peerThere();
  const { states } = caller(time, [`sip:127.0.0.1:${peer.port}`], { register: true, credentials });
  peer.reply(await peer.next('REGISTER'), 407, { more: [challenge('one')] });
  peer.reply(await peer.next('REGISTER'), 403);
  await settle();
  assert.deepEqual(states, ['127.0.0.1: 403']);
  await time.move(1999);
  assert.equal(peer.requests('REGISTER').length, 2);
  await time.move(1);
  peer.reply(await peer.next('REGISTER'), 200);
  await settle();
  assert.equal(states.at(-1), 'up');
});

/** A proxy over TCP that does with each request what the test says. */
async function streamPeer(answer: (request: SipRequest, socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    const framer = openFramer();
    socket.on('data', chunk => {
      for (const framed of framer.push(chunk))
        if (framed.parsed === true && framed.message.is === 'request') answer(framed.message, socket);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const place = server.address();
  return place !== null && typeof place === 'object' ? place.port : 0;
}

const say = (request: SipRequest, socket: Socket, status: number, more = {}): void =>
  void socket.write(
    writeMessage(
      replyTo(
        request,
        { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
        {
          status,
          reason: 'Said',
          tag: 'phone',
          ...more,
        },
      ),
    ),
  );

test('over TCP nothing is repeated, a connection that broke fails its call at once, and the next one opens anew', async () => {
  const time = movableTime();
  const invites: SipRequest[] = [];
  const port = await streamPeer((request, socket) => {
    if (request.method === 'OPTIONS') say(request, socket, 200);
    if (request.method !== 'INVITE') return;
    invites.push(request);
    if (invites.length === 1) return void setTimeout(() => socket.destroy(), 50);
    say(request, socket, 486);
  });
  const { call, states } = caller(time, [`sip:127.0.0.1:${port};transport=tcp`]);
  await until(() => states.length > 0);
  assert.deepEqual(states, ['up']);
  const broken = call();
  await until(() => invites.length === 1);
  await time.move(10_000);
  assert.equal(invites.length, 1);
  await until(() => broken.events.length > 0);
  assert.deepEqual(broken.events, [{ is: 'ended', because: 'unreachable', detail: '127.0.0.1: transport' }]);
  const busy = call();
  await until(() => busy.events.length > 0);
  assert.equal(busy.events[0]?.is === 'ended' && busy.events[0].because, 'busy');
  assert.match(valuesOf(invites[1] as SipRequest, 'contact')[0] ?? '', /;transport=tcp>$/);
});

test('a name is asked for SRV when it has no port, and for its addresses when there is none', async () => {
  const names = {
    srv: async (name: string) =>
      name === '_sips._tcp.pbx'
        ? [
            { name: 'b', port: 5081, priority: 2, weight: 0 },
            { name: 'a', port: 5080, priority: 1, weight: 0 },
          ]
        : [],
    addresses: async (host: string) => (host === 'a' ? ['192.0.2.1', '2001:db8::1'] : ['192.0.2.9']),
  };
  const uri = (params: string, port?: number) => ({
    scheme: 'sip' as const,
    host: 'pbx',
    params: [{ name: 'transport', value: params }],
    ...(port === undefined ? {} : { port }),
  });
  assert.deepEqual(await targetsOf(uri('tls'), names), [
    { protocol: 'tls', address: '192.0.2.1', port: 5080, name: 'pbx' },
    { protocol: 'tls', address: '2001:db8::1', port: 5080, name: 'pbx' },
    { protocol: 'tls', address: '192.0.2.9', port: 5081, name: 'pbx' },
  ]);
  assert.deepEqual(await targetsOf(uri('tcp'), names), [
    { protocol: 'tcp', address: '192.0.2.9', port: 5060, name: 'pbx' },
  ]);
  assert.deepEqual(await targetsOf(uri('ws'), names), []);
  const equal = [1, 3].map(weight => ({ name: String(weight), port: 1, priority: 1, weight }));
  const lots = [0.5, 0.5];
  assert.deepEqual(
    inOrder(equal, () => lots.shift() ?? 0).map(({ name }) => name),
    ['3', '1'],
  );
  assert.ok(readChallenge(challenge('x').value));
});

test('a certificate of ours that is none takes the line down, and not the process', async () => {
  const time = movableTime();
  const { agent } = caller(time, ['sip:127.0.0.1:9;transport=tls'], {
    tls: { cert: '/etc/genkan/cert.pem' },
  });
  await settle();
  assert.deepEqual(agent.state(), { is: 'down', because: '127.0.0.1: no connection' });
});
