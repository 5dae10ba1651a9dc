import type { BindCommand, ShortMessage } from '../../../wire/smpp/index.ts';
import type { DriverDeps } from '../../driver.ts';
import type { GatewayState } from '../../gateway.ts';
import { type Connection, openConnection } from './connection.ts';
import type { Patience, SmppSettings } from './settings.ts';

/** A connection that is made again whenever it ends. */
export interface Link {
  state(): GatewayState;
  current(): Connection | undefined;
  /** Waits for a connection, while there is hope. Nothing when there is none, or when `signal` gives up. */
  bound(signal: AbortSignal): Promise<Connection | undefined>;
  close(): Promise<void>;
}

/** After so many failures in a row nobody is kept waiting for the next try. */
const hopeful = 3;

export function openLink(deps: {
  settings: SmppSettings;
  patience: Patience;
  bind: BindCommand;
  log: DriverDeps['log'];
  message: (message: ShortMessage) => void;
}): Link {
  const { settings, patience, bind, log } = deps;
  let state: GatewayState = { is: 'starting' };
  let connection: Connection | undefined;
  let attempt: { destroy(): void } | undefined;
  let again: NodeJS.Timeout | undefined;
  /** tries in a row that did not end in a bind, and binds in a row that did not last */
  let failures = 0;
  let flaps = 0;
  /** whether the next try may well succeed */
  let hope = true;
  let boundAt = 0;
  let closed = false;
  const waiting = new Set<(connection: Connection | undefined) => void>();

  function tell(of: Connection | undefined): void {
    for (const resolve of waiting) resolve(of);
    waiting.clear();
  }

  function open(): void {
    let toldOdd = false;
    attempt = openConnection(settings, patience, bind, {
      bound(made) {
        connection = made;
        failures = 0;
        hope = true;
        boundAt = performance.now();
        state = { is: 'up' };
        log('info', 'bound', { bind });
        tell(made);
      },
      message: deps.message,
      leaving() {
        connection = undefined;
      },
      odd(what) {
        // One line for each connection: a centre that is odd is so all the time.
        if (!toldOdd) log('warn', 'the centre sent something odd', { bind, what });
        toldOdd = true;
      },
      ended({ because, refused }) {
        connection = undefined;
        if (closed) return;
        if (state.is !== 'up') failures += 1;
        else flaps = performance.now() - boundAt > patience.steady ? 0 : flaps + 1;
        state = { is: 'down', because };
        const { first, most } = refused ? patience.refused : patience.reconnect;
        // Half of it by chance: many that lost the same centre do not come back as one.
        const wait =
          Math.min(most, first * 2 ** Math.max(0, failures + flaps - 1)) * (0.5 + Math.random() / 2);
        log('warn', 'not bound', { bind, because, againIn: Math.round(wait) });
        hope = !refused && failures + flaps < hopeful;
        if (!hope) tell(undefined);
        again = setTimeout(open, wait);
      },
    });
  }

  open();
  return {
    state: () => state,
    current: () => connection,
    bound(signal) {
      if (connection || closed || signal.aborted || !hope) return Promise.resolve(connection);
      return new Promise(resolve => {
        const give = (of: Connection | undefined): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(of);
        };
        const giveUp = (): void => {
          waiting.delete(give);
          resolve(undefined);
        };
        signal.addEventListener('abort', giveUp);
        waiting.add(give);
      });
    },
    async close() {
      closed = true;
      clearTimeout(again);
      tell(undefined);
      const last = connection;
      connection = undefined;
      await last?.close();
      attempt?.destroy();
      state = { is: 'down', because: 'closed' };
    },
  };
}
