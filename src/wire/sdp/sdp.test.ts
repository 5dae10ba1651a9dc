import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agree, answerTo, type Ours, offerOf, readSession, type Session, writeSession } from './index.ts';

const ours: Ours = { address: '192.0.2.10', port: 4000, codecs: ['PCMU', 'PCMA'] };
const key = 'A'.repeat(40);
const secret: Ours = { ...ours, crypto: [{ tag: 1, suite: 'AES_CM_128_HMAC_SHA1_80', key }] };
const name = { id: '1', version: '2' };

function session(...lines: readonly string[]): Session {
  const read = readSession(['v=0', 'o=x 1 1 IN IP4 192.0.2.1', 's=-', 't=0 0', ...lines, ''].join('\r\n'));
  assert.ok(read.read, read.read ? '' : read.reason);
  return read.session;
}

const terms = (theirs: Session, us = ours) => {
  const agreement = agree(theirs, us);
  return agreement.agreed ? agreement.terms : agreement.reason;
};

test('an offer says G.711 both ways and keys, and reads as it was written', () => {
  const written = writeSession(offerOf(ours, name));
  assert.match(written, /^m=audio 4000 RTP\/AVP 0 8 101\r$/m);
  assert.match(written, /^a=rtpmap:101 telephone-event\/8000\r$/m);
  const read = readSession(written);
  assert.ok(read.read);
  assert.equal(writeSession(read.session), written);
});

test('IPv6 is said with its family', () => {
  const written = writeSession(offerOf({ ...ours, address: '2001:db8::1' }, name));
  assert.match(written, /^c=IN IP6 2001:db8::1\r$/m);
  assert.ok(readSession(written).read);
});

test('the codec and the number of keys are those of the answer', () => {
  const theirs = session(
    'c=IN IP4 192.0.2.1',
    'm=audio 6000 RTP/AVP 8 0 97',
    'a=rtpmap:97 telephone-event/8000',
  );
  assert.deepEqual(terms(theirs), {
    address: '192.0.2.1',
    port: 6000,
    codec: 'PCMA',
    telephoneEvent: 97,
    direction: 'sendrecv',
  });
});

test('reports go where the answer says, and nowhere that it does not name rightly', () => {
  const rtcpOf = (...attributes: readonly string[]): unknown => {
    const read = terms(session('c=IN IP4 192.0.2.1', 'm=audio 6000 RTP/AVP 0', ...attributes));
    assert.ok(typeof read === 'object', String(read));
    return read.rtcpPort;
  };
  assert.equal(rtcpOf('a=rtcp:6009'), 6009);
  assert.equal(rtcpOf('a=rtcp:6009 IN IP4 192.0.2.1'), 6009);
  assert.equal(rtcpOf(), undefined, 'the port after that of the voice');
  // To another host than the voice nothing is sent: whoever writes a description could have us send to anybody.
  assert.equal(rtcpOf('a=rtcp:6009 IN IP4 198.51.100.1'), undefined);
  for (const broken of ['a=rtcp:', 'a=rtcp:x', 'a=rtcp:0', 'a=rtcp:70000', 'a=rtcp:6009 IN IP4', 'a=rtcp'])
    assert.equal(rtcpOf(broken), undefined, broken);
  const written = writeSession(session('m=audio 6000 RTP/AVP 0', 'a=rtcp:6009 IN IP4 192.0.2.1'));
  assert.match(written, /^a=rtcp:6009 IN IP4 192\.0\.2\.1\r$/m);
});

test('one port for voice and reports is never offered, and an answer that wants it is not followed (RFC 5761 §5.1.1)', () => {
  assert.doesNotMatch(writeSession(offerOf(ours, name)), /rtcp/);
  const theirs = session('c=IN IP4 192.0.2.1', 'm=audio 6000 RTP/AVP 0', 'a=rtcp-mux', 'a=rtcp:6003');
  assert.deepEqual(terms(theirs), {
    address: '192.0.2.1',
    port: 6000,
    rtcpPort: 6003,
    codec: 'PCMU',
    direction: 'sendrecv',
  });
  const answer = answerTo(theirs, ours, name);
  assert.ok(answer);
  // Whoever offered it is told by its absence that reports have a port of their own (§5.1.1).
  assert.doesNotMatch(writeSession(answer), /rtcp/);
});

test('the connection of the media goes before that of the session', () => {
  const theirs = session('c=IN IP4 192.0.2.1', 'm=audio 6000 RTP/AVP 0', 'c=IN IP4 192.0.2.77');
  assert.equal(
    terms(theirs) instanceof Object && (terms(theirs) as { address: string }).address,
    '192.0.2.77',
  );
});

test('nothing is agreed with an answer that refuses, knows no G.711, or has no key', () => {
  assert.equal(
    terms(session('c=IN IP4 192.0.2.1', 'm=audio 0 RTP/AVP 0')),
    'no voice that both ends can speak',
  );
  assert.equal(
    terms(session('c=IN IP4 192.0.2.1', 'm=audio 9 RTP/AVP 18', 'a=rtpmap:18 G729/8000')),
    'no codec that both ends know',
  );
  assert.equal(terms(session('m=audio 9 RTP/AVP 0')), 'no address to send to');
  assert.equal(
    terms(session('c=IN IP4 192.0.2.1', 'm=audio 9 RTP/AVP 0'), secret),
    'no voice that both ends can speak',
  );
  assert.equal(terms(session('c=IN IP4 192.0.2.1', 'm=audio 9 RTP/SAVP 0'), secret), 'no key for SRTP');
});

test('the key of an answer is taken when it is for the suite that was offered', () => {
  const line = `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${'B'.repeat(40)}|2^31|1:1`;
  const agreement = agree(session('c=IN IP4 192.0.2.1', 'm=audio 9 RTP/SAVP 0', line), secret);
  assert.ok(agreement.agreed);
  assert.deepEqual(agreement.terms.crypto, { tag: 1, suite: 'AES_CM_128_HMAC_SHA1_80', key: 'B'.repeat(40) });
});

test('a hold is answered by listening, other media by a port of 0', () => {
  const hold = session(
    'c=IN IP4 192.0.2.1',
    'm=video 7000 RTP/AVP 99',
    'm=audio 6000 RTP/AVP 0 96',
    'a=sendonly',
  );
  const answer = answerTo(hold, ours, name);
  assert.ok(answer);
  const written = writeSession(answer);
  assert.match(written, /^m=video 0 RTP\/AVP 99\r$/m);
  assert.match(written, /^m=audio 4000 RTP\/AVP 0\r$/m);
  assert.match(written, /^a=recvonly\r$/m);
  const old = session('c=IN IP4 0.0.0.0', 'm=audio 6000 RTP/AVP 0');
  assert.equal((terms(old) as { direction: string }).direction, 'sendonly');
});

test('what is broken is refused and says why', () => {
  for (const [text, reason] of [
    ['', 'no v=0'],
    ['v=0\r\nnonsense', 'a line that is none'],
    ['v=0\r\no=x', 'an origin that is none'],
    ['v=0\r\ns=-', 'no origin'],
    ['v=0\r\nm=audio 99999 RTP/AVP 0', 'a media line that is none'],
    ['v=0\r\nc=IN IP4 ::1', 'a connection that is none'],
    [`v=0\r\n${'a=x\r\n'.repeat(600)}`, 'too many lines'],
  ] as const)
    assert.deepEqual(readSession(text), { read: false, reason });
});
