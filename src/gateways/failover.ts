import { seconds } from '../kit/clock.ts';
import type { Taken } from './gateway.ts';

export type Attempted =
  | { readonly taken: true; readonly gateway: string; readonly reference?: string }
  | {
      readonly taken: false;
      /** each gateway and what it said */
      readonly reasons: readonly string[];
      /** the one that did not answer in time: it may have taken it after all */
      readonly perhaps?: string;
    };

/** How long a gateway that is told to give up may take to say whether anything went out. */
const lastWord = 500;

/**
 * Tries gateways in their order until one takes it, or may have taken it: what may have gone out is never
 * sent again. All of them together have `patience` ms, shared so that a gateway that cannot be reached
 * leaves time for the next.
 */
export async function attempt<G extends { readonly id: string }>(
  gateways: readonly G[],
  patience: number = seconds(8),
  ask: (gateway: G, signal: AbortSignal) => Promise<Taken>,
): Promise<Attempted> {
  const end = performance.now() + patience;
  const reasons: string[] = [];
  for (const [index, gateway] of gateways.entries()) {
    const allowed = Math.max(0, end - performance.now()) / (gateways.length - index);
    const answer = await inTime(signal => ask(gateway, signal), allowed);
    if (answer.taken === true) return { ...answer, gateway: gateway.id };
    reasons.push(`${gateway.id}: ${answer.reason}`);
    if (answer.taken === 'perhaps') return { taken: false, reasons, perhaps: gateway.id };
  }
  return { taken: false, reasons };
}

async function inTime(ask: (signal: AbortSignal) => Promise<Taken>, allowed: number): Promise<Taken> {
  const giveUp = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const late = new Promise<Taken>(resolve => {
    const silent: Taken = { taken: 'perhaps', reason: 'no answer in time' };
    timers.push(
      setTimeout(() => {
        giveUp.abort();
        timers.push(setTimeout(() => resolve(silent), lastWord));
      }, allowed),
    );
  });
  try {
    return await Promise.race([ask(giveUp.signal), late]);
  } catch (error) {
    // A driver may fail in ways it did not foresee, and then nobody knows whether anything went out.
    return { taken: 'perhaps', reason: error instanceof Error ? error.name : 'failed' };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
