import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { freePort } from '../../../src/kit/testing.ts';
import { type Caller, openCaller, type Placed } from './caller.ts';
import { openLossyRoad } from './lossy.ts';
import {
  answer,
  contact,
  early,
  events,
  hangUpInside,
  offerInside,
  pause,
  person,
  play,
  press,
  pressInside,
  receive,
  receiveInvite,
  reply,
  replyInside,
  type Sipp,
  sdp,
  sippIsMissing,
  startSipp,
  writeTones,
} from './sipp.ts';

describe('SIPp', { skip: sippIsMissing }, () => {
  let peers: Sipp[] = [];
  let callers: Caller[] = [];
  const clean = async (): Promise<void> => {
    await Promise.all(callers.map(caller => caller.close()));
    await Promise.all(peers.map(peer => peer.close()));
    callers = [];
    peers = [];
  };
  afterEach(clean);
  after(clean);

  async function peer(...parameters: Parameters<typeof startSipp>): Promise<Sipp> {
    const started = await startSipp(...parameters);
    peers.push(started);
    return started;
  }

  /** SIPp takes every request for a call of its scenario: it is not asked whether it lives. */
  async function callTo(sipp: Sipp, settings: object = {}): Promise<Caller> {
    const caller = openCaller({ proxies: [`sip:127.0.0.1:${sipp.port}`], keepalive: 0, ...settings });
    callers.push(caller);
    await caller.up();
    return caller;
  }

  /** SIPp leaves with 0 when everything came as its scenario says. */
  const isContent = async (sipp: Sipp): Promise<void> => assert.equal(await sipp.ended, 0, sipp.said());

  const ending = async (steps: string, settings: object = {}, place?: (caller: Caller) => Placed) => {
    const sipp = await peer(steps);
    const caller = await callTo(sipp, settings);
    const call = (place ?? (one => one.call()))(caller);
    const end = await call.end();
    await isContent(sipp);
    return { end, states: call.states, log: caller.log };
  };

  test('the pound key as an event of RFC 4733 confirms', async () => {
    assert.deepEqual((await ending(person('pound'))).states, ['ringing', 'answered', 'confirmed']);
  });

  test('star and pound of an analog line confirm, and zero and pound report fraud', async () => {
    assert.equal((await ending(person('star', 'pound'))).end, 'confirmed');
    assert.equal((await ending(person(0, 'pound'))).end, 'fraud');
  });

  test('the number of the screen confirms, and another one does not', async () => {
    const place =
      (asked: string) =>
      (caller: Caller): Placed =>
        caller.call({ language: 'en', expect: { keys: 'number', number: asked } });
    // SIPp's recorded keys are pieces of one stream, and must be pressed in its order.
    assert.equal((await ending(person(2, 4, 'pound'), {}, place('24'))).end, 'confirmed');
    assert.equal((await ending(person(2, 4, 'pound'), {}, place('42'))).end, 'wrong-key');
  });

  test('the pound key by SIP INFO confirms where events are not known', async () => {
    const steps = [
      receiveInvite,
      reply('180 Ringing'),
      answer(sdp()),
      receive('ACK'),
      pause(1300),
      pressInside('#'),
      '<recv response="200"/>',
      receive('BYE'),
      replyInside('200 OK'),
    ].join('\n');
    assert.deepEqual((await ending(steps)).states, ['ringing', 'answered', 'confirmed']);
  });

  test('tones in the sound confirm where neither events nor INFO come', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'genkan-tones-'));
    const tones = join(folder, 'tones.pcap');
    writeTones(tones, '*#');
    const steps = [
      receive('INVITE'),
      reply('180 Ringing'),
      answer(sdp()),
      receive('ACK'),
      pause(1300),
      play(tones),
      receive('BYE'),
      replyInside('200 OK'),
    ].join('\n');
    assert.deepEqual((await ending(steps)).states, ['ringing', 'answered', 'confirmed']);
    rmSync(folder, { recursive: true });
  });

  for (const [status, end] of [
    ['486 Busy Here', 'busy'],
    ['603 Decline', 'rejected'],
    ['404 Not Found', 'unreachable'],
    ['480 Temporarily Unavailable', 'unreachable'],
    ['500 Server Internal Error', 'failed'],
  ] as const) {
    test(`${status} is told as ${end}`, async () => {
      const steps = [receive('INVITE'), reply('100 Trying'), reply(status), receive('ACK')].join('\n');
      assert.equal((await ending(steps)).end, end);
    });
  }

  test('a phone that nobody picks up is let ring for 45 seconds', async () => {
    const steps = [
      receive('INVITE'),
      reply('180 Ringing'),
      receive('CANCEL'),
      replyInside('200 OK'),
      `<send><![CDATA[
SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
CSeq: 1 INVITE
Content-Length: 0

]]></send>`,
      receive('ACK'),
    ].join('\n');
    let took: Promise<number> | undefined;
    const { states } = await ending(steps, {}, caller => {
      const began = performance.now();
      const call = caller.call();
      took = call.end().then(() => performance.now() - began);
      return call;
    });
    assert.deepEqual(states, ['ringing', 'no-answer']);
    const rang = (await took) ?? 0;
    assert.ok(rang > 44_000 && rang < 60_000, `${rang} ms`);
  });

  test('a redirection leads to the other phone', async () => {
    const other = await peer(person('pound'));
    const steps = [
      receive('INVITE'),
      reply('302 Moved Temporarily', `Contact: <sip:elsewhere@127.0.0.1:${other.port}>`),
      receive('ACK'),
    ].join('\n');
    assert.equal((await ending(steps)).end, 'confirmed');
    await isContent(other);
  });

  test('a password is asked for, and is right', async () => {
    const challenge = 'WWW-Authenticate: Digest realm="pbx", nonce="abc", algorithm=MD5';
    const steps = [
      receive('INVITE', 'auth="true"'),
      reply('401 Unauthorized', challenge),
      receive('ACK'),
      `<recv request="INVITE"><action><verifyauth assign_to="right" username="genkan" password="secret"/></action></recv>
<nop hide="true" test="right" next="1"/>`,
      reply('403 Forbidden'),
      receive('ACK'),
      '<nop next="2"/>',
      '<label id="1"/>',
      reply('486 Busy Here'),
      receive('ACK'),
      '<label id="2"/>',
    ].join('\n');
    assert.equal((await ending(steps, { password: 'secret' })).end, 'busy');
    assert.equal((await ending(steps, { password: 'wrong' })).end, 'failed');
  });

  test('a person who hangs up before a key is told apart', async () => {
    const steps = [
      receiveInvite,
      reply('180 Ringing'),
      answer(),
      receive('ACK'),
      pause(600),
      hangUpInside,
      '<recv response="200"/>',
    ].join('\n');
    assert.deepEqual((await ending(steps)).states, ['ringing', 'answered', 'hung-up']);
  });

  test('an early answer that is to be acknowledged is, and the voice is the one that was agreed on then', async () => {
    const steps = [
      `<recv request="INVITE"><action><ereg regexp=":.*" search_in="hdr" header="Via" assign_to="way"/></action></recv>`,
      reply('100 Trying'),
      early(1, sdp(events)),
      `<recv request="PRACK"><action><ereg regexp="1 1 INVITE" search_in="hdr" header="RAck" check_it="true" assign_to="rack"/></action></recv>`,
      '<Reference variables="rack"/>',
      replyInside('200 OK'),
      pause(200),
      `<send retrans="500"><![CDATA[
SIP/2.0 200 OK
Via[$way]
[last_From:]
[last_To:]
[last_Call-ID:]
CSeq: 1 INVITE
${contact}
Content-Length: 0

]]></send>`,
      receive('ACK'),
      pause(1300),
      press('pound'),
      receive('BYE'),
      replyInside('200 OK'),
    ].join('\n');
    assert.deepEqual((await ending(steps)).states, ['ringing', 'answered', 'confirmed']);
  });

  test('a person who lays the call aside and comes back, with a timer of the session, is still asked', async () => {
    const timer = ['Supported: timer', 'Session-Expires: 90;refresher=uac'];
    const steps = [
      receiveInvite,
      reply('180 Ringing'),
      answer(),
      receive('ACK'),
      pause(300),
      offerInside(7, sdp(events, 'a=sendonly'), /a=recvonly/, ...timer),
      pause(300),
      offerInside(8, sdp(events, 'a=sendrecv'), /Session-Expires: 90;refresher=uac/, ...timer),
      pause(1300),
      press('pound'),
      receive('BYE'),
      replyInside('200 OK'),
    ].join('\n');
    assert.deepEqual((await ending(steps)).states, ['ringing', 'answered', 'confirmed']);
  });

  test('a session that is too short for the switchboard is asked for again, longer', async () => {
    const steps = [
      receive('INVITE'),
      reply('422 Session Interval Too Small', 'Min-SE: 300'),
      receive('ACK'),
      `<recv request="INVITE"><action><ereg regexp="300" search_in="hdr" header="Session-Expires" check_it="true" assign_to="length"/></action></recv>`,
      '<Reference variables="length"/>',
      reply('486 Busy Here'),
      receive('ACK'),
    ].join('\n');
    assert.equal((await ending(steps)).end, 'busy');
  });

  test('over IPv6 a call is confirmed by the same key', async () => {
    const sipp = await peer(person('pound'), { address: '[::1]' });
    const caller = await callTo(sipp, { proxies: [`sip:[::1]:${sipp.port}`] });
    assert.equal(await caller.call().end(), 'confirmed');
    await isContent(sipp);
  });

  test('twenty calls are all confirmed although one message in ten is lost, each way', async () => {
    const calls = 20;
    const port = await freePort();
    const road = await openLossyRoad(port, 10);
    try {
      await peer(person('pound').replaceAll('[local_port]>', `${road.port}>`), { calls, port });
      const caller = openCaller({ proxies: [`sip:127.0.0.1:${road.port}`], keepalive: 0 });
      callers.push(caller);
      await caller.up();
      const placed = Array.from({ length: calls }, () => caller.call());
      const ends = await Promise.all(placed.map(call => call.end()));
      assert.deepEqual(ends, Array(calls).fill('confirmed'));
      // of at least INVITE and ACK there, and 180 and 200 back
      const { there, back } = road.lost();
      assert.ok(there >= 4 && back >= 4, `${there} lost there, ${back} back`);
    } finally {
      await clean();
      await road.close();
    }
  });
});
