import type { Codec } from './media.ts';
import { laws } from './sound.ts';

/** Measures how long the peer goes on speaking: a person who was called says a word or two, a greeting does not stop. */
export interface Speech {
  hear(payload: Uint8Array, codec: Codec): void;
  /** the longest stretch of speech so far, in ms; pauses for breath are part of it */
  longest(): number;
}

const breath = 800;
/** mean of the samples, of 32768; a quiet line hisses below */
const loud = 250;

export function openSpeech(): Speech {
  let longest = 0;
  let run = 0;
  let pause = Number.POSITIVE_INFINITY;

  return {
    hear(payload, codec) {
      const ms = payload.length / 8;
      if (isLoud(payload, magnitudes[codec])) {
        run = pause > breath ? ms : run + pause + ms;
        pause = 0;
        if (run > longest) longest = run;
      } else pause += ms;
    },
    longest: () => longest,
  };
}

/** Every fourth sample is enough to know. */
function isLoud(payload: Uint8Array, of: Uint16Array): boolean {
  let sum = 0;
  for (let at = 0; at < payload.length; at += 4) sum += of[payload[at] ?? 0] ?? 0;
  return sum * 4 > loud * payload.length;
}

const magnitude = (codec: Codec): Uint16Array =>
  Uint16Array.from(laws[codec].decode(Uint8Array.from({ length: 256 }, (_, octet) => octet)), Math.abs);

const magnitudes: Readonly<Record<Codec, Uint16Array>> = { PCMU: magnitude('PCMU'), PCMA: magnitude('PCMA') };
