import type { Clock, Instant } from '../../src/kit/clock.ts';

/** Real time, moved forward as far as a story needs. */
export interface MovableClock extends Clock {
  pass(ms: number): void;
  /** From now on time only passes where the story says so: nothing becomes due while a busy machine gets on with it. */
  stand(): void;
  /** Time goes on, from where it stood. */
  goOn(): void;
}

export function movableClock(): MovableClock {
  let moved = 0;
  let stoodAt: Instant | undefined;
  return {
    now: (): Instant => (stoodAt ?? Date.now()) + moved,
    pass(ms) {
      moved += ms;
    },
    stand() {
      stoodAt ??= Date.now();
    },
    goOn() {
      if (stoodAt === undefined) return;
      moved -= Date.now() - stoodAt;
      stoodAt = undefined;
    },
  };
}
