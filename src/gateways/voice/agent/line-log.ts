import { minutes } from '../../../kit/clock.ts';
import type { GatewayState } from '../../gateway.ts';
import { systemTime, type Time } from '../sip/index.ts';

/** Says in the log when a line goes down, with what reason, and when it is back. */
export interface LineLog {
  is(state: GatewayState): void;
  close(): void;
}

/** A line that comes and goes says the same once in this time, and at its end how it is then. */
const quiet = minutes(1);

export function openLineLog(
  log: (level: 'info' | 'warn', message: string, detail?: Readonly<Record<string, unknown>>) => void,
  time: Time = systemTime,
): LineLog {
  /** what a reader of the log knows; that it is up at the start is said for all gateways in one place */
  let said = upOrWhyNot({ is: 'up' });
  const lately = new Map<string, number>();
  let stop = (): void => undefined;

  function tell(state: GatewayState): void {
    stop();
    const what = upOrWhyNot(state);
    if (state.is === 'starting' || what === said) return;
    const now = time.now();
    for (const [one, at] of lately) if (now - at >= quiet) lately.delete(one);
    const before = lately.get(what);
    if (before !== undefined) {
      stop = time.after(before + quiet - now, () => tell(state));
      return;
    }
    said = what;
    lately.set(what, now);
    if (state.is === 'up') log('info', 'the line is up again');
    else log('warn', 'the line is down', { because: state.because });
  }

  return { is: tell, close: () => stop() };
}

const upOrWhyNot = (state: GatewayState): string => (state.is === 'down' ? `down: ${state.because}` : 'up');
