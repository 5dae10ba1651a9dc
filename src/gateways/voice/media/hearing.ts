import {
  type KeyReader,
  openKeyReader,
  openReception,
  openToneDetector,
  type Reception,
  type RtpPacket,
  type ToneDetector,
} from '../../../wire/rtp/index.ts';
import type { Codec } from './media.ts';
import { laws } from './sound.ts';
import { openSpeech } from './speech.ts';

/** Listens to the peer's packets: keys, and how well they come. */
export interface Hearing {
  /** The keys of one packet. @param arrival in units of 1/8000 s */
  take(packet: RtpPacket, arrival: number): readonly string[];
  /** Those who send, with how well they are heard. */
  sources(): ReadonlyMap<number, Reception>;
  /** What was lost of all sources, those that are gone too. */
  lost(): number;
  /** of the source that spoke last, in units of 1/8000 s */
  jitter(): number;
  /** the longest stretch of speech, in ms */
  voiceRun(): number;
}

export interface Listening {
  readonly telephoneEvent: number | undefined;
  readonly inBand: boolean;
}

const codecs: Readonly<Record<number, Codec>> = { 0: 'PCMU', 8: 'PCMA' };
const comfortNoise = 13;

/** What may come: sound of both laws, the agreed events, and comfort noise (RFC 3389). */
export const isExpected = (payloadType: number, listening: Listening): boolean =>
  payloadType in codecs || payloadType === listening.telephoneEvent || payloadType === comfortNoise;

interface Source {
  readonly reception: Reception;
  readonly keys: KeyReader;
  readonly tones: ToneDetector;
  /** of the last packet of sound whose tones were listened for */
  heardUntil: number | undefined;
}

/** A switchboard may have a source for ringing, one for speech and one for keys. */
const mostSources = 4;
const none: readonly string[] = [];

export function openHearing(listening: () => Listening): Hearing {
  /** in the order in which they spoke last */
  const sources = new Map<number, Source>();
  let lostBefore = 0;
  const speech = openSpeech();

  const open = (packet: RtpPacket): Source => {
    const [longestQuiet] = sources;
    if (sources.size >= mostSources && longestQuiet) {
      lostBefore += longestQuiet[1].reception.heard().lost;
      sources.delete(longestQuiet[0]);
    }
    const opened: Source = {
      reception: openReception(packet),
      keys: openKeyReader(),
      tones: openToneDetector(),
      heardUntil: undefined,
    };
    sources.set(packet.ssrc, opened);
    return opened;
  };

  const latest = (): Source | undefined => [...sources.values()].at(-1);
  let last: { readonly ssrc: number; readonly source: Source } | undefined;

  const sourceOf = (packet: RtpPacket): Source => {
    if (last?.ssrc === packet.ssrc) return last.source;
    const source = sources.get(packet.ssrc) ?? open(packet);
    sources.delete(packet.ssrc);
    sources.set(packet.ssrc, source);
    last = { ssrc: packet.ssrc, source };
    return source;
  };

  return {
    take(packet, arrival) {
      const source = sourceOf(packet);
      if (source.reception.take(packet, arrival) === 'odd') return none;
      const { telephoneEvent, inBand } = listening();
      if (packet.payloadType === telephoneEvent) {
        const key = source.keys.take(packet);
        return key === undefined ? none : [key];
      }
      const codec = codecs[packet.payloadType];
      if (codec) speech.hear(packet.payload, codec);
      // Speech, or a voicemail's greeting, must not press keys where they can come as events.
      if (!codec || !inBand || telephoneEvent !== undefined) return none;
      const isLate =
        source.heardUntil !== undefined && ((packet.sequence - source.heardUntil) << 16) >> 16 <= 0;
      if (isLate) return none;
      source.heardUntil = packet.sequence;
      return source.tones.hear(laws[codec].decode(packet.payload));
    },
    sources: () => new Map([...sources].map(([ssrc, { reception }]) => [ssrc, reception])),
    lost: () => [...sources.values()].reduce((sum, one) => sum + one.reception.heard().lost, lostBefore),
    jitter: () => latest()?.reception.heard().jitter ?? 0,
    voiceRun: speech.longest,
  };
}
