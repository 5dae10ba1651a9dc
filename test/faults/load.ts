import type { History } from './history.ts';
import type { Installation } from './installation.ts';
import { type Visit, visits } from './visits.ts';
import { GaveUp } from './walk.ts';

export interface Load {
  /** how many visits came to where they wanted so far */
  came(): number;
  /** how many ended because nothing more could be sent for now */
  gaveUp(): number;
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
  let came = 0;
  let gaveUp = 0;
  const one = async (from: number): Promise<void> => {
    for (let n = from; !stopped; n++) {
      try {
        await kinds[n % kinds.length]?.(at, history);
        came += 1;
      } catch (error) {
        if (!(error instanceof GaveUp)) throw error;
        gaveUp += 1;
      }
    }
  };
  const all = Array.from({ length: people }, (_, from) =>
    one(from).catch((error: unknown) => history.broken(String(error instanceof Error ? error.stack : error))),
  );
  return {
    came: () => came,
    gaveUp: () => gaveUp,
    async stop() {
      stopped = true;
      await Promise.all(all);
    },
  };
}
