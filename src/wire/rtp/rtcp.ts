import type { Malformed } from './packet.ts';

/** What one receiver says of one source (RFC 3550 §6.4.1). Times are in the source's own units. */
export interface ReportBlock {
  readonly ssrc: number;
  /** of 256, since the last report */
  readonly fractionLost: number;
  /** signed: duplicates can make it negative */
  readonly lost: number;
  readonly highestSequence: number;
  readonly jitter: number;
  /** the middle 32 bits of the NTP time of the last sender report, 0 for none */
  readonly lastReport: number;
  /** since then, in 1/65536 s */
  readonly sinceLastReport: number;
}

export interface SenderInfo {
  readonly ntp: bigint;
  readonly rtp: number;
  readonly packets: number;
  readonly octets: number;
}

export type RtcpPacket =
  | {
      readonly is: 'sender-report';
      readonly ssrc: number;
      readonly sender: SenderInfo;
      readonly blocks: readonly ReportBlock[];
    }
  | { readonly is: 'receiver-report'; readonly ssrc: number; readonly blocks: readonly ReportBlock[] }
  | { readonly is: 'description'; readonly chunks: readonly { ssrc: number; cname?: string }[] }
  | { readonly is: 'goodbye'; readonly ssrcs: readonly number[]; readonly reason?: string }
  | { readonly is: 'other'; readonly type: number };

const types = { senderReport: 200, receiverReport: 201, description: 202, goodbye: 203 };
const cnameItem = 1;
const blockLength = 24;

/** Reads a compound packet, by the checks of RFC 3550 appendix A.2. */
export function readRtcp(datagram: Buffer): readonly RtcpPacket[] | Malformed {
  const packets: RtcpPacket[] = [];
  for (let at = 0; at < datagram.length; ) {
    if (at + 4 > datagram.length) return { malformed: 'too-short' };
    const first = datagram[at] ?? 0;
    const type = datagram[at + 1] ?? 0;
    if (first >> 6 !== 2) return { malformed: 'version' };
    const end = at + 4 + 4 * datagram.readUInt16BE(at + 2);
    if (end > datagram.length) return { malformed: 'length' };
    if (at === 0 && type !== types.senderReport && type !== types.receiverReport)
      return { malformed: 'not-a-report-first' };
    const padded = (first & 0x20) !== 0;
    // only the last may be padded
    if (padded && end !== datagram.length) return { malformed: 'padding' };
    const padding = padded ? (datagram[end - 1] ?? 0) : 0;
    if (padded && (padding === 0 || at + 4 + padding > end)) return { malformed: 'padding' };
    const packet = readOne(type, first & 0x1f, datagram.subarray(at + 4, end - padding));
    if ('malformed' in packet) return packet;
    packets.push(packet);
    at = end;
  }
  return packets.length === 0 ? { malformed: 'too-short' } : packets;
}

function readOne(type: number, count: number, body: Buffer): RtcpPacket | Malformed {
  switch (type) {
    case types.senderReport: {
      if (body.length < 24 + count * blockLength) return { malformed: 'length' };
      const sender = {
        ntp: body.readBigUInt64BE(4),
        rtp: body.readUInt32BE(12),
        packets: body.readUInt32BE(16),
        octets: body.readUInt32BE(20),
      };
      return { is: 'sender-report', ssrc: body.readUInt32BE(0), sender, blocks: readBlocks(body, 24, count) };
    }
    case types.receiverReport:
      if (body.length < 4 + count * blockLength) return { malformed: 'length' };
      return { is: 'receiver-report', ssrc: body.readUInt32BE(0), blocks: readBlocks(body, 4, count) };
    case types.description:
      return readDescription(count, body);
    case types.goodbye:
      return readGoodbye(count, body);
    default:
      return { is: 'other', type };
  }
}

const readBlocks = (body: Buffer, from: number, count: number): ReportBlock[] =>
  Array.from({ length: count }, (_, i) => {
    const at = from + i * blockLength;
    return {
      ssrc: body.readUInt32BE(at),
      fractionLost: body.readUInt8(at + 4),
      lost: body.readIntBE(at + 5, 3),
      highestSequence: body.readUInt32BE(at + 8),
      jitter: body.readUInt32BE(at + 12),
      lastReport: body.readUInt32BE(at + 16),
      sinceLastReport: body.readUInt32BE(at + 20),
    };
  });

/** RFC 3550 §6.5: a chunk's items end with a zero, and the chunk with zeros up to four octets. */
function readDescription(count: number, body: Buffer): RtcpPacket | Malformed {
  const chunks: { ssrc: number; cname?: string }[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 4 > body.length) return { malformed: 'length' };
    const ssrc = body.readUInt32BE(at);
    let cname: string | undefined;
    at += 4;
    while (at < body.length && body[at] !== 0) {
      const length = body[at + 1];
      if (length === undefined || at + 2 + length > body.length) return { malformed: 'length' };
      if (body[at] === cnameItem) cname = body.toString('utf8', at + 2, at + 2 + length);
      at += 2 + length;
    }
    if (at >= body.length) return { malformed: 'length' };
    at = 4 * (Math.floor(at / 4) + 1);
    chunks.push(cname === undefined ? { ssrc } : { ssrc, cname });
  }
  return { is: 'description', chunks };
}

function readGoodbye(count: number, body: Buffer): RtcpPacket | Malformed {
  const sourcesEnd = 4 * count;
  if (body.length < sourcesEnd) return { malformed: 'length' };
  const ssrcs = Array.from({ length: count }, (_, i) => body.readUInt32BE(4 * i));
  const length = body[sourcesEnd];
  if (length === undefined) return { is: 'goodbye', ssrcs };
  if (sourcesEnd + 1 + length > body.length) return { malformed: 'length' };
  return { is: 'goodbye', ssrcs, reason: body.toString('utf8', sourcesEnd + 1, sourcesEnd + 1 + length) };
}

/** Writes a compound packet. At most 31 blocks, chunks or sources in each. */
export function writeRtcp(packets: readonly Exclude<RtcpPacket, { is: 'other' }>[]): Buffer {
  return Buffer.concat(packets.map(writeOne));
}

function writeOne(packet: Exclude<RtcpPacket, { is: 'other' }>): Buffer {
  switch (packet.is) {
    case 'sender-report': {
      const body = Buffer.alloc(24);
      body.writeUInt32BE(packet.ssrc, 0);
      body.writeBigUInt64BE(packet.sender.ntp, 4);
      body.writeUInt32BE(packet.sender.rtp, 12);
      body.writeUInt32BE(packet.sender.packets, 16);
      body.writeUInt32BE(packet.sender.octets, 20);
      return headed(types.senderReport, packet.blocks.length, [body, ...packet.blocks.map(writeBlock)]);
    }
    case 'receiver-report': {
      const blocks = packet.blocks.map(writeBlock);
      return headed(types.receiverReport, blocks.length, [uint32(packet.ssrc), ...blocks]);
    }
    case 'description':
      return headed(types.description, packet.chunks.length, packet.chunks.map(writeChunk));
    case 'goodbye': {
      const reason = packet.reason === undefined ? [] : [lengthFirst(packet.reason)];
      return headed(types.goodbye, packet.ssrcs.length, [...packet.ssrcs.map(uint32), ...reason]);
    }
  }
}

function writeBlock(block: ReportBlock): Buffer {
  const out = Buffer.alloc(blockLength);
  out.writeUInt32BE(block.ssrc, 0);
  out.writeUInt8(block.fractionLost, 4);
  out.writeIntBE(block.lost, 5, 3);
  out.writeUInt32BE(block.highestSequence, 8);
  out.writeUInt32BE(block.jitter, 12);
  out.writeUInt32BE(block.lastReport, 16);
  out.writeUInt32BE(block.sinceLastReport, 20);
  return out;
}

function writeChunk(chunk: { ssrc: number; cname?: string }): Buffer {
  const items = chunk.cname === undefined ? [] : [Buffer.from([cnameItem]), lengthFirst(chunk.cname)];
  const open = Buffer.concat([uint32(chunk.ssrc), ...items]);
  return Buffer.concat([open, Buffer.alloc(4 - (open.length % 4))]);
}

const lengthFirst = (text: string): Buffer => {
  const octets = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([octets.length]), octets]);
};

const uint32 = (value: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value, 0);
  return out;
};

function headed(type: number, count: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const words = Math.ceil(body.length / 4);
  const out = Buffer.alloc(4 + 4 * words);
  out[0] = 0x80 | count;
  out[1] = type;
  out.writeUInt16BE(words, 2);
  body.copy(out, 4);
  return out;
}
