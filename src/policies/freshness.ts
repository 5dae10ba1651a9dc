import { type Instant, minutes } from '../kit/clock.ts';
import type { Evidence } from './evidence.ts';
import { isSecondary } from './proof.ts';

/** How old evidence may be, in ms; undefined: as old as the session. */
export interface Limits {
  readonly any: number | undefined;
  /** of everything except a secret that one knows */
  readonly second: number | undefined;
}

export const noLimits: Limits = { any: undefined, second: undefined };

const smaller = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

export const strictest = (limits: readonly Limits[]): Limits =>
  limits.reduce((a, b) => ({ any: smaller(a.any, b.any), second: smaller(a.second, b.second) }), noLimits);

/** Between the clocks of two nodes; evidence from further in the future does not count. */
const skew = minutes(5);

/**
 * The evidence that is young enough. What was shown since this attempt began (`since`) always is: a person who is asked
 * anew and takes a minute for it must not be asked for ever.
 */
export function young(
  evidence: readonly Evidence[],
  limits: Limits,
  now: Instant,
  since: Instant | undefined,
): readonly Evidence[] {
  return evidence.filter(e => {
    if (e.until !== undefined && e.until <= now) return false;
    const limit = isSecondary(e) ? smaller(limits.any, limits.second) : limits.any;
    const oldest = limit === undefined ? Number.NEGATIVE_INFINITY : Math.min(now - limit, since ?? now);
    return Number.isFinite(e.at) && e.at >= oldest && e.at <= now + skew;
  });
}
