import { seconds } from '../../kit/clock.ts';
import type { DriverDeps } from '../driver.ts';
import type { GatewayState } from '../gateway.ts';

/** Whether the other side answers, asked now and then, and told by every send. */
export interface Watch {
  state(): GatewayState;
  /** What a send found out: nothing is wrong, or what. */
  tell(problem: string | undefined): void;
  close(): void;
}

/** @param look says what is wrong, or nothing; it may take a while, and may throw */
export function watchOver(
  look: (signal: AbortSignal) => Promise<string | undefined>,
  log: DriverDeps['log'],
): Watch {
  let state: GatewayState = { is: 'starting' };
  let timer: NodeJS.Timeout | undefined;
  const over = new AbortController();

  function tell(problem: string | undefined): void {
    const before = state;
    state = problem === undefined ? { is: 'up' } : { is: 'down', because: problem };
    if (before.is === state.is) return;
    if (problem !== undefined) log('warn', 'the gateway does not answer', { because: problem });
    else if (before.is === 'down') log('info', 'the gateway answers again');
    // Looked at again before the next person would be made to wait for it.
    lookLater();
  }

  function lookLater(): void {
    clearTimeout(timer);
    if (!over.signal.aborted)
      timer = setTimeout(() => void lookAgain(), state.is === 'up' ? seconds(60) : seconds(5)).unref();
  }

  async function lookAgain(): Promise<void> {
    const problem = await look(over.signal).catch((error: unknown) => String(error));
    if (over.signal.aborted) return;
    tell(problem);
    lookLater();
  }
  void lookAgain();

  return {
    state: () => state,
    tell,
    close() {
      over.abort();
      clearTimeout(timer);
    },
  };
}
