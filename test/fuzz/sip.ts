import assert from 'node:assert/strict';
import {
  addressOf,
  chooseChallenge,
  cseqOf,
  linesOf,
  openFramer,
  parseMessage,
  readAddress,
  readUri,
  readVia,
  valuesOf,
  writeMessage,
  writeUri,
} from '../../src/wire/sip/index.ts';
import type { Fuzzed } from './driver.ts';

const lines = (...text: readonly string[]): Buffer => Buffer.from(text.join('\r\n'));

const seeds = [
  lines(
    'INVITE sip:bob@[2001:db8::1]:5060;transport=udp SIP/2.0',
    'Via: SIP/2.0/UDP pc33.example.com:5066;branch=z9hG4bK776asdhds;rport, SIP / 2.0 / TCP [::1];received=192.0.2.1',
    'Max-Forwards: 70',
    't: "Bob, \\"the\\" <builder>" <sip:bob@example.com>',
    'From: Alice <sip:alice@example.com;user=phone>;tag=1928301774',
    'i: a84b4c76e66710@pc33.example.com',
    'CSeq: 314159 INVITE',
    'Contact: <sip:alice@pc33.example.com>;q=0.7,',
    ' sip:other@example.com',
    'Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>',
    'c: application/sdp',
    'l: 4',
    '',
    'v=0\r',
  ),
  lines(
    'SIP/2.0 407 Proxy Authentication Required',
    'Via: SIP/2.0/TLS 192.0.2.4:5061;branch=z9hG4bKnashds8;rport=40000;received=192.0.2.9',
    'From: sip:+81312345678@example.com;tag=8',
    'To: <tel:+81312345678>;tag=a6c85cf',
    'Call-ID: a84b4c76e66710',
    'CSeq: 2 INVITE',
    'Proxy-Authenticate: Digest realm="a, b", nonce="84a4cc6f", algorithm=SHA-256, qop="auth,auth-int", stale=TRUE',
    'WWW-Authenticate: Digest realm="x", nonce="y", opaque="", algorithm=MD5',
    'Content-Length: 0',
    '',
    '',
  ),
];

/** What can be read is written and read again as the same; a stream gives the same as a datagram, however it is cut. */
function run(input: Buffer): void {
  const framer = openFramer();
  const half = Math.floor(input.length / 2);
  for (const piece of [input.subarray(0, half), input.subarray(half)]) {
    for (const framed of framer.push(piece)) assert.ok(framed.parsed !== undefined);
  }
  const parsed = parseMessage(input);
  if (!parsed.parsed) return;
  const { message } = parsed;
  for (const name of ['proxy-authenticate', 'www-authenticate']) chooseChallenge(linesOf(message, name));
  for (const name of ['contact', 'record-route']) valuesOf(message, name).map(readAddress);
  valuesOf(message, 'via').map(readVia);
  if (message.is === 'request') {
    const uri = readUri(message.uri);
    if (uri) assert.ok(readUri(writeUri(uri)), writeUri(uri));
  }
  const again = parseMessage(writeMessage(message));
  assert.ok(again.parsed, again.parsed ? '' : again.reason);
  assert.deepEqual(cseqOf(again.message), cseqOf(message));
  assert.deepEqual(addressOf(again.message, 'from')?.uri, addressOf(message, 'from')?.uri);
  assert.deepEqual(again.message.body, message.body);
}

for (const seed of seeds) assert.ok(parseMessage(seed).parsed);

export const fuzzed: Fuzzed = { name: 'sip', seeds, run };
