import type { Clock, Instant } from '../../src/kit/clock.ts';

/** Real time, moved forward as far as a story needs. */
export interface MovableClock extends Clock {
  pass(ms: number): void;
}

export function movableClock(): MovableClock {
  let moved = 0;
  return {
    now: (): Instant => Date.now() + moved,
    pass(ms) {
      moved += ms;
    },
  };
}
