import type { History } from './history.ts';
import type { Installation } from './installation.ts';
import { type Visit, visits } from './visits.ts';
import { GaveUp } from './walk.ts';

export interface Load {
  /** how many visits came to their end so far */
  done(): number;
  stop(): Promise<void>;
}

/** People who come, do what they came for, and are followed by others. */
export function openLoad(
  at: Installation,
  history: History,
  people: number,
  kinds: readonly Visit[] = visits,
): Load {
  let stopped = false;
  let done = 0;
  const one = async (from: number): Promise<void> => {
    for (let n = from; !stopped; n++) {
      await kinds[n % kinds.length]?.(at, history).catch((error: unknown) => {
        if (!(error instanceof GaveUp)) throw error;
      });
      done += 1;
    }
  };
  const all = Array.from({ length: people }, (_, from) =>
    one(from).catch((error: unknown) => history.broken(String(error instanceof Error ? error.stack : error))),
  );
  return {
    done: () => done,
    async stop() {
      stopped = true;
      await Promise.all(all);
    },
  };
}
