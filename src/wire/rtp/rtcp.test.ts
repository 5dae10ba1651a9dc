import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openReception } from './reception.ts';
import { type RtcpPacket, readRtcp, writeRtcp } from './rtcp.ts';

const block = {
  ssrc: 5,
  fractionLost: 12,
  lost: -3,
  highestSequence: 0x1ffff,
  jitter: 80,
  lastReport: 0xdeadbeef,
  sinceLastReport: 65_536,
};
const all: Exclude<RtcpPacket, { is: 'other' }>[] = [
  {
    is: 'sender-report',
    ssrc: 1,
    sender: { ntp: 2n ** 63n, rtp: 160, packets: 9, octets: 1440 },
    blocks: [block],
  },
  { is: 'receiver-report', ssrc: 1, blocks: [block, { ...block, ssrc: 6 }] },
  { is: 'description', chunks: [{ ssrc: 1, cname: 'a@b' }, { ssrc: 2 }, { ssrc: 3, cname: '日本' }] },
  { is: 'goodbye', ssrcs: [1, 2], reason: 'finished' },
];

const octets = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

test('reports are read as they were written', () => {
  assert.deepEqual(readRtcp(writeRtcp(all)), all);
  for (let length = 1; length < 12; length++) {
    const said = [
      all[0],
      { is: 'description', chunks: [{ ssrc: 1, cname: 'x'.repeat(length) }] },
    ] as typeof all;
    assert.deepEqual(readRtcp(writeRtcp(said)), said);
  }
});

test('what we do not know is passed over', () => {
  const datagram = Buffer.concat([
    writeRtcp([{ is: 'receiver-report', ssrc: 1, blocks: [] }]),
    octets('80cd0000'),
  ]);
  assert.deepEqual(readRtcp(datagram), [
    { is: 'receiver-report', ssrc: 1, blocks: [] },
    { is: 'other', type: 205 },
  ]);
});

describe('what cannot be read says why', () => {
  for (const [why, text] of [
    ['too-short', ''],
    ['too-short', '80c9'],
    ['version', '00c90001 00000001'],
    ['length', '80c90002 00000001'],
    ['length', '81c90001 00000001'],
    ['length', '80c80001 00000001'],
    ['not-a-report-first', '80ca0000'],
    ['padding', 'a0c90001 00000001 80ca0000'],
    ['padding', 'a0c90002 00000001 00000000'],
    ['padding', 'a0c90002 00000001 000000ff'],
    ['length', '80c90001 00000001 81ca0001 00000001'],
    ['length', '80c90001 00000001 81ca0002 00000001 01ff4141'],
    ['length', '80c90001 00000001 82cb0001 00000001'],
    ['length', '80c90001 00000001 81cb0002 00000001 ff414141'],
  ] as const)
    test(`${why}: ${text}`, () => assert.deepEqual(readRtcp(octets(text)), { malformed: why }));
});

describe('how well a source is heard', () => {
  /** every 20 ms a packet, which takes `delay` to come */
  const packets = (sequences: readonly number[], delay: (n: number) => number = () => 0) => {
    const [first = 0] = sequences;
    const reception = openReception({ sequence: first & 0xffff });
    const odd = sequences.filter(
      (n, i) =>
        reception.take({ sequence: n & 0xffff, timestamp: (n * 160) >>> 0 }, n * 160 + delay(i)) === 'odd',
    );
    return { reception, odd };
  };
  const run = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);

  test('nothing lost, no jitter, over the end of the sequence', () => {
    const { reception } = packets(run(65_000, 2_000));
    assert.deepEqual(reception.heard(), { packets: 2_000, lost: 0, highestSequence: 66_999, jitter: 0 });
    assert.deepEqual(reception.report(), { fractionLost: 0 });
  });

  test('a tenth lost, and nothing since', () => {
    const { reception } = packets(run(0, 1_000).filter(n => n % 10 !== 5));
    assert.equal(reception.heard().lost, 100);
    assert.deepEqual(reception.report(), { fractionLost: 25 });
    assert.deepEqual(reception.report(), { fractionLost: 0 });
  });

  test('late ones are not lost, and doubled ones count against', () => {
    assert.equal(packets([1, 2, 4, 3, 5]).reception.heard().lost, 0);
    assert.equal(packets([1, 2, 2, 2, 3]).reception.heard().lost, -2);
  });

  test('jitter nears the mean difference of what follows one another', () => {
    const { reception } = packets(run(0, 500), n => (n % 2) * 40);
    assert.ok(Math.abs(reception.heard().jitter - 40) < 0.1);
  });

  test('a source that starts anew is believed with its second packet', () => {
    const { reception, odd } = packets([...run(0, 50), ...run(30_000, 50)]);
    assert.deepEqual(odd, [30_000]);
    assert.deepEqual(
      { ...reception.heard(), jitter: 0 },
      { packets: 49, lost: 0, highestSequence: 30_049, jitter: 0 },
    );
  });

  test('a single odd one changes nothing', () => {
    const { reception, odd } = packets([...run(0, 50), 30_000, ...run(50, 50)]);
    assert.deepEqual(odd, [30_000]);
    assert.equal(reception.heard().lost, 0);
  });
});
