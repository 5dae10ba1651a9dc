import { Problem } from '../../http/problems.ts';
import { type Instant, seconds } from '../../kit/clock.ts';

/** Lets a few do their work at once and the others wait in the order in which they came. */
export interface Turns {
  /** Runs `work` when its turn comes. Throws the problem `busy` when that would take too long. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly since: Instant;
  readonly go: () => void;
  readonly refuse: (problem: Problem) => void;
}

/**
 * @param patience ms: whoever would wait longer is sent away at the door, and told when to come back
 * @param now a clock that never goes back
 */
export function openTurns(options: { atOnce: number; patience: number; now?: () => number }): Turns {
  const { atOnce, patience, now = () => performance.now() } = options;
  const waiting: Waiting[] = [];
  let working = 0;
  let usualDuration = 30;

  const busy = (wait: number): Problem =>
    new Problem('busy', { retryAfter: Math.max(1, Math.ceil(wait / seconds(1))) });

  function next(): void {
    for (let first = waiting.shift(); first; first = waiting.shift()) {
      if (now() - first.since <= patience) {
        first.go();
        return;
      }
      first.refuse(busy(patience));
    }
    working -= 1;
  }

  const turn = (): Promise<void> => {
    if (working < atOnce) {
      working += 1;
      return Promise.resolve();
    }
    const expected = ((waiting.length + 1) / atOnce) * usualDuration;
    if (expected > patience) return Promise.reject(busy(expected - patience));
    return new Promise((go, refuse) => waiting.push({ since: now(), go, refuse }));
  };

  return {
    async take(work) {
      await turn();
      const began = now();
      try {
        return await work();
      } finally {
        usualDuration += (now() - began - usualDuration) / 8;
        next();
      }
    },
  };
}
