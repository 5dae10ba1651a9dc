import assert from 'node:assert/strict';
import {
  aLaw,
  eventFrames,
  muLaw,
  openKeyReader,
  openReception,
  openSrtpReceiver,
  openSrtpSender,
  openToneDetector,
  type RtcpPacket,
  readRtcp,
  readRtp,
  type SrtpKey,
  toneSamples,
  writeRtcp,
  writeRtp,
} from '../../src/wire/rtp/index.ts';
import type { Fuzzed } from './driver.ts';

const key: SrtpKey = { suite: 'AES_CM_128_HMAC_SHA1_80', key: Buffer.alloc(30, 7) };

const sound = writeRtp({
  marker: true,
  payloadType: 0,
  sequence: 0xffff,
  timestamp: 0xffffff00,
  ssrc: 0xdecafbad,
  csrc: [1, 2],
  extension: { profile: 0xbede, data: Buffer.alloc(8, 16) },
  payload: Buffer.from(muLaw.encode(toneSamples('#', 20))),
});

const events = eventFrames('#').map(({ marker, payload }, sequence) =>
  writeRtp({ marker, payloadType: 101, sequence, timestamp: 160, ssrc: 1, csrc: [], payload }),
);

const reports = writeRtcp([
  {
    is: 'sender-report',
    ssrc: 1,
    sender: { ntp: 0x83aa7e8000000000n, rtp: 160, packets: 10, octets: 1600 },
    blocks: [
      {
        ssrc: 2,
        fractionLost: 25,
        lost: -1,
        highestSequence: 0x1000f,
        jitter: 8,
        lastReport: 9,
        sinceLastReport: 65_536,
      },
    ],
  },
  { is: 'description', chunks: [{ ssrc: 1, cname: 'genkan@192.0.2.1' }, { ssrc: 2 }] },
  { is: 'goodbye', ssrcs: [1, 2], reason: 'over' },
]);

const seeds = [sound, ...events, reports, openSrtpSender(key).rtp(sound), openSrtpSender(key).rtcp(reports)];

/** One call to which everything is sent, as it would be to a port; whatever was read is written and read as the same. */
const call = {
  reception: openReception({ sequence: 0 }),
  keys: openKeyReader(),
  tones: openToneDetector(),
  safe: openSrtpReceiver(key),
};

function run(input: Buffer): void {
  const plain = call.safe.rtp(input);
  if (Buffer.isBuffer(plain)) assert.equal(call.safe.rtp(input), 'replayed');
  call.safe.rtcp(input);
  for (const datagram of [input, ...(Buffer.isBuffer(plain) ? [plain] : [])]) {
    readPacket(datagram);
    const read = readRtcp(datagram);
    if (!('malformed' in read)) readAgain(read);
  }
}

function readPacket(datagram: Buffer): void {
  const packet = readRtp(datagram);
  if ('malformed' in packet) return;
  assert.deepEqual(readRtp(writeRtp(packet)), packet);
  call.reception.take(packet, performance.now() * 8);
  const { jitter, lost } = call.reception.heard();
  assert.ok(Number.isFinite(jitter) && jitter >= 0 && Number.isInteger(lost));
  const pressed = call.keys.take(packet);
  assert.ok(pressed === undefined || /^[0-9*#A-D]$/.test(pressed));
  for (const law of [muLaw, aLaw]) call.tones.hear(law.decode(packet.payload));
}

function readAgain(packets: readonly RtcpPacket[]): void {
  const known = packets.filter(packet => packet.is !== 'other');
  if (known[0]?.is !== 'sender-report' && known[0]?.is !== 'receiver-report') return;
  const again = readRtcp(writeRtcp(known));
  assert.ok(!('malformed' in again));
  assert.deepEqual(
    again.map(packet => packet.is),
    known.map(packet => packet.is),
  );
}

export const fuzzed: Fuzzed = { name: 'rtp', seeds, run };
