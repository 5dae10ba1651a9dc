import type { Clock } from '../../kit/clock.ts';
import type { Db } from '../../storage/index.ts';
import type { Signer } from './devices.ts';
import * as requests from './requests.ts';

/** Tells open apps what they were asked, on whichever node it was asked: the rows are looked at every second. */
export interface Watch {
  /** Tells at once, and again whenever it changed. The answer ends it. */
  listen(device: Pick<Signer, 'id' | 'user'>, tell: (open: readonly requests.Request[]) => void): () => void;
  close(): void;
}

interface Listener {
  readonly device: Pick<Signer, 'id' | 'user'>;
  readonly tell: (open: readonly requests.Request[]) => void;
  /** the ids it was told last */
  told: string | undefined;
}

export function openWatch(deps: {
  db: Db;
  clock: Clock;
  onError: (error: unknown) => void;
  /** ms between two looks */
  every?: number;
}): Watch {
  const { db, clock, every = 1000 } = deps;
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const users = [...new Set([...listeners].map(({ device }) => device.user))];
      const latest = await requests.latestOf(db, users);
      const now = clock.now();
      for (const listener of listeners) {
        const open = openFor(listener.device, latest, now);
        const ids = open.map(({ id }) => id).join();
        if (ids === listener.told) continue;
        listener.told = ids;
        listener.tell(open);
      }
    } catch (error) {
      deps.onError(error);
    } finally {
      looking = false;
    }
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    listen(device, tell) {
      const listener: Listener = { device, tell, told: undefined };
      listeners.add(listener);
      timer ??= setInterval(look, every).unref();
      void look();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}

/** What a device has to answer. */
export const openFor = (
  device: Pick<Signer, 'id' | 'user'>,
  latest: readonly requests.Request[],
  now: number,
): readonly requests.Request[] =>
  latest.filter(
    request => request.user === device.user && request.device === device.id && requests.isOpen(request, now),
  );
