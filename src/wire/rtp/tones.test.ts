import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aLaw, muLaw } from './g711.ts';
import { eventKeys } from './telephone-event.ts';
import { openToneDetector } from './tone-detector.ts';
import { toneSamples, tonesOf } from './tones.ts';

const silence = (milliseconds: number): Int16Array => new Int16Array(milliseconds * 8);

const joined = (...parts: readonly Int16Array[]): Int16Array =>
  Int16Array.from(parts.flatMap(part => [...part]));

/** Heard in packets of 20 ms, and over the codec, as a call hears it. */
function heard(sound: Int16Array, law = muLaw): string {
  const detector = openToneDetector();
  let keys = '';
  for (let at = 0; at < sound.length; at += 160)
    keys += detector.hear(law.decode(law.encode(sound.subarray(at, at + 160)))).join('');
  return keys;
}

function noise(length: number, level: number, seed: number): Int16Array {
  let state = seed;
  return Int16Array.from({ length }, () => {
    state = (state * 48_271) % 0x7fffffff;
    return (state / 0x7fffffff - 0.5) * 2 * level * 32_767;
  });
}

const mixed = (a: Int16Array, b: Int16Array): Int16Array =>
  a.map((sample, i) => Math.max(-32_768, Math.min(32_767, sample + (b[i] ?? 0))));

/** A key whose two tones have levels and offsets of their own. */
function uneven(key: string, ms: number, how: { low: number; high: number; off?: number }): Int16Array {
  const tones = tonesOf(key);
  const of = (tone: number, level: number, i: number) =>
    level * 32_767 * Math.sin((2 * Math.PI * tone * (how.off ?? 1) * i) / 8000);
  return silence(ms).map((_, i) => of(tones?.low ?? 0, how.low, i) + of(tones?.high ?? 0, how.high, i));
}

describe('keys in the sound', () => {
  test('all sixteen, at the shortest tone and gap, wherever a block begins', () => {
    for (const law of [muLaw, aLaw])
      for (let offset = 0; offset < 102; offset += 17)
        for (const key of eventKeys) {
          const sound = joined(
            new Int16Array(offset),
            toneSamples(key, 40),
            silence(40),
            toneSamples(key, 40),
            silence(40),
          );
          assert.equal(heard(sound, law), key + key, `${key} at ${offset}`);
        }
  });

  test('a long key is one key, and a click of 8 ms does not part it', () => {
    const sound = toneSamples('#', 2_000);
    sound.fill(0, 8_000, 8_064);
    assert.equal(heard(joined(sound, silence(60))), '#');
  });

  test('with noise 15 dB below', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const sound = joined(silence(30), toneSamples('#', 60, 0.2), silence(60));
      assert.equal(heard(mixed(sound, noise(sound.length, 0.04, seed))), '#', `seed ${seed}`);
    }
  });

  test('quiet ones down to about -35 dBm0', () => {
    assert.equal(heard(joined(toneSamples('5', 60, 0.012), silence(60))), '5');
    assert.equal(heard(joined(toneSamples('5', 60, 0.002), silence(60))), '');
  });

  test('twist within 6 and 3 dB is taken, beyond 10 and 7 is not', () => {
    const key = (low: number, high: number) => heard(joined(uneven('8', 60, { low, high }), silence(60)));
    assert.equal(key(0.1, 0.2), '8');
    assert.equal(key(0.2, 0.142), '8');
    assert.equal(key(0.06, 0.2), '');
    assert.equal(key(0.2, 0.08), '');
  });

  test('1.5 % off the frequency is taken, 3.5 % is not', () => {
    for (const key of eventKeys) {
      const off = (by: number) =>
        heard(joined(uneven(key, 80, { low: 0.2, high: 0.2, off: by }), silence(60)));
      assert.equal(off(1.015), key);
      assert.equal(off(0.985), key);
      assert.equal(off(1.035), '', `${key} +3.5 %`);
      assert.equal(off(0.965), '', `${key} -3.5 %`);
    }
  });
});

describe('what is no key', () => {
  test('tones of 20 ms', () => {
    for (const key of eventKeys)
      assert.equal(heard(joined(silence(31), toneSamples(key, 20), silence(60))), '');
  });

  test('one tone alone, a dial tone, busy, ringing', () => {
    for (const [low, high] of [
      [697, 0],
      [0, 1477],
      [350, 440],
      [400, 0],
      [480, 620],
      [440, 480],
      [400, 416],
    ]) {
      const sound = silence(500).map(
        (_, i) =>
          6_000 *
          (Math.sin((2 * Math.PI * (low ?? 0) * i) / 8000) +
            Math.sin((2 * Math.PI * (high ?? 0) * i) / 8000)),
      );
      assert.equal(heard(sound), '', `${low} + ${high}`);
    }
  });

  test('a minute of noise', () => assert.equal(heard(noise(480_000, 0.3, 9)), ''));
});
