/** How well one source is heard: RFC 3550 appendices A.1 (sequence), A.3 (loss) and A.8 (jitter). */
export interface Reception {
  /**
   * Counts a packet that came at `arrival`, in the units of its timestamp.
   * A sequence that jumps is 'odd' until the next one follows it: then the source was started again.
   */
  take(packet: { readonly sequence: number; readonly timestamp: number }, arrival: number): 'counted' | 'odd';
  /** What was heard so far; looking changes nothing. */
  heard(): Heard;
  /** What was heard since the last report, for a report block. Every call begins the next interval. */
  report(): { readonly fractionLost: number };
}

export interface Heard {
  readonly packets: number;
  /** how many more were expected than came; negative when some came twice */
  readonly lost: number;
  /** with the number of wraps in the upper 16 bits */
  readonly highestSequence: number;
  /** in the units of the timestamp */
  readonly jitter: number;
}

const longestGap = 3000;
const furthestBack = 100;

export function openReception(first: { readonly sequence: number }): Reception {
  let base = first.sequence;
  let highest = first.sequence;
  let wraps = 0;
  let packets = 0;
  let jitter = 0;
  let transit: number | undefined;
  let restartsAt: number | undefined;
  let before = { expected: 0, packets: 0 };

  const extended = (): number => wraps * 0x10000 + highest;
  const expected = (): number => extended() - base + 1;

  const restart = (sequence: number): void => {
    base = sequence;
    highest = sequence;
    wraps = 0;
    packets = 0;
    transit = undefined;
    before = { expected: 0, packets: 0 };
  };

  const follow = (sequence: number): boolean => {
    const ahead = (sequence - highest) & 0xffff;
    if (ahead < longestGap) {
      if (sequence < highest) wraps++;
      highest = sequence;
      return true;
    }
    if (ahead > 0x10000 - furthestBack) return true;
    if (restartsAt === sequence) {
      restart(sequence);
      return true;
    }
    restartsAt = (sequence + 1) & 0xffff;
    return false;
  };

  return {
    take({ sequence, timestamp }, arrival) {
      if (!follow(sequence)) return 'odd';
      restartsAt = undefined;
      packets++;
      // both wrap at 32 bits, so their difference is taken in 32 bits too
      const now = (arrival - timestamp) | 0;
      if (transit !== undefined) jitter += (Math.abs((now - transit) | 0) - jitter) / 16;
      transit = now;
      return 'counted';
    },
    heard: () => ({
      packets,
      lost: packets === 0 ? 0 : expected() - packets,
      highestSequence: extended(),
      jitter,
    }),
    report() {
      const now = { expected: expected(), packets };
      const due = now.expected - before.expected;
      const lost = due - (now.packets - before.packets);
      before = now;
      return { fractionLost: due <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / due)) };
    },
  };
}
