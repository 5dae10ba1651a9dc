import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { headerOf, openFramer, type SipRequest, viaOf, writeMessage } from '../../../wire/sip/index.ts';
import { movableTime, openCaller, openPeer, type Peer, settle } from './testing.ts';
import type { LineSettings } from './user-agent.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function line(more: Partial<LineSettings> = {}) {
  const time = movableTime();
  const peer = await openPeer();
  const opened = openCaller(time, [`sip:127.0.0.1:${peer.port}`], more);
  closing.push(async () => {
    const closed = opened.agent.close();
    await settle();
    await time.move(2000);
    await closed;
    peer.close();
  });
  return { time, peer, ...opened };
}

const contactOf = (request: SipRequest): string => headerOf(request, 'contact') ?? '';
const outside = { address: '198.51.100.7', port: 61_000 };

describe('beyond a NAT', () => {
  test('we are called back at the address that the proxy sees us at', async () => {
    const { peer, call } = await line();
    peer.reply(await peer.next('OPTIONS'), 200, { seen: outside });
    await settle();
    call();
    const invite = await peer.next('INVITE');
    assert.equal(contactOf(invite), '<sip:genkan@198.51.100.7:61000>');
    // The voice has no such help: it is answered where it comes from.
    assert.match(invite.body.toString(), /^c=IN IP4 127\.0\.0\.1\r$/m);
  });

  test('but where our address was set, that is the one', async () => {
    const { peer, call } = await line({ address: '127.0.0.1' });
    peer.reply(await peer.next('OPTIONS'), 200, { seen: outside });
    await settle();
    call();
    assert.match(contactOf(await peer.next('INVITE')), /^<sip:genkan@127\.0\.0\.1:\d+>$/);
  });

  test('an extension registers at once again under the address that it learned, and is up then', async () => {
    const { peer, states } = await line({ register: true });
    const first = await peer.next('REGISTER');
    assert.match(contactOf(first), /^<sip:genkan@127\.0\.0\.1:\d+>;expires=300$/);
    peer.reply(first, 200, { seen: outside });
    const second = await peer.next('REGISTER');
    assert.equal(contactOf(second), '<sip:genkan@198.51.100.7:61000>;expires=300');
    assert.deepEqual(states, []);
    peer.reply(second, 200, { seen: outside });
    await settle();
    assert.deepEqual(states, ['up']);
    assert.equal(peer.requests('REGISTER').length, 2);
  });

  test('a NAT that gives another port each time is followed three times and no more', async () => {
    const { peer, states } = await line({ register: true });
    for (let port = 61_001; port <= 61_004; port++)
      peer.reply(await peer.next('REGISTER'), 200, { seen: { ...outside, port } });
    await settle();
    assert.equal(peer.requests('REGISTER').length, 4);
    assert.deepEqual(states, ['up']);
  });
});

describe('a request that is too long for a datagram', () => {
  const long = { caller: { name: 'x'.repeat(1200) } };
  const isUp = async (peer: Peer): Promise<void> => {
    peer.reply(await peer.next('OPTIONS'), 200);
    await settle();
  };

  test('goes over TCP where the proxy has it, and says so', async () => {
    const { peer, call } = await line(long);
    await isUp(peer);
    const came: SipRequest[] = [];
    const server = createServer(socket => {
      const framer = openFramer();
      socket.on('error', () => undefined);
      socket.on('data', chunk => {
        for (const framed of framer.push(chunk))
          if (framed.parsed === true && framed.message.is === 'request') {
            came.push(framed.message);
            server.emit('request');
          }
      });
      closing.push(() => void socket.destroy());
    });
    server.listen(peer.port, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => void server.close());
    const placed = call();
    await once(server, 'request', { signal: AbortSignal.timeout(60_000) });
    const [invite] = came;
    assert.ok(invite && writeMessage(invite).length > 1300);
    assert.equal(viaOf(invite)?.protocol, 'TCP');
    assert.match(contactOf(invite), /;transport=tcp>$/);
    assert.equal(peer.requests('INVITE').length, 0);
    placed.hangUp();
  });

  test('goes as it is where there is no TCP', async () => {
    const { peer, call } = await line(long);
    await isUp(peer);
    call();
    const invite = await peer.next('INVITE');
    assert.ok(writeMessage(invite).length > 1300);
    assert.equal(viaOf(invite)?.protocol, 'UDP');
  });
});
