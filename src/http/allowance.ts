import type { Clock, Instant } from '../kit/clock.ts';
import type { Address } from './address.ts';

/**
 * How much may come from one network: so many at once, and one more each `every` ms. A household has a /64
 * in IPv6, a provider's customer a /56, a site a /48: wider networks may do three and ten times as much.
 * Counted in this process' memory, so that refusing costs nothing; each node counts for itself.
 */
export interface Allowance {
  /** When it may go on, if this network has used up what it may. */
  heldUntil(address: Address | undefined): Instant | undefined;
  count(address: Address | undefined): void;
  /** It was not what is counted after all. */
  giveBack(address: Address | undefined): void;
}

const widths = [
  { family: 4, bits: 32, times: 1 },
  { family: 6, bits: 64, times: 1 },
  { family: 6, bits: 56, times: 3 },
  { family: 6, bits: 48, times: 10 },
] as const;

export function openAllowance(options: {
  clock: Clock;
  atOnce: number;
  /** ms until one more may come */
  every: number;
  /** networks that are remembered; those unheard of for the longest are forgotten first */
  most?: number;
}): Allowance {
  const { clock, atOnce, every, most = 50_000 } = options;
  // The instant at which all that was counted will have been paid off (the generic cell rate algorithm).
  const debts = new Map<string, Instant>();

  let latest: Instant = 0;
  /** A clock that is put back takes the debts with it: else everybody would be held for as long as it went back. */
  function now(): Instant {
    const at = clock.now();
    if (at < latest) for (const [key, debt] of debts) debts.set(key, debt - (latest - at));
    latest = at;
    return at;
  }

  const networksOf = (address: Address | undefined) =>
    address === undefined
      ? [{ key: 'unknown', times: 1, step: every }]
      : widths
          .filter(({ family }) => family === address.family)
          .map(({ bits, times }) => ({
            key: `${bits} ${address.value >> BigInt((address.family === 4 ? 32 : 128) - bits)}`,
            times,
            step: Math.floor(every / times),
          }));

  return {
    heldUntil(address) {
      const at = now();
      const ends = networksOf(address).flatMap(({ key, times, step }) => {
        const free = (debts.get(key) ?? 0) - (atOnce * times - 1) * step;
        return free > at ? [free] : [];
      });
      return ends.length > 0 ? Math.max(...ends) : undefined;
    },
    count(address) {
      const at = now();
      for (const { key, step } of networksOf(address)) {
        const debt = Math.max(debts.get(key) ?? 0, at) + step;
        debts.delete(key);
        debts.set(key, debt);
      }
      for (const key of debts.keys()) {
        if (debts.size <= most) break;
        debts.delete(key);
      }
    },
    giveBack(address) {
      for (const { key, step } of networksOf(address)) {
        const debt = debts.get(key);
        if (debt !== undefined) debts.set(key, debt - step);
      }
    },
  };
}
