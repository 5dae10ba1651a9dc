import { createHash, type KeyObject, sign } from 'node:crypto';
import { days, type Instant } from '../../kit/clock.ts';

/** Long after any key of ours has been replaced: the certificate says which key, not how long. */
const lives = days(3650);

/**
 * A key as a certificate that vouches for itself (RFC 5280), because Entra reads keys from `x5c`.
 * Nobody builds a chain to it; what counts is that it came from our address.
 */
export function selfSigned(options: {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly from: Instant;
}): Buffer {
  const { publicKey, privateKey, from } = options;
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const signedWith = sequence(sha256WithRsa, tlv(0x05));
  const name = sequence(tlv(0x31, sequence(commonName, tlv(0x0c, Buffer.from(options.name)))));
  const serial = createHash('sha256').update(keyInfo).digest().subarray(0, 16);
  // The first bit is the sign, and a serial number has none (RFC 5280 §4.1.2.2).
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const content = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    signedWith,
    name,
    sequence(time(from - days(1)), time(from + lives)),
    name,
    keyInfo,
  );
  const signature = sign('sha256', content, privateKey);
  return sequence(content, signedWith, tlv(0x03, Buffer.concat([Buffer.of(0), signature])));
}

/** X.690: a tag, the length of what follows, and it. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.of(tag, value.length), value]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  const short = length.subarray(length.findIndex(byte => byte > 0));
  return Buffer.concat([Buffer.of(tag, 0x80 | short.length), short, value]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);

/** 1.2.840.113549.1.1.11 and 2.5.4.3 */
const sha256WithRsa = tlv(0x06, Buffer.from('2a864886f70d01010b', 'hex'));
const commonName = tlv(0x06, Buffer.from('550403', 'hex'));

/** GeneralizedTime to the second; UTCTime before 2050, as RFC 5280 §4.1.2.5 wants. */
function time(at: Instant): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? tlv(0x17, Buffer.from(digits.slice(2)))
    : tlv(0x18, Buffer.from(digits));
}
