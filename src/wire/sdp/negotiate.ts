import type { Crypto, Direction, Media, Session } from './session.ts';

export type Codec = 'PCMU' | 'PCMA';

/** Our end of the voice. */
export interface Ours {
  readonly address: string;
  readonly port: number;
  /** in the order in which they are offered */
  readonly codecs: readonly Codec[];
  /** with them RTP is encrypted, and nothing else is accepted */
  readonly crypto?: readonly Crypto[];
}

/** What both ends agreed on: where our voice goes, and how. */
export interface Agreed {
  readonly address: string;
  readonly port: number;
  /** where its reports go, when it names a port for them; we offer no `a=rtcp-mux`, so whoever says it is not followed */
  readonly rtcpPort?: number;
  readonly codec: Codec;
  /** the payload type of keys, when the peer understands them (RFC 4733) */
  readonly telephoneEvent?: number;
  /** the peer's key, bearing the tag of that one of ours which it took */
  readonly crypto?: Crypto;
  /** what the peer does: 'sendonly' and 'inactive' are a hold */
  readonly direction: Direction;
}

export type Agreement =
  | { readonly agreed: true; readonly terms: Agreed }
  | { readonly agreed: false; readonly reason: string };

export interface Name {
  readonly id: string;
  readonly version: string;
}

const number: Readonly<Record<Codec, string>> = { PCMU: '0', PCMA: '8' };
const codecs = Object.keys(number) as readonly Codec[];

/** The payload type that our offers give to keys. */
export const ourTelephoneEvent = 101;

export function offerOf(ours: Ours, name: Name): Session {
  const events = String(ourTelephoneEvent);
  return {
    origin: { ...name, address: ours.address },
    media: [
      {
        kind: 'audio',
        port: ours.port,
        profile: ours.crypto ? 'RTP/SAVP' : 'RTP/AVP',
        formats: [...ours.codecs.map(codec => number[codec]), events],
        direction: 'sendrecv',
        encodings: [
          ...ours.codecs.map(codec => ({ format: number[codec], name: codec.toLowerCase(), rate: 8000 })),
          { format: events, name: 'telephone-event', rate: 8000, parameters: '0-16' },
        ],
        ptime: 20,
        crypto: ours.crypto ?? [],
      },
    ],
  };
}

/** What an answer to our offer agreed on, or what the next offer of the peer would: the same is looked for. */
export function agree(theirs: Session, ours: Ours): Agreement {
  const media = audioOf(theirs, ours);
  if (!media) return { agreed: false, reason: 'no voice that both ends can speak' };
  if (media.address === undefined) return { agreed: false, reason: 'no address to send to' };
  const codec = codecOf(media, ours);
  if (!codec) return { agreed: false, reason: 'no codec that both ends know' };
  const crypto = ours.crypto && cryptoOf(media, ours.crypto);
  if (ours.crypto && !crypto) return { agreed: false, reason: 'no key for SRTP' };
  const events = media.encodings.find(({ name, rate }) => name === 'telephone-event' && rate === 8000);
  return {
    agreed: true,
    terms: {
      address: media.address,
      port: media.port,
      // Reports follow the voice to no other host: a description could name anybody's.
      ...(media.rtcp && (media.rtcp.address ?? media.address) === media.address
        ? { rtcpPort: media.rtcp.port }
        : {}),
      codec,
      ...(events ? { telephoneEvent: Number(events.format) } : {}),
      ...(crypto ? { crypto } : {}),
      // A peer that holds the old way asks to be sent nowhere (RFC 3264 §8.4).
      direction: media.address === '0.0.0.0' && media.direction === 'sendrecv' ? 'sendonly' : media.direction,
    },
  };
}

const profileFits = (media: Media, ours: Ours): boolean =>
  ours.crypto ? /^RTP\/SAVPF?$/.test(media.profile) : /^RTP\/AVPF?$/.test(media.profile);

const audioOf = (theirs: Session, ours: Ours): Media | undefined =>
  theirs.media.find(media => media.kind === 'audio' && media.port !== 0 && profileFits(media, ours));

const codecOf = (media: Media, ours: Ours): Codec | undefined => {
  const theirs = media.encodings.map(({ name }) => codecs.find(codec => codec.toLowerCase() === name));
  return theirs.find(codec => codec !== undefined && ours.codecs.includes(codec));
};

const cryptoOf = (media: Media, ours: readonly Crypto[]): Crypto | undefined =>
  media.crypto.find(({ tag, suite }) => ours.some(one => one.tag === tag && one.suite === suite)) ??
  media.crypto.find(({ suite }) => ours.some(one => one.suite === suite));

/** Our answer to an offer in the middle of a call: the same voice as before, everything else refused (RFC 3264 §6). */
export function answerTo(theirs: Session, ours: Ours, name: Name): Session | undefined {
  const agreement = agree(theirs, ours);
  if (!agreement.agreed) return undefined;
  const { terms } = agreement;
  const chosen = audioOf(theirs, ours);
  const format =
    chosen?.encodings.find(encoding => encoding.name === terms.codec.toLowerCase())?.format ?? '0';
  const events = terms.telephoneEvent === undefined ? undefined : String(terms.telephoneEvent);
  return {
    origin: { ...name, address: ours.address },
    media: theirs.media.map(media =>
      media === chosen
        ? {
            kind: 'audio',
            port: ours.port,
            profile: media.profile,
            formats: [format, ...(events === undefined ? [] : [events])],
            direction: mirrored[terms.direction],
            encodings: [
              { format, name: terms.codec.toLowerCase(), rate: 8000 },
              ...(events === undefined
                ? []
                : [{ format: events, name: 'telephone-event', rate: 8000, parameters: '0-16' }]),
            ],
            ptime: 20,
            crypto: answeringCrypto(ours, terms),
          }
        : { ...media, port: 0, direction: 'inactive', encodings: [], crypto: [] },
    ),
  };
}

/** Our key for the suite that was taken, under the peer's tag. */
const answeringCrypto = (ours: Ours, { crypto }: Agreed): readonly Crypto[] => {
  const mine = crypto && ours.crypto?.find(({ suite }) => suite === crypto.suite);
  return crypto && mine ? [{ ...mine, tag: crypto.tag }] : [];
};

const mirrored: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};
