import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressOf,
  answerChallenge,
  chooseChallenge,
  cseqOf,
  escapeUser,
  headerOf,
  openFramer,
  parseMessage,
  readAddress,
  readChallenge,
  readUri,
  readVia,
  received,
  type SipMessage,
  valuesOf,
  viaOf,
  writeAddress,
  writeMessage,
  writeUri,
  writeVia,
} from './index.ts';

const wire = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));

const core = [
  'v: SIP/2.0/UDP 192.0.2.1:5066;branch=z9hG4bKa;rport',
  'f: <sip:a@example.com>;tag=1',
  't: "B, \\"x\\" <y>" <sip:b@example.com>',
  'i: 1@example.com',
];

function read(bytes: Buffer): SipMessage {
  const parsed = parseMessage(bytes);
  assert.ok(parsed.parsed, parsed.parsed ? '' : parsed.reason);
  return parsed.message;
}

test('compact names, folded lines and several values in one line are read', () => {
  const message = read(
    wire(
      'INVITE sip:b@example.com SIP/2.0',
      ...core,
      'CSeq: 7  INVITE',
      'Subject: one',
      '\t two',
      'Route: <sip:p1;lr>,<sip:p2;lr>',
      'Route: "a, b" <sip:p3>',
      'l: 3',
      '',
      'abcdef',
    ),
  );
  assert.equal(message.is, 'request');
  assert.equal(headerOf(message, 'subject'), 'one two');
  assert.deepEqual(valuesOf(message, 'route'), ['<sip:p1;lr>', '<sip:p2;lr>', '"a, b" <sip:p3>']);
  assert.deepEqual(cseqOf(message), { number: 7, method: 'INVITE' });
  assert.equal(addressOf(message, 'to')?.name, 'B, "x" <y>');
  assert.equal(viaOf(message)?.port, 5066);
  assert.equal(message.body.toString(), 'abc');
});

test('an answer is read with its reason', () => {
  const message = read(wire('SIP/2.0 180 Ringing loudly', ...core, 'CSeq: 1 INVITE', '', ''));
  assert.equal(message.is === 'response' && `${message.status} ${message.reason}`, '180 Ringing loudly');
});

test('what is not SIP is refused and says why', () => {
  const about = (...lines: readonly string[]) => {
    const parsed = parseMessage(wire(...lines));
    return parsed.parsed || parsed.reason;
  };
  assert.equal(about('hello'), 'no end of the head');
  assert.equal(about('GET / HTTP/1.1', ...core, '', ''), 'no SIP/2.0 start line');
  assert.equal(about('BYE sip:b SIP/2.0', ...core, 'CSeq: 1 INVITE', '', ''), 'CSeq names another method');
  assert.equal(
    about('BYE sip:b SIP/2.0', ...core, 'CSeq: 99999999999 BYE', '', ''),
    'no CSeq that can be read',
  );
  assert.equal(
    about('BYE sip:b SIP/2.0', ...core, 'CSeq: 1 BYE', 'l: 9', '', 'x'),
    'the body is shorter than Content-Length',
  );
  assert.equal(
    about('BYE sip:b SIP/2.0', ...core, 'CSeq: 1 BYE', 'l: x', '', ''),
    'Content-Length is no number',
  );
  assert.equal(about('BYE sip:b SIP/2.0', 'no header', '', ''), 'a line that is no header');
  assert.equal(about('BYE sip:b SIP/2.0', ...Array(300).fill('x: y'), '', ''), 'too many headers');
  assert.equal(parseMessage(Buffer.alloc(70_000, 65)).parsed, false);
});

test('a value cannot begin a header of its own', () => {
  const written = writeMessage({
    is: 'request',
    method: 'INVITE',
    uri: 'sip:b@example.com',
    headers: [{ name: 'subject', value: 'x\r\nEvil: yes' }],
    body: Buffer.alloc(0),
  }).toString();
  assert.equal(
    written,
    'INVITE sip:b@example.com SIP/2.0\r\nSubject: x Evil: yes\r\nContent-Length: 0\r\n\r\n',
  );
});

test('a stream is cut at Content-Length, however it arrives', () => {
  const one = wire('BYE sip:b SIP/2.0', ...core, 'CSeq: 1 BYE', 'l: 3', '', 'abc');
  const all = Buffer.concat([one, Buffer.from('\r\n\r\n'), one]);
  for (const size of [1, 7, 100, all.length]) {
    const framer = openFramer();
    const found: string[] = [];
    for (let at = 0; at < all.length; at += size)
      for (const framed of framer.push(all.subarray(at, at + size)))
        found.push(framed.parsed === true ? framed.message.body.toString() : String(framed.parsed));
    if (size === 1)
      assert.deepEqual(
        found.filter(text => text === 'abc'),
        ['abc', 'abc'],
      );
    else assert.deepEqual(found, ['abc', 'ping', 'abc']);
  }
});

test('a stream without Content-Length is lost, and stays lost', () => {
  const framer = openFramer();
  const [lost] = framer.push(wire('BYE sip:b SIP/2.0', ...core, 'CSeq: 1 BYE', '', ''));
  assert.deepEqual(lost, { parsed: 'lost', reason: 'no Content-Length' });
  assert.deepEqual(framer.push(Buffer.from('more')), []);
  assert.equal(openFramer().push(Buffer.alloc(40_000, 65))[0]?.parsed, 'lost');
});

test('URIs are read and written, with IPv6 and parameters', () => {
  for (const text of ['sip:b@[2001:db8::1]:5060;transport=tcp;lr', 'sips:example.com', 'sip:+8190%23@h:1'])
    assert.equal(writeUri(readUri(text) ?? { scheme: 'sip', host: '', params: [] }), text);
  for (const text of ['tel:+81', 'sip:', 'sip:a b@c', 'sip:a@b:0', 'sip:a@b:70000', 'http://x'])
    assert.equal(readUri(text), undefined);
  assert.equal(escapeUser('+81#@ é'), '+81%23%40%20%C3%A9');
});

test('addresses are read in both forms, and written with their names quoted', () => {
  assert.deepEqual(readAddress('sip:a@b;tag=1'), { uri: 'sip:a@b', params: [{ name: 'tag', value: '1' }] });
  assert.equal(
    writeAddress({ name: 'say "hi"\r\nx', uri: 'sip:a@b', params: [{ name: 'tag', value: '1' }] }),
    '"say \\"hi\\" x" <sip:a@b>;tag=1',
  );
  for (const text of ['', '<>', '"a <sip:x', 'nothing']) assert.equal(readAddress(text), undefined);
});

test('a request learns where it came from', () => {
  const via = readVia('SIP/2.0/UDP 10.0.0.1;branch=z;rport');
  assert.ok(via);
  const from = { address: '192.0.2.9', port: 40000 };
  assert.equal(writeVia(received(via, from)), 'SIP/2.0/UDP 10.0.0.1;branch=z;received=192.0.2.9;rport=40000');
});

test('digest answers are those of RFC 2617 §3.5 and RFC 7616 §3.9.1', () => {
  const proof = { username: 'Mufasa', method: 'GET', uri: '/dir/index.html', count: 1 };
  const md5 = readChallenge(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"',
  );
  assert.ok(md5);
  assert.match(
    answerChallenge(md5, { ...proof, password: 'Circle Of Life', cnonce: '0a4f113b' }),
    /response="6629fae49393a05397450978507c4ef1".*nc=00000001, cnonce="0a4f113b", opaque="5ccc"/,
  );
  const sha = readChallenge(
    'Digest realm="http-auth@example.org", qop="auth", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
  );
  assert.ok(sha);
  assert.match(
    answerChallenge(sha, {
      ...proof,
      password: 'Circle of Life',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    }),
    /response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"/,
  );
});

test('the topmost challenge that can be answered is chosen, and one without qop is answered the old way', () => {
  const chosen = chooseChallenge([
    'Basic realm="x"',
    'Digest realm="a", nonce="1", algorithm=SHA-1024, qop="auth"',
    'Digest realm="a", nonce="2", qop="auth-int"',
    'Digest realm="a", nonce="3", algorithm=sha-256, qop="auth", stale=TRUE',
    'Digest realm="a", nonce="4"',
  ]);
  assert.deepEqual(chosen, { realm: 'a', nonce: '3', algorithm: 'SHA-256', qop: 'auth', stale: true });
  const old = readChallenge('Digest realm="a", nonce="4"');
  assert.ok(old);
  assert.doesNotMatch(
    answerChallenge(old, {
      username: 'u',
      password: 'p',
      method: 'INVITE',
      uri: 'sip:x',
      cnonce: 'c',
      count: 1,
    }),
    /qop|cnonce/,
  );
});
