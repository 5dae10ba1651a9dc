import { type ReportBlock, type RtcpPacket, writeRtcp } from '../../../wire/rtp/index.ts';
import type { Hearing } from './hearing.ts';

/** What both sides tell each other about the sound (RTCP). */
export interface Reports {
  /** A report about what we sent and heard; with `goodbye` the last one. */
  write(sent: Sent, goodbye?: 'goodbye'): Buffer;
  read(packets: readonly RtcpPacket[]): void;
  peer(): PeerReport | undefined;
}

export interface Sent {
  readonly packets: number;
  readonly octets: number;
  /** of the next packet */
  readonly timestamp: number;
}

export interface PeerReport {
  readonly lost: number;
  /** in milliseconds */
  readonly jitter: number;
  /** in milliseconds; not known before the peer has heard a report of ours */
  readonly roundTrip?: number;
}

/** RFC 3550 §6.2: five seconds, spread from a half to one and a half so that peers do not speak in chorus. */
export const untilNextReport = (random: () => number): number => 5_000 * (0.5 + random());

/** Seconds in 32.32, from a clock that only has to go on evenly (RFC 3550 §6.4.1). */
const ntpOf = (milliseconds: number): bigint => BigInt(Math.round((milliseconds / 1000) * 0x100000000));
const middleOf = (ntp: bigint): number => Number((ntp >> 16n) & 0xffffffffn);
const fractions = 65_536;

export function openReports(deps: {
  readonly ssrc: number;
  readonly cname: string;
  readonly hearing: Hearing;
  readonly monotonic: () => number;
}): Reports {
  const { ssrc, cname, hearing, monotonic } = deps;
  const lastReports = new Map<number, { readonly middle: number; readonly at: number }>();
  let peer: PeerReport | undefined;

  const blocks = (): ReportBlock[] =>
    [...hearing.sources()].map(([source, reception]) => {
      const heard = reception.heard();
      const last = lastReports.get(source);
      return {
        ssrc: source,
        fractionLost: reception.report().fractionLost,
        lost: Math.max(-0x800000, Math.min(0x7fffff, heard.lost)),
        highestSequence: heard.highestSequence >>> 0,
        jitter: Math.round(heard.jitter),
        lastReport: last?.middle ?? 0,
        sinceLastReport: last ? Math.round(((monotonic() - last.at) / 1000) * fractions) >>> 0 : 0,
      };
    });

  const readBlock = (block: ReportBlock): void => {
    if (block.ssrc !== ssrc) return;
    const elapsed = (middleOf(ntpOf(monotonic())) - block.lastReport - block.sinceLastReport) >>> 0;
    const roundTrip = (elapsed / fractions) * 1000;
    peer = {
      lost: block.lost,
      jitter: block.jitter / 8,
      // what is longer than a minute is a peer that cannot count
      ...(block.lastReport !== 0 && roundTrip < 60_000 ? { roundTrip } : {}),
    };
  };

  return {
    write(sent, goodbye) {
      const report =
        sent.packets === 0
          ? ({ is: 'receiver-report', ssrc, blocks: blocks() } as const)
          : ({
              is: 'sender-report',
              ssrc,
              sender: {
                ntp: ntpOf(monotonic()),
                rtp: sent.timestamp,
                packets: sent.packets,
                octets: sent.octets,
              },
              blocks: blocks(),
            } as const);
      return writeRtcp([
        report,
        { is: 'description', chunks: [{ ssrc, cname }] },
        ...(goodbye ? [{ is: 'goodbye', ssrcs: [ssrc] } as const] : []),
      ]);
    },
    read(packets) {
      for (const packet of packets) {
        if (packet.is !== 'sender-report' && packet.is !== 'receiver-report') continue;
        if (packet.is === 'sender-report' && hearing.sources().has(packet.ssrc))
          lastReports.set(packet.ssrc, { middle: middleOf(packet.sender.ntp), at: monotonic() });
        for (const block of packet.blocks) readBlock(block);
      }
    },
    peer: () => peer,
  };
}
