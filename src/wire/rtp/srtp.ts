import { createCipheriv, hash, timingSafeEqual } from 'node:crypto';
import { rtpHeaderLength } from './packet.ts';
import { openReplayWindow, type ReplayWindow } from './replay-window.ts';

/** RFC 4568 §6.2: AES-128 in counter mode; the number is the length of RTP's tag in bits. RTCP's is always 80. */
export type SrtpSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';

/** What `inline:` carries, decoded: 16 octets of master key, 14 of master salt. */
export interface SrtpKey {
  readonly suite: SrtpSuite;
  readonly key: Buffer;
}

export const srtpKeyLength = 30;

/** Why a packet was not let in. */
export type Unprotected = Buffer | 'malformed' | 'forged' | 'replayed';

export interface SrtpSender {
  /** @param packet a packet of RTP; sequences must be given in order, each once */
  rtp(packet: Buffer): Buffer;
  rtcp(compound: Buffer): Buffer;
}

export interface SrtpReceiver {
  rtp(datagram: Buffer): Unprotected;
  rtcp(datagram: Buffer): Unprotected;
}

const tagLengths: Readonly<Record<SrtpSuite, number>> = {
  AES_CM_128_HMAC_SHA1_80: 10,
  AES_CM_128_HMAC_SHA1_32: 4,
};
const rtcpTagLength = 10;
const rtcpHeader = 8;
const encryptedFlag = 0x80000000;
const largestRtcpIndex = 0x7fffffff;

/** RFC 3711 §4.3.1: which session key a label makes. */
const labels = {
  rtp: { encryption: 0, authentication: 1, salt: 2 },
  rtcp: { encryption: 3, authentication: 4, salt: 5 },
} as const;

/** Deriving and making ready costs far more than using: once for a call, not for every packet. */
interface Session {
  cipher(ssrc: number, index: number, text: Buffer): Buffer;
  tag(message: Buffer, length: number): Buffer;
}

/** RFC 3711 §4.3 with a key derivation rate of zero. */
export function deriveKeys(
  master: Buffer,
  which: keyof typeof labels,
): { readonly encryption: Buffer; readonly authentication: Buffer; readonly salt: Buffer } {
  const stream = openKeyStream(master.subarray(0, 16));
  const derive = (label: number, length: number): Buffer => {
    const counter = Buffer.alloc(16);
    master.copy(counter, 0, 16, srtpKeyLength);
    counter[7] = (counter[7] ?? 0) ^ label;
    return Buffer.from(stream(counter, length));
  };
  const { encryption, authentication, salt } = labels[which];
  return {
    encryption: derive(encryption, 16),
    authentication: derive(authentication, 20),
    salt: derive(salt, 14),
  };
}

/**
 * The key stream of AES in counter mode (RFC 3711 §4.1.1) from a counter on. The counters are put through one
 * cipher that stays open: opening one for each packet would cost more than all else.
 */
export function openKeyStream(key: Buffer): (counter: Buffer, length: number) => Buffer {
  const blocks = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return (counter, length) => {
    const count = Math.ceil(length / 16);
    const counters = Buffer.allocUnsafe(16 * count);
    const first = counter.readUInt16BE(14);
    for (let block = 0; block < count; block++) {
      counter.copy(counters, 16 * block);
      // RFC 3711 §4.1.1: the last 16 bits are left to count the blocks of one packet
      counters.writeUInt16BE((first + block) & 0xffff, 16 * block + 14);
    }
    return blocks.update(counters).subarray(0, length);
  };
}

/** HMAC-SHA1 (RFC 2104). By one-shot hashes: an `Hmac` object for each packet costs several times as much. */
export function openHmac(key: Buffer): (message: Buffer) => Buffer {
  const padded = (pad: number): Buffer => {
    const block = Buffer.alloc(64, pad);
    for (const [i, octet] of key.entries()) block[i] = octet ^ pad;
    return block;
  };
  const [inner, outer] = [padded(0x36), padded(0x5c)];
  return message =>
    hash('sha1', Buffer.concat([outer, hash('sha1', Buffer.concat([inner, message]), 'buffer')]), 'buffer');
}

function openSessionOf(master: Buffer, which: keyof typeof labels): Session {
  const { encryption, authentication, salt } = deriveKeys(master, which);
  const stream = openKeyStream(encryption);
  const hmac = openHmac(authentication);
  return {
    // IV = (salt << 16) ⊕ (ssrc << 64) ⊕ (index << 16)
    cipher(ssrc, index, text) {
      const counter = Buffer.alloc(16);
      salt.copy(counter);
      counter.writeUInt32BE((counter.readUInt32BE(4) ^ ssrc) >>> 0, 4);
      const [high, low] = [Math.floor(index / 0x100000000), index >>> 0];
      counter.writeUInt16BE(counter.readUInt16BE(8) ^ high, 8);
      counter.writeUInt32BE((counter.readUInt32BE(10) ^ low) >>> 0, 10);
      const ciphered = stream(counter, text.length);
      for (let i = 0; i < text.length; i++) ciphered[i] = (ciphered[i] ?? 0) ^ (text[i] ?? 0);
      return ciphered;
    },
    tag: (message, length) => hmac(message).subarray(0, length),
  };
}

const uint32 = (value: number): Buffer => {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32BE(value >>> 0, 0);
  return out;
};

export function openSrtpSender({ suite, key }: SrtpKey): SrtpSender {
  const session = { rtp: openSessionOf(key, 'rtp'), rtcp: openSessionOf(key, 'rtcp') };
  let rollover = 0;
  let lastSequence = 0;
  let rtcpIndex = 0;
  return {
    rtp(packet) {
      const headed = rtpHeaderLength(packet);
      if (typeof headed !== 'number') throw new Error(`Not a packet of RTP: ${headed.malformed}`);
      const sequence = packet.readUInt16BE(2);
      if (sequence < lastSequence) rollover++;
      lastSequence = sequence;
      const index = rollover * 0x10000 + sequence;
      const header = packet.subarray(0, headed);
      const payload = session.rtp.cipher(packet.readUInt32BE(8), index, packet.subarray(headed));
      const tag = session.rtp.tag(Buffer.concat([header, payload, uint32(rollover)]), tagLengths[suite]);
      return Buffer.concat([header, payload, tag]);
    },
    rtcp(compound) {
      // RFC 3711 §9.2: never the same index twice under one key
      if (rtcpIndex >= largestRtcpIndex) throw new Error('This key has protected all the RTCP that it may.');
      rtcpIndex++;
      const header = compound.subarray(0, rtcpHeader);
      const body = session.rtcp.cipher(compound.readUInt32BE(4), rtcpIndex, compound.subarray(rtcpHeader));
      const protectedPart = Buffer.concat([header, body, uint32(encryptedFlag + rtcpIndex)]);
      return Buffer.concat([protectedPart, session.rtcp.tag(protectedPart, rtcpTagLength)]);
    },
  };
}

/**
 * One key protects every source of a session; each has a window and a rollover counter of its own.
 * They are made only for packets that are genuine, and never forgotten: else old packets would pass anew.
 */
const mostSources = 16;

export function openSrtpReceiver({ suite, key }: SrtpKey): SrtpReceiver {
  const session = { rtp: openSessionOf(key, 'rtp'), rtcp: openSessionOf(key, 'rtcp') };
  const windows = { rtp: new Map<number, ReplayWindow>(), rtcp: new Map<number, ReplayWindow>() };
  const tagLength = tagLengths[suite];

  const windowOf = (kind: 'rtp' | 'rtcp', ssrc: number): ReplayWindow | undefined =>
    windows[kind].get(ssrc) ?? (windows[kind].size < mostSources ? openReplayWindow() : undefined);

  return {
    rtp(datagram) {
      const tagAt = datagram.length - tagLength;
      if (tagAt < 0) return 'malformed';
      const packet = datagram.subarray(0, tagAt);
      const headed = rtpHeaderLength(packet);
      if (typeof headed !== 'number') return 'malformed';
      const ssrc = packet.readUInt32BE(8);
      const window = windowOf('rtp', ssrc);
      if (!window) return 'forged';
      const index = guessIndex(packet.readUInt16BE(2), window.highest());
      if (index < 0 || !window.isFresh(index)) return 'replayed';
      const rollover = uint32(Math.floor(index / 0x10000));
      const tag = session.rtp.tag(Buffer.concat([packet, rollover]), tagLength);
      if (!timingSafeEqual(tag, datagram.subarray(tagAt))) return 'forged';
      window.mark(index);
      windows.rtp.set(ssrc, window);
      const payload = session.rtp.cipher(ssrc, index, packet.subarray(headed));
      return Buffer.concat([packet.subarray(0, headed), payload]);
    },
    rtcp(datagram) {
      const tagAt = datagram.length - rtcpTagLength;
      const trailerAt = tagAt - 4;
      if (trailerAt < rtcpHeader) return 'malformed';
      const ssrc = datagram.readUInt32BE(4);
      const trailer = datagram.readUInt32BE(trailerAt);
      const index = trailer & largestRtcpIndex;
      const window = windowOf('rtcp', ssrc);
      if (!window) return 'forged';
      if (!window.isFresh(index)) return 'replayed';
      const tag = session.rtcp.tag(datagram.subarray(0, tagAt), rtcpTagLength);
      if (!timingSafeEqual(tag, datagram.subarray(tagAt))) return 'forged';
      window.mark(index);
      windows.rtcp.set(ssrc, window);
      const body = datagram.subarray(rtcpHeader, trailerAt);
      const isEncrypted = trailer >= encryptedFlag;
      return Buffer.concat([
        datagram.subarray(0, rtcpHeader),
        isEncrypted ? session.rtcp.cipher(ssrc, index, body) : body,
      ]);
    },
  };
}

/** RFC 3711 §3.3.1: of the rollovers around the highest index, the one that makes the sequence nearest to it. */
export function guessIndex(sequence: number, highest: number | undefined): number {
  if (highest === undefined) return sequence;
  const rollover = Math.floor(highest / 0x10000);
  const last = highest % 0x10000;
  if (last < 0x8000) return (sequence - last > 0x8000 ? rollover - 1 : rollover) * 0x10000 + sequence;
  return (last - 0x8000 > sequence ? rollover + 1 : rollover) * 0x10000 + sequence;
}
