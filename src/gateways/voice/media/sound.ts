import { aLaw, type Companding, muLaw } from '../../../wire/rtp/index.ts';
import type { Codec, Sound } from './media.ts';

export const laws: Readonly<Record<Codec, Companding>> = { PCMU: muLaw, PCMA: aLaw };

/** What one packet carries: 20 ms at 8 kHz. */
export const frameLength = 160;

/** A sound of 16-bit samples at 8 kHz, filled up with silence to whole packets. */
export function openSound(samples: Int16Array): Sound {
  const whole = new Int16Array(Math.ceil(samples.length / frameLength) * frameLength);
  whole.set(samples);
  const encoded = new Map<Codec, Uint8Array>();
  return {
    milliseconds: whole.length / 8,
    encoded(codec) {
      const known = encoded.get(codec);
      if (known) return known;
      const made = laws[codec].encode(whole);
      encoded.set(codec, made);
      return made;
    },
  };
}
