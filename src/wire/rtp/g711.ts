/** ITU-T G.711: 16-bit samples to 8 bits and back, by table. */
export interface Companding {
  encode(samples: Int16Array): Uint8Array;
  decode(octets: Uint8Array): Int16Array;
  /** the octet of silence */
  readonly silence: number;
}

const muBias = 0x84;
const muClip = 32_635;

/** µ-law, all bits inverted on the wire. */
function decodeMu(octet: number): number {
  const code = ~octet & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + muBias) << ((code >> 4) & 7)) - muBias;
  return code & 0x80 ? -magnitude : magnitude;
}

/** Negative samples are counted from -1, as ITU-T G.191 does, so that the two halves have the same steps. */
const magnitudeOf = (sample: number): number => (sample < 0 ? ~sample : sample);

function encodeMu(sample: number): number {
  const magnitude = Math.min(muClip, magnitudeOf(sample)) + muBias;
  const segment = 31 - Math.clz32(magnitude) - 7;
  const code = (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f);
  return ~(sample < 0 ? code | 0x80 : code) & 0xff;
}

/** A-law, even bits inverted on the wire. */
function decodeA(octet: number): number {
  const code = octet ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = (code & 0x0f) << 4;
  const magnitude = segment === 0 ? step + 8 : (step + 0x108) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

function encodeA(sample: number): number {
  const magnitude = magnitudeOf(sample) >> 4;
  const segment = magnitude < 16 ? 0 : 31 - Math.clz32(magnitude) - 3;
  const code = (segment << 4) | ((magnitude >> Math.max(0, segment - 1)) & 0x0f);
  return (sample < 0 ? code : code | 0x80) ^ 0x55;
}

function byTable(encodeOne: (sample: number) => number, decodeOne: (octet: number) => number): Companding {
  const encoded = Uint8Array.from({ length: 0x10000 }, (_, i) => encodeOne((i << 16) >> 16));
  const decoded = Int16Array.from({ length: 0x100 }, (_, i) => decodeOne(i));
  return {
    encode(samples) {
      const out = new Uint8Array(samples.length);
      for (let i = 0; i < samples.length; i++) out[i] = encoded[(samples[i] ?? 0) & 0xffff] ?? 0;
      return out;
    },
    decode(octets) {
      const out = new Int16Array(octets.length);
      for (let i = 0; i < octets.length; i++) out[i] = decoded[octets[i] ?? 0] ?? 0;
      return out;
    },
    silence: encodeOne(0),
  };
}

export const muLaw: Companding = byTable(encodeMu, decodeMu);
export const aLaw: Companding = byTable(encodeA, decodeA);
