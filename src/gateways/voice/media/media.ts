import type { SrtpKey } from '../../../wire/rtp/index.ts';
import type { Press } from '../keys.ts';
import type { VoiceFrom } from './latch.ts';

export type { SrtpKey, SrtpSuite } from '../../../wire/rtp/index.ts';

/** Static payload types of RFC 3551 §6: 0 is PCMU (µ-law), 8 is PCMA (A-law). */
export type Codec = 'PCMU' | 'PCMA';

/** What the offer says of us. */
export interface LocalMedia {
  readonly address: string;
  readonly port: number;
  readonly rtcpPort: number;
  /** keys to offer, best first; empty without SRTP. The peer's answer names one suite, and so chooses among them. */
  readonly crypto: readonly SrtpKey[];
}

/** What the answer says of the peer. */
export interface RemoteMedia {
  readonly address: string;
  readonly port: number;
  readonly codec: Codec;
  /** payload type of `telephone-event/8000`, when it was agreed */
  readonly telephoneEvent?: number;
  /** the peer's key: must be of a suite that was offered */
  readonly crypto?: SrtpKey;
  /** `a=rtcp-mux`: RTCP comes and goes on the RTP port (RFC 5761) */
  readonly rtcpMux?: boolean;
  /** `a=rtcp:` (RFC 3605); the port after RTP's when nothing is said */
  readonly rtcpPort?: number;
  /** listen for tones in the sound: only where neither telephone-event nor SIP INFO can come */
  readonly inBand: boolean;
  /** `sendonly` or `inactive` from the peer: nothing is sent, keys are still heard */
  readonly onHold?: boolean;
}

/** A recording, encoded once for each codec and shared by all calls: 8000 octets a second. */
export interface Sound {
  readonly milliseconds: number;
  encoded(codec: Codec): Uint8Array;
}

export interface Playing {
  /** how often in all; forever when not said */
  readonly times?: number;
  /** silence between two times, in milliseconds */
  readonly pause?: number;
}

export interface MediaStatistics {
  /** `failed`: what the system would not send, for want of a route for example */
  readonly sent: { readonly packets: number; readonly octets: number; readonly failed: number };
  readonly received: {
    readonly packets: number;
    readonly octets: number;
    readonly lost: number;
    /** RFC 3550 §6.4.1, in milliseconds */
    readonly jitter: number;
  };
  /** what came to the port and was thrown away, by why */
  readonly refused: {
    readonly malformed: number;
    readonly stranger: number;
    readonly forged: number;
    readonly replayed: number;
  };
  /** the peer's view of what we send, from its last RTCP report */
  readonly peer?: { readonly lost: number; readonly jitter: number; readonly roundTrip?: number };
}

export interface MediaSession {
  readonly local: LocalMedia;
  /**
   * Starts to send (silence, until something is played) and to listen. May be called again after a
   * re-INVITE; keys and sequence numbers go on. Throws when SRTP was offered and the peer's key is missing or
   * of a suite that was not offered, and when the address is not one (names are for the caller to resolve).
   */
  connect(remote: RemoteMedia): void;
  /** Plays from the start, instead of what is being played. Resolves when it ended, or was replaced or stopped. */
  play(sound: Sound, how?: Playing): Promise<'played' | 'stopped'>;
  stop(): void;
  /**
   * Sends keys one after the other, 160 ms each: telephone-events when agreed, else tones in the sound.
   * `,` waits two seconds, `w` half a second. Nothing is played meanwhile. Resolves when sent, or on close.
   */
  sendDigits(digits: string): Promise<void>;
  /** Every key that the peer pressed, once, in order. */
  onKey(listener: (key: Press) => void): void;
  /** Nothing valid came (RTP or RTCP) for as long as the engine was told: told once, until something comes again. */
  onQuiet(listener: () => void): void;
  /** How long the peer spoke without a pause at most, in ms: a greeting goes on longer than somebody who picks up. */
  voiceRun(): number;
  statistics(): MediaStatistics;
  /** Says goodbye by RTCP and gives the ports back. May be called twice. */
  close(): void;
}

export interface MediaEngine {
  /** Takes a pair of ports and binds them. `address` is ours, to bind to and to write into the offer. */
  open(where: {
    readonly family: 4 | 6;
    readonly address: string;
    readonly srtp: boolean;
  }): Promise<MediaSession>;
  /** How many sessions are open. */
  sessions(): number;
  /** Closes what is open. */
  close(): void;
}

export interface MediaDeps {
  /** RTP takes the even ones, RTCP the odd one after each. Both ends belong to it. */
  readonly ports: { readonly from: number; readonly to: number };
  /** milliseconds without a valid packet until `onQuiet` */
  readonly quietAfter: number;
  /** whether voice may come from another public address than the peer says; not, when not said */
  readonly voiceFrom?: VoiceFrom;
  /** for the log: what an operator should know of a call that was not heard */
  readonly note?: (text: string) => void;
  /** milliseconds of a clock that never jumps; the system's when not said */
  readonly monotonic?: () => number;
}
