import { type Clock, seconds } from '../kit/clock.ts';
import { openAllowance } from './allowance.ts';
import type { Visit } from './visit.ts';

/**
 * How many strangers may begin something from one network: each leaves a row for a quarter of an hour. A campus, a
 * dormitory, a carrier's customers come by thousands from one address, and no more than that.
 */
export interface Arrivals {
  /** Counts one who came. False: too many came from there, and nothing may be kept for this one. */
  admits(from: Pick<Visit, 'place' | 'trustedNetwork'>): boolean;
}

export function openArrivals(clock: Clock): Arrivals {
  const elsewhere = openAllowance({ clock, atOnce: 1_000, every: seconds(0.2) });
  const trusted = openAllowance({ clock, atOnce: 10_000, every: seconds(0.02) });
  return {
    admits({ place, trustedNetwork }) {
      const allowance = trustedNetwork ? trusted : elsewhere;
      if (allowance.heldUntil(place) !== undefined) return false;
      allowance.count(place);
      return true;
    },
  };
}
