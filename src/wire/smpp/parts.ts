import { decodeGsm, encodeGsm } from './gsm.ts';
import { codings } from './pdu.ts';

/** What a text without other characters is written in: the centre's default alphabet, Latin-1, or always UCS-2. */
export type Alphabet = 'gsm' | 'latin1' | 'ucs2';

export interface Coded {
  readonly dataCoding: number;
  /** one for each message; more than one begin with a user data header (esm_class 0x40) */
  readonly parts: readonly Buffer[];
}

interface Coding {
  readonly dataCoding: number;
  readonly encode: (text: string) => Buffer | undefined;
  /** octets in one message, and in one of several: 6 are the header's */
  readonly alone: number;
  readonly together: number;
}

const ucs2: Coding = {
  dataCoding: codings.ucs2,
  encode: text => Buffer.from(text, 'utf16le').swap16(),
  alone: 140,
  together: 134,
};

const narrow: Readonly<Record<Exclude<Alphabet, 'ucs2'>, Coding>> = {
  // 160 and 153 septets
  gsm: { dataCoding: codings.default, encode: encodeGsm, alone: 160, together: 153 },
  latin1: {
    dataCoding: codings.latin1,
    encode: text => (/^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined),
    alone: 140,
    together: 134,
  },
};

/** No text of ours needs more; each costs as much as a message. */
const mostParts = 10;

/**
 * A text as messages of the network. Several are tied together by a header (3GPP 23.040 §9.2.3.24.1, one octet of
 * `reference`), and no character is cut in two: no surrogate pair, no escape pair, no emoji made of several. Nothing when
 * it needs more than ten.
 */
export function partsOf(text: string, alphabet: Alphabet, reference: number): Coded | undefined {
  const whole = text.toWellFormed();
  const preferred = alphabet === 'ucs2' ? ucs2 : narrow[alphabet];
  const coding = preferred.encode(whole) ? preferred : ucs2;
  const { dataCoding } = coding;
  const all = coding.encode(whole) ?? Buffer.alloc(0);
  if (all.length <= coding.alone) return { dataCoding, parts: [all] };
  if (all.length > coding.together * mostParts) return undefined;
  const contents = pack(unitsOf(whole, coding), coding.together);
  if (contents.length > mostParts) return undefined;
  const parts = contents.map((content, index) =>
    Buffer.concat([Buffer.from([5, 0, 3, reference & 0xff, contents.length, index + 1]), content]),
  );
  return { dataCoding, parts };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What stays together: what people see as one character, or its code points when it alone is too long. */
function unitsOf(text: string, { encode, together }: Coding): readonly Buffer[] {
  const encoded = (piece: string): Buffer => encode(piece) ?? Buffer.alloc(0);
  return [...graphemes.segment(text)].flatMap(({ segment }) => {
    const unit = encoded(segment);
    return unit.length <= together ? [unit] : [...segment].map(encoded);
  });
}

function pack(units: readonly Buffer[], most: number): readonly Buffer[] {
  const packed: Buffer[] = [];
  let current: Buffer[] = [];
  let length = 0;
  for (const unit of units) {
    if (length + unit.length > most) {
      packed.push(Buffer.concat(current));
      current = [];
      length = 0;
    }
    current.push(unit);
    length += unit.length;
  }
  packed.push(Buffer.concat(current));
  return packed;
}

/** The text of one message without its header, and which part of what it is. */
export function readPart(content: Buffer, dataCoding: number, hasHeader: boolean): Part {
  const headerEnd = hasHeader ? Math.min(1 + (content[0] ?? 0), content.length) : 0;
  const body = content.subarray(headerEnd);
  const text =
    dataCoding === codings.ucs2
      ? Buffer.from(body.subarray(0, body.length & ~1))
          .swap16()
          .toString('utf16le')
      : dataCoding === codings.latin1
        ? body.toString('latin1')
        : decodeGsm(body);
  const [length, element, size, reference = 0, total = 1, number = 1] = content;
  return hasHeader && length === 5 && element === 0 && size === 3
    ? { text, reference, total, number }
    : { text, total: 1, number: 1 };
}

export interface Part {
  readonly text: string;
  readonly reference?: number;
  readonly total: number;
  readonly number: number;
}
