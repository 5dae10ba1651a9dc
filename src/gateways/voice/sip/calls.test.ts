import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { headerOf, type SipRequest } from '../../../wire/sip/index.ts';
import { movableTime, openCaller, openPeer, type Peer, type Placed, settle, voice } from './testing.ts';
import type { LineSettings, UserAgent } from './user-agent.ts';

const agents: { agent: UserAgent; time: ReturnType<typeof movableTime> }[] = [];
const peers: Peer[] = [];
afterEach(async () => {
  for (const { agent, time } of agents.splice(0)) {
    const closed = agent.close();
    await settle();
    await time.move(2000);
    await closed;
  }
  for (const peer of peers.splice(0)) peer.close();
});

async function house(more: Partial<LineSettings> = {}, address = '127.0.0.1') {
  const time = movableTime();
  const peer = await openPeer(address);
  peers.push(peer);
  const host = address.includes(':') ? `[${address}]` : address;
  const caller = openCaller(time, [`sip:${host}:${peer.port}`], more);
  agents.push({ agent: caller.agent, time });
  peer.reply(await peer.next('OPTIONS'), 200);
  await settle();
  return { time, peer, caller };
}

const kinds = (call: Placed): readonly string[] =>
  call.events.map(event => (event.is === 'ended' ? event.because : event.is));

/** A call that was answered: what the peer got, and what it is called there. */
async function talking(more: Partial<LineSettings> = {}) {
  const at = await house(more);
  const call = at.caller.call();
  const invite = await at.peer.next('INVITE');
  at.peer.reply(invite, 180);
  at.peer.reply(invite, 200, { content: voice(), more: [{ name: 'allow', value: 'INVITE, UPDATE, BYE' }] });
  const ack = await at.peer.next('ACK');
  return { ...at, call, invite, ack };
}

test('a call rings, is answered, and is hung up by us', async () => {
  const { peer, call, invite, ack } = await talking();
  assert.deepEqual(kinds(call), ['ringing', 'answered']);
  assert.equal(headerOf(ack, 'cseq'), headerOf(invite, 'cseq')?.replace('INVITE', 'ACK'));
  assert.match(invite.body.toString(), /m=audio 4000 RTP\/AVP 0 8 101/);
  call.hangUp();
  const bye = await peer.next('BYE');
  assert.match(headerOf(bye, 'to') ?? '', /;tag=phone$/);
  peer.reply(bye, 200);
  assert.deepEqual(kinds(call), ['ringing', 'answered', 'ended-here']);
});

test('a call is hung up by the person', async () => {
  const { peer, call, invite } = await talking();
  peer.ask(invite, 'phone', 'BYE');
  assert.equal((await peer.response()).status, 200);
  assert.deepEqual(kinds(call).at(-1), 'hung-up');
});

test('an INVITE that nobody answers is repeated, twice as long apart each time, and given up after 32 s', async () => {
  const { time, peer, caller } = await house();
  const call = caller.call();
  await peer.next('INVITE');
  for (const [at, sent] of [
    [499, 1],
    [1, 2],
    [999, 2],
    [1, 3],
    [2000, 4],
    [4000, 5],
    [8000, 6],
    [16_499, 7],
  ] as const) {
    await time.move(at);
    assert.equal(peer.requests('INVITE').length, sent);
  }
  await time.move(1);
  assert.deepEqual(kinds(call), ['unreachable']);
  await time.move(100_000);
  assert.equal(peer.requests('INVITE').length, 7);
});

test('what the network answers is told apart', async () => {
  for (const [status, because] of [
    [486, 'busy'],
    [600, 'busy'],
    [603, 'rejected'],
    [404, 'unreachable'],
    [480, 'unreachable'],
    [408, 'unreachable'],
    [487, 'no-answer'],
    [403, 'failed'],
    [500, 'failed'],
    [503, 'failed'],
  ] as const) {
    const { time, peer, caller } = await house();
    const call = caller.call();
    peer.reply(await peer.next('INVITE'), status);
    const ack = await peer.next('ACK');
    assert.match(headerOf(ack, 'to') ?? '', /;tag=phone$/);
    assert.deepEqual(kinds(call), [because], String(status));
    // The answer comes again because the ACK was lost: it is acknowledged again.
    peer.reply(peer.requests('INVITE')[0] as SipRequest, status);
    await peer.next('ACK');
    await time.move(0);
    assert.equal(call.events.length, 1);
  }
});

test('a network that is slow to ring has no more time for it: a call that is answered late must end in time too', async () => {
  const { time, peer, caller } = await house();
  const placed = caller.call();
  const invite = await peer.next('INVITE');
  peer.reply(invite, 100);
  await settle();
  await time.move(30_000);
  peer.reply(invite, 180);
  await settle();
  await time.move(14_999);
  assert.deepEqual(placed.events, [{ is: 'ringing' }]);
  await time.move(1);
  const last = placed.events.at(-1);
  assert.equal(last?.is === 'ended' && last.because, 'no-answer');
  await peer.next('CANCEL');
});

test('a phone that rings for 45 seconds is not answered: the call is taken back', async () => {
  const { time, peer, caller } = await house();
  const call = caller.call();
  const invite = await peer.next('INVITE');
  peer.reply(invite, 180);
  await settle();
  await time.move(44_999);
  assert.deepEqual(kinds(call), ['ringing']);
  await time.move(1);
  const cancel = await peer.next('CANCEL');
  assert.equal(headerOf(cancel, 'via'), headerOf(invite, 'via'));
  peer.reply(cancel, 200);
  peer.reply(invite, 487);
  await peer.next('ACK');
  assert.deepEqual(kinds(call), ['ringing', 'no-answer']);
});

test('a call is taken back only once the peer said something, and hung up when it was answered meanwhile', async () => {
  const { peer, caller } = await house();
  const call = caller.call();
  const invite = await peer.next('INVITE');
  call.hangUp();
  await settle();
  assert.equal(peer.requests('CANCEL').length, 0);
  peer.reply(invite, 100);
  await peer.next('CANCEL');
  peer.reply(invite, 200, { content: voice() });
  await peer.next('ACK');
  await peer.next('BYE');
  assert.deepEqual(kinds(call), ['ended-here']);
});

test('a second phone that answers is told that nobody wants to talk', async () => {
  const { peer, call, invite } = await talking();
  peer.reply(invite, 200, { content: voice(), tag: 'other' });
  const ack = await peer.next('ACK');
  const bye = await peer.next('BYE');
  for (const request of [ack, bye]) assert.match(headerOf(request, 'to') ?? '', /;tag=other$/);
  assert.deepEqual(kinds(call), ['ringing', 'answered']);
});

test('an answer that comes again is acknowledged again', async () => {
  const { peer, invite, call } = await talking();
  peer.reply(invite, 200, { content: voice() });
  await peer.next('ACK');
  assert.equal(call.events.length, 2);
});

test('an answer that we cannot speak to is hung up', async () => {
  const { peer, caller } = await house();
  const call = caller.call();
  peer.reply(await peer.next('INVITE'), 200, {
    content: { type: 'application/sdp', body: voice().body.replace('RTP/AVP 0 101', 'RTP/AVP 18') },
  });
  await peer.next('ACK');
  await peer.next('BYE');
  assert.deepEqual(kinds(call), ['failed']);
});

test('reliable provisional answers are acknowledged once each and in order', async () => {
  const { peer, caller } = await house();
  const call = caller.call();
  const invite = await peer.next('INVITE');
  const rings = (rseq: string, content?: ReturnType<typeof voice>): void =>
    peer.reply(invite, 183, {
      more: [
        { name: 'require', value: '100rel' },
        { name: 'rseq', value: rseq },
      ],
      ...(content ? { content } : {}),
    });
  rings('7', voice());
  const first = await peer.next('PRACK');
  assert.equal(headerOf(first, 'rack'), `7 ${headerOf(invite, 'cseq')}`);
  peer.reply(first, 200);
  rings('7');
  rings('9');
  rings('8');
  assert.match(headerOf(await peer.next('PRACK'), 'rack') ?? '', /^8 /);
  await settle();
  assert.equal(peer.requests('PRACK').length, 2);
  // The voice was agreed on by the provisional answer; the last one says nothing of it.
  peer.reply(invite, 200);
  await peer.next('ACK');
  assert.deepEqual(kinds(call), ['ringing', 'answered']);
});

test('what a phone asks before it answers changes nothing', async () => {
  const { peer, caller } = await house();
  const call = caller.call();
  const invite = await peer.next('INVITE');
  peer.reply(invite, 180);
  await settle();
  for (const [method, body, status] of [
    ['UPDATE', '', 200],
    ['UPDATE', 'v=0', 491],
    ['INFO', 'Signal=#', 200],
    ['BYE', '', 481],
  ] as const) {
    peer.ask(invite, 'phone', method, { body });
    assert.equal((await peer.response()).status, status);
  }
  assert.deepEqual(kinds(call), ['ringing']);
});

test('a redirection is followed, and a chain of them ends', async () => {
  const { peer, caller } = await house();
  const call = caller.call();
  for (let hop = 0; hop < 6; hop++) {
    const invite = await peer.next('INVITE');
    assert.match(invite.uri, hop === 0 ? /^sip:\+819012345678@/ : new RegExp(`^sip:hop${hop}@`));
    const contact = `<sip:hop${hop + 1}@127.0.0.1:${peer.port}>;q=0.9`;
    peer.reply(invite, 302, {
      more: [
        { name: 'contact', value: `<tel:110>, ${contact}` },
        { name: 'contact', value: `<sip:last@127.0.0.1:${peer.port}>;q=0.1` },
      ],
    });
    await peer.next('ACK');
  }
  await settle();
  assert.equal(call.events.at(-1)?.is, 'ended');
});

test('keys told by INFO reach the call, and ours reach the phone', async () => {
  const { peer, call, invite } = await talking();
  peer.ask(invite, 'phone', 'INFO', {
    headers: [{ name: 'content-type', value: 'application/dtmf-relay' }],
    body: 'Signal=#\r\nDuration=100\r\n',
  });
  assert.equal((await peer.response()).status, 200);
  assert.deepEqual(call.events.at(-1), {
    is: 'info',
    type: 'application/dtmf-relay',
    body: 'Signal=#\r\nDuration=100\r\n',
  });
  call.info('application/dtmf-relay', 'Signal=1');
  assert.equal((await peer.next('INFO')).body.toString(), 'Signal=1');
});

test('a hold is answered by listening, and the answer repeated until it is acknowledged', async () => {
  const { time, peer, call, invite } = await talking();
  peer.ask(invite, 'phone', 'INVITE', {
    headers: [{ name: 'content-type', value: 'application/sdp' }],
    body: voice('a=sendonly').body,
  });
  const answer = await peer.response();
  assert.equal(answer.status, 200);
  assert.match(answer.body.toString(), /a=recvonly/);
  const changed = call.events.at(-1);
  assert.equal(changed?.is === 'changed' && changed.terms.direction, 'sendonly');
  await time.move(500);
  await peer.response();
  peer.ask(invite, 'phone', 'ACK', { sequence: 101 });
  await settle();
  const before = peer.got.length;
  await time.move(60_000);
  assert.equal(peer.got.length, before);
});

test('an answer that is never acknowledged ends the call', async () => {
  const { time, peer, call, invite } = await talking();
  peer.ask(invite, 'phone', 'INVITE', {
    headers: [{ name: 'content-type', value: 'application/sdp' }],
    body: voice().body,
  });
  await peer.response();
  await time.move(36_000);
  await peer.next('BYE');
  assert.equal(kinds(call).at(-1), 'hung-up');
});

test('what a phone may not ask is refused, and what is old too', async () => {
  const { peer, invite } = await talking();
  const status = async (method: string, more?: Parameters<Peer['ask']>[3]): Promise<number> => {
    peer.ask(invite, 'phone', method, more);
    return (await peer.response()).status;
  };
  assert.equal(await status('REFER'), 603);
  assert.equal(await status('MESSAGE'), 405);
  assert.equal(await status('OPTIONS'), 200);
  assert.equal(await status('INFO', { headers: [{ name: 'require', value: 'magic' }] }), 420);
  assert.equal(await status('INVITE', { body: 'v=0' }), 488);
  assert.equal(await status('BYE', { sequence: 1 }), 500);
  peer.ask(invite, 'stranger', 'BYE');
  assert.equal((await peer.response()).status, 481);
});

test('a session is kept alive by us when that was agreed, and given up when the peer does not', async () => {
  const { time, peer, caller } = await house();
  const call = caller.call();
  const invite = await peer.next('INVITE');
  const agreed = (refresher: string) => ({
    more: [
      { name: 'allow', value: 'UPDATE' },
      { name: 'session-expires', value: `120;refresher=${refresher}` },
    ],
  });
  peer.reply(invite, 200, { content: voice(), ...agreed('uac') });
  await peer.next('ACK');
  await time.move(60_000);
  peer.reply(await peer.next('UPDATE'), 200, agreed('uas'));
  await settle();
  await time.move(87_999);
  assert.deepEqual(kinds(call), ['answered']);
  await time.move(1);
  await peer.next('BYE');
  assert.deepEqual(kinds(call), ['answered', 'hung-up']);
});

test('a session that is too short for the peer is asked for again', async () => {
  const { peer, caller } = await house();
  caller.call();
  peer.reply(await peer.next('INVITE'), 422, { more: [{ name: 'min-se', value: '300' }] });
  const again = await peer.next('INVITE');
  assert.equal(headerOf(again, 'session-expires'), '300');
  assert.equal(headerOf(again, 'cseq'), '2 INVITE');
});

test('the caller is said as it is set', async () => {
  const { peer, caller } = await house({
    domain: 'example.ac.jp',
    caller: { number: '+81312345678', name: '玄関', asserted: true },
  });
  caller.call();
  const invite = await peer.next('INVITE');
  assert.equal(invite.uri, 'sip:+819012345678@example.ac.jp');
  assert.match(headerOf(invite, 'from') ?? '', /^"玄関" <sip:\+81312345678@example\.ac\.jp>;tag=/);
  assert.equal(headerOf(invite, 'p-asserted-identity'), '"玄関" <sip:+81312345678@example.ac.jp>');
});

test('a call goes over IPv6', async () => {
  const { peer, caller } = await house({}, '::1');
  const call = caller.call();
  const invite = await peer.next('INVITE');
  assert.match(headerOf(invite, 'via') ?? '', /^SIP\/2\.0\/UDP \[::1\]:\d+;branch/);
  assert.match(invite.body.toString(), /c=IN IP6 ::1/);
  peer.reply(invite, 200, { content: voice() });
  await peer.next('ACK');
  assert.deepEqual(kinds(call), ['answered']);
});

test('whoever asks whether we live is answered, and whoever calls us is not', async () => {
  const { peer, invite, time } = await talking();
  const outside = {
    ...invite,
    headers: invite.headers.map(h => (h.name === 'from' ? { name: 'from', value: '<sip:x@y>' } : h)),
  };
  for (const [method, status] of [
    ['OPTIONS', 200],
    ['INVITE', 403],
    ['SUBSCRIBE', 405],
  ] as const) {
    peer.ask(outside, `t${method}`, method);
    assert.equal((await peer.response()).status, status);
  }
  const said = (): number => peer.got.filter(message => message.is === 'response').length;
  const before = said();
  await time.move(40_000);
  assert.equal(said(), before, 'a stranger, whose address may be forged, is answered once');
});

test('whoever knocks thousands of times does not keep a call from being heard', async () => {
  const { peer, call, invite } = await talking();
  const outside = {
    ...invite,
    headers: invite.headers.map(h => (h.name === 'from' ? { name: 'from', value: '<sip:x@y>' } : h)),
  };
  for (let n = 0; n < 5_100; n++) {
    peer.ask(outside, `t${n}`, 'OPTIONS');
    if (n % 20 === 0) await settle();
  }
  peer.ask(invite, 'phone', 'BYE');
  await settle();
  assert.deepEqual(kinds(call).at(-1), 'hung-up');
});
