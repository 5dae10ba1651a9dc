import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';
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

export interface SessionKeys {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
  readonly salt: Buffer;
}

/** RFC 3711 §4.3 with a key derivation rate of zero. */
export function deriveKeys(master: Buffer, which: keyof typeof labels): SessionKeys {
  const derive = (label: number, length: number): Buffer => {
    const counter = Buffer.alloc(16);
    master.copy(counter, 0, 16, srtpKeyLength);
    counter[7] = (counter[7] ?? 0) ^ label;
    return counterMode(master.subarray(0, 16), counter, Buffer.alloc(length));
  };
  const { encryption, authentication, salt } = labels[which];
  return {
    encryption: derive(encryption, 16),
    authentication: derive(authentication, 20),
    salt: derive(salt, 14),
  };
}

/** AES in counter mode. Ciphering twice gives back what was. */
export function counterMode(key: Buffer, counter: Buffer, text: Buffer): Buffer {
  return createCipheriv('aes-128-ctr', key, counter).update(text);
}

/** RFC 3711 §4.1.1: IV = (salt << 16) ⊕ (ssrc << 64) ⊕ (index << 16). */
function cipher({ encryption, salt }: SessionKeys, ssrc: number, index: number, text: Buffer): Buffer {
  const counter = Buffer.alloc(16);
  salt.copy(counter);
  counter.writeUInt32BE((counter.readUInt32BE(4) ^ ssrc) >>> 0, 4);
  const [high, low] = [Math.floor(index / 0x100000000), index >>> 0];
  counter.writeUInt16BE(counter.readUInt16BE(8) ^ high, 8);
  counter.writeUInt32BE((counter.readUInt32BE(10) ^ low) >>> 0, 10);
  return counterMode(encryption, counter, text);
}

function tagOf({ authentication }: SessionKeys, parts: readonly Buffer[], length: number): Buffer {
  const hmac = createHmac('sha1', authentication);
  for (const part of parts) hmac.update(part);
  return hmac.digest().subarray(0, length);
}

const uint32 = (value: number): Buffer => {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32BE(value >>> 0, 0);
  return out;
};

export function openSrtpSender({ suite, key }: SrtpKey): SrtpSender {
  const keys = { rtp: deriveKeys(key, 'rtp'), rtcp: deriveKeys(key, 'rtcp') };
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
      const payload = cipher(keys.rtp, packet.readUInt32BE(8), index, packet.subarray(headed));
      const tag = tagOf(keys.rtp, [header, payload, uint32(rollover)], tagLengths[suite]);
      return Buffer.concat([header, payload, tag]);
    },
    rtcp(compound) {
      // RFC 3711 §9.2: never the same index twice under one key
      if (rtcpIndex >= largestRtcpIndex) throw new Error('This key has protected all the RTCP that it may.');
      rtcpIndex++;
      const header = compound.subarray(0, rtcpHeader);
      const body = cipher(keys.rtcp, compound.readUInt32BE(4), rtcpIndex, compound.subarray(rtcpHeader));
      const trailer = uint32(encryptedFlag + rtcpIndex);
      return Buffer.concat([header, body, trailer, tagOf(keys.rtcp, [header, body, trailer], rtcpTagLength)]);
    },
  };
}

/**
 * One key protects every source of a session; each has a window and a rollover counter of its own.
 * They are made only for packets that are genuine, and never forgotten: else old packets would pass anew.
 */
const mostSources = 16;

export function openSrtpReceiver({ suite, key }: SrtpKey): SrtpReceiver {
  const keys = { rtp: deriveKeys(key, 'rtp'), rtcp: deriveKeys(key, 'rtcp') };
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
      if (!timingSafeEqual(tagOf(keys.rtp, [packet, rollover], tagLength), datagram.subarray(tagAt)))
        return 'forged';
      window.mark(index);
      windows.rtp.set(ssrc, window);
      const payload = cipher(keys.rtp, ssrc, index, packet.subarray(headed));
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
      const tag = tagOf(keys.rtcp, [datagram.subarray(0, tagAt)], rtcpTagLength);
      if (!timingSafeEqual(tag, datagram.subarray(tagAt))) return 'forged';
      window.mark(index);
      windows.rtcp.set(ssrc, window);
      const body = datagram.subarray(rtcpHeader, trailerAt);
      const isEncrypted = trailer >= encryptedFlag;
      return Buffer.concat([
        datagram.subarray(0, rtcpHeader),
        isEncrypted ? cipher(keys.rtcp, ssrc, index, body) : body,
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
