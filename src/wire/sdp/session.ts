/** A session description, as far as telephone calls use it (RFC 8866, RFC 4568). */
export interface Session {
  readonly origin: { readonly id: string; readonly version: string; readonly address: string };
  readonly media: readonly Media[];
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Media {
  readonly kind: string;
  /** 0: refused, or not used any more */
  readonly port: number;
  /** 'RTP/AVP', 'RTP/SAVP' … */
  readonly profile: string;
  /** payload types in the order in which they are liked */
  readonly formats: readonly string[];
  /** where it wants to be sent to; nothing when the description does not say */
  readonly address?: string;
  readonly direction: Direction;
  readonly encodings: readonly Encoding[];
  readonly ptime?: number;
  /** `a=rtcp`: where it wants reports, when that is not the port after its own (RFC 3605) */
  readonly rtcp?: { readonly port: number; readonly address?: string };
  readonly crypto: readonly Crypto[];
}

/** `a=rtpmap`, with its `a=fmtp`. */
export interface Encoding {
  readonly format: string;
  /** in lower case */
  readonly name: string;
  readonly rate: number;
  readonly parameters?: string;
}

/** `a=crypto`: how SRTP is encrypted, with the key and salt in base64 (RFC 4568 §6.1). */
export interface Crypto {
  readonly tag: number;
  readonly suite: string;
  readonly key: string;
}

export type ReadSession =
  | { readonly read: true; readonly session: Session }
  | { readonly read: false; readonly reason: string };

/** What numbers mean without an `a=rtpmap` (RFC 3551 §6), where this is ever spoken. */
export const staticEncodings: readonly Encoding[] = [
  { format: '0', name: 'pcmu', rate: 8000 },
  { format: '8', name: 'pcma', rate: 8000 },
];
