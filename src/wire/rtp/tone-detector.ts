import { highTones, keyOf, lowTones } from './tones.ts';

/** Finds the keys in a sound of 8 kHz. Keeps what is left over between calls. */
export interface ToneDetector {
  /** The keys that began in these samples, in order. */
  hear(samples: Int16Array): readonly string[];
}

/** 12.75 ms: short enough that a tone of 40 ms, the shortest of ITU-T Q.24, fills two whatever its start. */
const blockLength = 102;

/** How much of the sound's energy must be in the two tones: speech spreads it over its harmonics. */
const purity = 0.8;
/** The strongest of a group against the next, as power: 8 dB. */
const prominence = 6.3;
/** High over low, and low over high, as power: 8 dB and 4 dB (ITU-T Q.24, AT&T). */
const highTwist = 6.3;
const lowTwist = 2.51;
/** About -40 dBm0 in each tone, as the mean square of 16-bit samples. */
const quietest = 25_000;

export function openToneDetector(): ToneDetector {
  const block = new Int16Array(blockLength);
  let filled = 0;
  let previous: string | undefined;
  let held: string | undefined;

  /** A key begins, and ends, when two blocks in a row say so: a click between them changes nothing. */
  const judge = (now: string | undefined): string | undefined => {
    const isNew = now !== held && previous !== held;
    if (isNew) held = now === previous ? now : undefined;
    previous = now;
    return isNew ? held : undefined;
  };

  return {
    hear(samples) {
      const keys: string[] = [];
      for (const sample of samples) {
        block[filled++] = sample;
        if (filled < blockLength) continue;
        filled = 0;
        const key = judge(keyIn(block));
        if (key !== undefined) keys.push(key);
      }
      return keys;
    },
  };
}

function keyIn(block: Int16Array): string | undefined {
  let energy = 0;
  for (const sample of block) energy += sample * sample;
  if (energy < quietest * blockLength) return undefined;
  const low = strongest(block, lowWeights);
  const high = strongest(block, highWeights);
  if (!low || !high) return undefined;
  if (high.power > low.power * highTwist || low.power > high.power * lowTwist) return undefined;
  // a tone that fills the block has half as many times its energy as there are samples
  if (low.power + high.power < (purity * energy * blockLength) / 2) return undefined;
  return keyOf(low.index, high.index);
}

const weightsOf = (tones: readonly number[]): readonly number[] =>
  tones.map(tone => 2 * Math.cos((2 * Math.PI * tone) / 8000));
const lowWeights = weightsOf(lowTones);
const highWeights = weightsOf(highTones);

function strongest(
  block: Int16Array,
  weights: readonly number[],
): { index: number; power: number } | undefined {
  let index = 0;
  let power = 0;
  let next = 0;
  for (let i = 0; i < weights.length; i++) {
    const here = goertzel(block, weights[i] ?? 0);
    if (here > power) {
      next = power;
      power = here;
      index = i;
    } else if (here > next) next = here;
  }
  return power > next * prominence ? { index, power } : undefined;
}

/** The power at one frequency, whose `2 cos ω` is the weight. */
function goertzel(block: Int16Array, weight: number): number {
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < block.length; i++) {
    const s = (block[i] ?? 0) + weight * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  return s1 * s1 + s2 * s2 - weight * s1 * s2;
}
