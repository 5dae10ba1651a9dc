import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { writeRtp } from './packet.ts';
import { openReplayWindow } from './replay-window.ts';
import {
  deriveKeys,
  guessIndex,
  openHmac,
  openKeyStream,
  openSrtpReceiver,
  openSrtpSender,
  type SrtpKey,
  type SrtpSuite,
} from './srtp.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** RFC 3711 appendix B.3; with `reference` the vectors that libsrtp tests itself with. */
const master = hex('E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6');
const reference: SrtpKey = { suite: 'AES_CM_128_HMAC_SHA1_80', key: master };
const suites: readonly SrtpSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];

const packet = (sequence: number, ssrc = 7): Buffer =>
  writeRtp({
    marker: false,
    payloadType: 0,
    sequence: sequence & 0xffff,
    timestamp: (sequence * 160) >>> 0,
    ssrc,
    csrc: [],
    payload: Buffer.alloc(160, sequence),
  });

describe('the vectors of RFC 3711', () => {
  test('B.2: the key stream', () => {
    const stream = openKeyStream(hex('2B7E151628AED2A6ABF7158809CF4F3C'))(
      hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000'),
      0xff02 * 16,
    );
    assert.deepEqual(
      stream.subarray(0, 48),
      hex(
        'E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0',
      ),
    );
    assert.deepEqual(
      stream.subarray(0xfeff * 16),
      hex(
        'EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44',
      ),
    );
  });

  test('B.3: the session keys', () => {
    const keys = deriveKeys(master, 'rtp');
    assert.deepEqual(keys.encryption, hex('C61E7A93744F39EE10734AFE3FF7A087'));
    assert.deepEqual(keys.salt, hex('30CBBC08863D8C85D49DB34A9AE1'));
    assert.deepEqual(keys.authentication, hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'));
  });
});

test('HMAC-SHA1 as RFC 2202 has it', () => {
  assert.deepEqual(
    openHmac(Buffer.from('Jefe'))(Buffer.from('what do ya want for nothing?')),
    hex('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'),
  );
  assert.deepEqual(
    openHmac(Buffer.alloc(20, 0xaa))(Buffer.alloc(50, 0xdd)),
    hex('125d7342b9ac11cd91a39af48aa17b4f63f175d3'),
  );
});

describe('the packets that libsrtp tests itself with', () => {
  const rtp = hex('800f1234decafbadcafebabe abababababababababababababababab');
  const srtp = hex('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb');
  const rtcp = hex('81c8000bcafebabe abababababababababababababababab');
  const srtcp = hex('81c8000bcafebabe7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798');

  test('are made and opened', () => {
    assert.deepEqual(openSrtpSender(reference).rtp(rtp), srtp);
    assert.deepEqual(openSrtpReceiver(reference).rtp(srtp), rtp);
    assert.deepEqual(openSrtpSender(reference).rtcp(rtcp), srtcp);
    assert.deepEqual(openSrtpReceiver(reference).rtcp(srtcp), rtcp);
  });
});

for (const suite of suites)
  describe(suite, () => {
    const pair = () => {
      const key = { suite, key: randomBytes(30) };
      return { sender: openSrtpSender(key), receiver: openSrtpReceiver(key) };
    };

    test('goes over the end of the sequence, in disorder and with losses', () => {
      const { sender, receiver } = pair();
      const sent = Array.from({ length: 200_000 / 50 }, (_, i) => i + 64_000).map(n => ({
        plain: packet(n),
        safe: sender.rtp(packet(n)),
      }));
      for (let i = 0; i + 3 < sent.length; i += 4)
        for (const at of [i + 2, i, i + 1].filter(n => n % 7 !== 0))
          assert.deepEqual(receiver.rtp(sent[at]?.safe ?? Buffer.alloc(0)), sent[at]?.plain);
    });

    test('nothing passes twice, and nothing older than the window', () => {
      const { sender, receiver } = pair();
      const sent = Array.from({ length: 100 }, (_, i) => sender.rtp(packet(i)));
      for (const one of sent.slice(1)) assert.ok(Buffer.isBuffer(receiver.rtp(one)));
      for (const one of sent) assert.equal(receiver.rtp(one), 'replayed');
    });

    test('a changed bit anywhere is found, and what came forged may still come genuine', () => {
      const { sender, receiver } = pair();
      const safe = sender.rtp(packet(5));
      for (let bit = 0; bit < safe.length * 8; bit++) {
        const forged = Buffer.from(safe);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.ok(!Buffer.isBuffer(receiver.rtp(forged)), `bit ${bit}`);
      }
      assert.deepEqual(receiver.rtp(safe), packet(5));
    });

    test('RTCP is protected too', () => {
      const { sender, receiver } = pair();
      const report = Buffer.concat([hex('80c90001 00000007'), randomBytes(40)]);
      const safe = sender.rtcp(report);
      const forged = Buffer.from(safe);
      forged[10] = (forged[10] ?? 0) ^ 1;
      assert.equal(receiver.rtcp(forged), 'forged');
      assert.deepEqual(receiver.rtcp(safe), report);
      assert.equal(receiver.rtcp(safe), 'replayed');
      assert.equal(receiver.rtcp(safe.subarray(0, 21)), 'malformed');
    });

    test('sources do not disturb one another, and old ones are not forgotten', () => {
      const { sender, receiver } = pair();
      const one = sender.rtp(packet(1, 1));
      assert.ok(Buffer.isBuffer(receiver.rtp(one)));
      for (let ssrc = 2; ssrc < 60; ssrc++) receiver.rtp(sender.rtp(packet(1, ssrc)));
      assert.equal(receiver.rtp(one), 'replayed');
    });
  });

test('the index is the nearest to the highest', () => {
  assert.equal(guessIndex(3, undefined), 3);
  assert.equal(guessIndex(3, 0xfffe), 0x10003);
  assert.equal(guessIndex(0xfffe, 0x10003), 0xfffe);
  assert.equal(guessIndex(0x8005, 0x10006), 0x18005);
  assert.equal(guessIndex(0x9000, 3), 0x9000 - 0x10000);
});

test('the window knows what came, whatever the order', () => {
  const window = openReplayWindow();
  const came = new Set<number>();
  let seed = 1;
  let highest = -1;
  for (let n = 0; n < 5_000; n++) {
    seed = (seed * 48_271) % 0x7fffffff;
    const index = Math.max(0, (n >> 1) + (seed % 120) - 60);
    const isFresh = !came.has(index) && index > highest - 64;
    assert.equal(window.isFresh(index), isFresh, `${index} after ${highest}`);
    if (!isFresh) continue;
    window.mark(index);
    came.add(index);
    highest = Math.max(highest, index);
  }
});
