import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isRtcp, type RtpPacket, readRtp, writeRtp } from './packet.ts';

const packet: RtpPacket = {
  marker: true,
  payloadType: 101,
  sequence: 0xfffe,
  timestamp: 0xfffffffe,
  ssrc: 0xdecafbad,
  csrc: [1, 0xffffffff],
  extension: { profile: 0xbede, data: Buffer.from('10aa0000', 'hex') },
  payload: Buffer.from('hello'),
};

const octets = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

describe('a packet', () => {
  test('is read as it was written', () => {
    assert.deepEqual(readRtp(writeRtp(packet)), packet);
    const { extension: _, ...plain } = packet;
    assert.deepEqual(readRtp(writeRtp({ ...plain, csrc: [], marker: false })), {
      ...plain,
      csrc: [],
      marker: false,
    });
  });

  test('has the layout of RFC 3550 §5.1', () => {
    assert.deepEqual(
      writeRtp(packet),
      octets('92 e5 fffe fffffffe decafbad 00000001 ffffffff bede0001 10aa0000 68656c6c6f'),
    );
  });

  test('may be padded, and may have nothing to say', () => {
    const padded = readRtp(octets('a000 0001 00000000 00000001 aabb 000003'));
    assert.ok('payload' in padded);
    assert.deepEqual(padded.payload, octets('aabb'));
    const empty = readRtp(octets('8000 0001 00000000 00000001'));
    assert.ok('payload' in empty && empty.payload.length === 0);
  });
});

for (const [why, text] of [
  ['too-short', '8000 0001 00000000 000000'],
  ['too-short', ''],
  ['version', '4000 0001 00000000 00000001'],
  ['csrc-beyond-end', '8200 0001 00000000 00000001 00000002'],
  ['extension-beyond-end', '9000 0001 00000000 00000001 bede'],
  ['extension-beyond-end', '9000 0001 00000000 00000001 bedeffff 00000000'],
  ['padding', 'a000 0001 00000000 00000001 aabb05'],
  ['padding', 'a000 0001 00000000 00000001 aabb00'],
  ['padding', 'a000 0001 00000000 00000001'],
] as const)
  test(`what cannot be read says so: ${why} (${text})`, () =>
    assert.deepEqual(readRtp(octets(text)), { malformed: why }));

test('reports are told from packets on one port', () => {
  assert.ok(isRtcp(octets('80c8')) && isRtcp(octets('80cb')));
  assert.ok(!isRtcp(octets('8000')) && !isRtcp(octets('80e5')) && !isRtcp(octets('')));
});

test('whatever came once and could be read is written and read to the same', () => {
  let seed = 42;
  const next = () => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed & 0xff;
  };
  for (let n = 0; n < 20_000; n++) {
    const datagram = Buffer.from(Array.from({ length: next() % 80 }, next));
    if (datagram.length > 0) datagram[0] = 0x80 | ((datagram[0] ?? 0) & 0x3f);
    const read = readRtp(datagram);
    if (!('malformed' in read)) assert.deepEqual(readRtp(writeRtp(read)), read);
  }
});
