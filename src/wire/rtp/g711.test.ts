import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aLaw, type Companding, muLaw } from './g711.ts';

const one = (law: Companding, octet: number): number => law.decode(Uint8Array.of(octet))[0] ?? Number.NaN;
const octets = Uint8Array.from({ length: 256 }, (_, i) => i);
const samples = Int16Array.from({ length: 0x10000 }, (_, i) => i - 0x8000);

test('the ends of the tables of G.711', () => {
  assert.deepEqual(
    [0x00, 0x7f, 0x80, 0xff, 0x0f, 0xef].map(o => one(muLaw, o)),
    [-32124, 0, 32124, 0, -16764, 132],
  );
  assert.deepEqual(
    [0x2a, 0xaa, 0xd5, 0x55].map(o => one(aLaw, o)),
    [-32256, 32256, 8, -8],
  );
  assert.equal(muLaw.silence, 0xff);
  assert.equal(aLaw.silence, 0xd5);
});

/** G.711, tables 5 and 6: a tone of 1 kHz whose level is 0 dBm0. */
const milliwatt = [
  { law: muLaw, octets: [0x1e, 0x0b, 0x0b, 0x1e, 0x9e, 0x8b, 0x8b, 0x9e], full: 8159 * 4 },
  { law: aLaw, octets: [0x34, 0x21, 0x21, 0x34, 0xb4, 0xa1, 0xa1, 0xb4], full: 4096 * 8 },
];

test('the digital milliwatt is 3.14 or 3.17 dB below full load', () => {
  for (const { law, octets, full } of milliwatt) {
    const tone = law.decode(Uint8Array.from(octets));
    const level = 10 * Math.log10(tone.reduce((sum, s) => sum + s * s, 0) / 8 / ((full * full) / 2));
    assert.ok(Math.abs(level + 3.15) < 0.05, `${level}`);
    const peak = tone[1] ?? 0;
    assert.ok(Math.abs((tone[0] ?? 0) / peak - Math.tan(Math.PI / 8)) < 0.03);
    assert.deepEqual([...law.encode(tone)], octets);
  }
});

for (const [name, law] of [
  ['µ-law', muLaw],
  ['A-law', aLaw],
] as const)
  describe(name, () => {
    test('what was decoded is encoded to the same octet, but for the second zero', () => {
      const again = law.encode(law.decode(octets));
      assert.deepEqual(
        [...again].filter((o, i) => o !== i),
        law === muLaw ? [0xff] : [],
      );
    });

    test('louder is never quieter', () => {
      const decoded = law.decode(law.encode(samples));
      for (let i = 1; i < decoded.length; i++) assert.ok((decoded[i] ?? 0) >= (decoded[i - 1] ?? 0), `${i}`);
    });

    test('every sample becomes one of the two values next to it', () => {
      const values = [...new Set(law.decode(octets))].toSorted((a, b) => a - b);
      const decoded = law.decode(law.encode(samples));
      let above = 0;
      for (let i = 0; i < samples.length; i++) {
        const sample = samples[i] ?? 0;
        while (above < values.length - 1 && (values[above] ?? 0) < sample) above++;
        const near = [values[above], values[Math.max(0, above - 1)]];
        assert.ok(near.includes(decoded[i]), `${sample}`);
      }
    });
  });
