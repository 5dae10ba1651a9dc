import { seconds } from '../kit/clock.ts';
import type { Taken } from './gateway.ts';

export type Attempted =
  | { readonly taken: true; readonly gateway: string; readonly reference?: string }
  | {
      readonly taken: false;
      /** each gateway and what it said */
      readonly reasons: readonly string[];
      /** one did not answer in time: it may have taken it after all */
      readonly perhaps: boolean;
    };

/**
 * Tries gateways in their order until one takes it. All of them together have `patience` ms, shared
 * so that a gateway that hangs leaves time for the next.
 */
export async function attempt<G extends { readonly id: string }>(
  gateways: readonly G[],
  patience: number = seconds(8),
  ask: (gateway: G, signal: AbortSignal) => Promise<Taken>,
): Promise<Attempted> {
  const end = performance.now() + patience;
  const reasons: string[] = [];
  let perhaps = false;
  for (const [index, gateway] of gateways.entries()) {
    const allowed = Math.max(0, end - performance.now()) / (gateways.length - index);
    const answer = await inTime(signal => ask(gateway, signal), allowed);
    if (answer === 'late') perhaps = true;
    else if (answer.taken) return { ...answer, gateway: gateway.id };
    reasons.push(`${gateway.id}: ${answer === 'late' ? 'no answer in time' : answer.reason}`);
  }
  return { taken: false, reasons, perhaps };
}

async function inTime(
  ask: (signal: AbortSignal) => Promise<Taken>,
  allowed: number,
): Promise<Taken | 'late'> {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(() => {
      giveUp.abort();
      resolve('late');
    }, allowed);
  });
  try {
    return await Promise.race([late, ask(giveUp.signal)]);
  } catch (error) {
    // A driver may fail in ways it did not foresee; to the next one that is a refusal like any other.
    return { taken: false, reason: error instanceof Error ? error.name : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
