import type { Patience } from './settings.ts';

/** How many texts may be on their way to the centre, and how fast they follow each other. */
export interface Window {
  /** Waits for a place. False when `signal` gave up, or too many wait: then nothing was taken. */
  enter(signal: AbortSignal): Promise<boolean>;
  /** An answer came, or will not come any more. */
  leave(): void;
  /** The centre accepted one: it may go faster again. */
  accepted(): void;
  /** The centre said that this is too fast. */
  throttled(): void;
  /** Nobody enters any more. */
  close(): void;
}

/** Whoever comes after these would not be served within any patience. */
const longestQueue = 10_000;

export function openWindow(
  settings: { readonly window: number; readonly messagesPerSecond?: number | undefined },
  patience: Patience['throttled'],
): Window {
  const spacing = settings.messagesPerSecond ? 1000 / settings.messagesPerSecond : 0;
  const queue = new Set<(enters: boolean) => void>();
  let closed = false;
  let inside = 0;
  /** what the centre bears now, as it seems: halved when it throttles, widened when it accepts */
  let width = settings.window;
  let pause = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function admit(): void {
    while (queue.size > 0 && inside < Math.floor(width)) {
      const now = performance.now();
      if (now < nextAt) {
        timer ??= setTimeout(() => {
          timer = undefined;
          admit();
        }, nextAt - now);
        return;
      }
      const [first] = queue;
      if (!first) return;
      queue.delete(first);
      inside += 1;
      // At most one is owed: a quiet minute is not saved up for a burst.
      nextAt = Math.max(nextAt + spacing, now);
      first(true);
    }
  }

  return {
    enter(signal) {
      if (closed || signal.aborted || queue.size >= longestQueue) return Promise.resolve(false);
      return new Promise(resolve => {
        const giveUp = (): void => {
          queue.delete(decide);
          resolve(false);
        };
        const decide = (enters: boolean): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(enters);
        };
        signal.addEventListener('abort', giveUp);
        queue.add(decide);
        admit();
      });
    },
    leave() {
      inside -= 1;
      admit();
    },
    accepted() {
      pause = 0;
      if (width < settings.window) width = Math.min(settings.window, width + 1 / width);
    },
    throttled() {
      const now = performance.now();
      // All that were on their way say the same: it counts once.
      if (pause > 0 && now < nextAt) return;
      pause = Math.min(patience.most, pause === 0 ? patience.first : pause * 2);
      width = Math.max(1, width / 2);
      nextAt = now + pause;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const decide of queue) decide(false);
      queue.clear();
    },
  };
}
