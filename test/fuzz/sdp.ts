import assert from 'node:assert/strict';
import { agree, answerTo, offerOf, readSession, writeSession } from '../../src/wire/sdp/index.ts';
import type { Fuzzed } from './driver.ts';

const crypto = [{ tag: 1, suite: 'AES_CM_128_HMAC_SHA1_80', key: 'A'.repeat(40) }];
const ours = { address: '192.0.2.10', port: 4000, codecs: ['PCMU', 'PCMA'] } as const;
const name = { id: '1', version: '1' };

const seeds = [
  writeSession(offerOf(ours, name)),
  writeSession(offerOf({ ...ours, address: '2001:db8::1', crypto }, name)),
  [
    'v=0',
    'o=- 3747 461 IN IP4 host.example.com',
    's=A call',
    'c=IN IP4 224.2.1.1/127/3',
    't=0 0',
    'a=recvonly',
    'm=audio 49170/2 RTP/AVP 0 96 8',
    'a=rtpmap:96 telephone-event/8000',
    'a=fmtp:96 0-15,66',
    'a=rtcp:49180 IN IP4 224.2.1.1',
    'm=video 0 RTP/AVP 31',
    '',
  ].join('\n'),
].map(text => Buffer.from(text));

function run(input: Buffer): void {
  const read = readSession(input.toString());
  if (!read.read) return;
  for (const us of [ours, { ...ours, crypto }]) {
    const agreement = agree(read.session, us);
    const answer = answerTo(read.session, us, name);
    assert.equal(answer !== undefined, agreement.agreed);
    if (!answer) continue;
    const again = readSession(writeSession(answer));
    assert.ok(again.read, again.read ? '' : again.reason);
    assert.equal(again.session.media.length, read.session.media.length);
  }
}

export const fuzzed: Fuzzed = { name: 'sdp', seeds, run };
