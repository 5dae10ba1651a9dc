/** One packet of RTP (RFC 3550 §5.1). Numbers are unsigned; what is empty or absent is so on the wire too. */
export interface RtpPacket {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly csrc: readonly number[];
  readonly extension?: { readonly profile: number; readonly data: Buffer };
  readonly payload: Buffer;
}

/** What cannot be read, and why. */
export interface Malformed {
  readonly malformed:
    | 'too-short'
    | 'version'
    | 'csrc-beyond-end'
    | 'extension-beyond-end'
    | 'padding'
    | 'length'
    | 'not-a-report-first';
}

const fixedHeader = 12;

/** Reads one packet; its payload and extension are views of `datagram`. */
export function readRtp(datagram: Buffer): RtpPacket | Malformed {
  const headed = rtpHeaderLength(datagram);
  if (typeof headed !== 'number') return headed;
  const end = datagram.length - paddingOf(datagram);
  if (end < headed || (isPadded(datagram) && end === datagram.length)) return { malformed: 'padding' };
  const csrcs = (datagram[0] ?? 0) & 0x0f;
  const extended = ((datagram[0] ?? 0) & 0x10) !== 0;
  const csrc: number[] = [];
  for (let i = 0; i < csrcs; i++) csrc.push(datagram.readUInt32BE(fixedHeader + 4 * i));
  const extensionAt = fixedHeader + 4 * csrcs;
  return {
    marker: ((datagram[1] ?? 0) & 0x80) !== 0,
    payloadType: (datagram[1] ?? 0) & 0x7f,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    csrc,
    ...(extended
      ? {
          extension: {
            profile: datagram.readUInt16BE(extensionAt),
            data: datagram.subarray(extensionAt + 4, headed),
          },
        }
      : {}),
    payload: datagram.subarray(headed, end),
  };
}

/** How many octets stand before the payload: what SRTP leaves readable. */
export function rtpHeaderLength(datagram: Buffer): number | Malformed {
  if (datagram.length < fixedHeader) return { malformed: 'too-short' };
  const first = datagram[0] ?? 0;
  if (first >> 6 !== 2) return { malformed: 'version' };
  const csrcEnd = fixedHeader + 4 * (first & 0x0f);
  if (csrcEnd > datagram.length) return { malformed: 'csrc-beyond-end' };
  if ((first & 0x10) === 0) return csrcEnd;
  if (csrcEnd + 4 > datagram.length) return { malformed: 'extension-beyond-end' };
  const end = csrcEnd + 4 + 4 * datagram.readUInt16BE(csrcEnd + 2);
  return end > datagram.length ? { malformed: 'extension-beyond-end' } : end;
}

const isPadded = (datagram: Buffer): boolean => ((datagram[0] ?? 0) & 0x20) !== 0;

const paddingOf = (datagram: Buffer): number =>
  isPadded(datagram) ? (datagram[datagram.length - 1] ?? 0) : 0;

/** Writes one packet, without padding. The extension's data is a multiple of four octets. */
export function writeRtp(packet: RtpPacket): Buffer {
  const { csrc, extension, payload } = packet;
  const payloadAt = fixedHeader + 4 * csrc.length + (extension ? 4 + extension.data.length : 0);
  const out = Buffer.allocUnsafe(payloadAt + payload.length);
  out[0] = 0x80 | (extension ? 0x10 : 0) | csrc.length;
  out[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  out.writeUInt16BE(packet.sequence, 2);
  out.writeUInt32BE(packet.timestamp, 4);
  out.writeUInt32BE(packet.ssrc, 8);
  csrc.forEach((source, i) => {
    out.writeUInt32BE(source, fixedHeader + 4 * i);
  });
  if (extension) {
    const at = fixedHeader + 4 * csrc.length;
    out.writeUInt16BE(extension.profile, at);
    out.writeUInt16BE(extension.data.length / 4, at + 2);
    extension.data.copy(out, at + 4);
  }
  payload.copy(out, payloadAt);
  return out;
}

/** With RTP and RTCP on one port, which of the two a datagram is (RFC 5761 §4). */
export const isRtcp = (datagram: Buffer): boolean => {
  const type = datagram[1] ?? 0;
  return type >= 192 && type <= 223;
};
