import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seconds } from './clock.ts';

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const lookEvery = seconds(5);
/** CPU-seconds between two looks: below this nobody is here. */
const quiet = 0.2;
/** CPU-seconds since the last rest: below this there is nothing to give back. */
const worthIt = 2;

/**
 * Gives memory back to the system once the work is done. V8 keeps what a rush made it take, two or three times
 * of what it needs, until another one comes; bounding it would make every rush slower instead.
 */
export function restAfterWork(): { stop(): void } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  const used = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  let seen = used();
  let rested = seen;
  const timer = setInterval(() => {
    const now = used();
    if (now - seen < quiet && now - rested > worthIt) {
      collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      rested = used();
    }
    seen = used();
  }, lookEvery).unref();
  return { stop: () => clearInterval(timer) };
}
