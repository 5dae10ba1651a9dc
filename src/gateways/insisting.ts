import { setTimeout as pause } from 'node:timers/promises';
import { minutes, seconds } from '../kit/clock.ts';

/** A database that changes its primary, or is started anew, is back by then. */
const waits = [seconds(1), seconds(5), seconds(15), minutes(1)];

/** Does it again until it succeeds, for about a minute and a half; without waiting once `closing` is aborted. */
export async function insisting(work: () => Promise<void>, closing: AbortSignal): Promise<void> {
  for (const wait of waits)
    try {
      return await work();
    } catch {
      await pause(wait, undefined, { signal: closing, ref: false }).catch(() => undefined);
    }
  return work();
}
