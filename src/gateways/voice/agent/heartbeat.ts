import { seconds } from '../../../kit/clock.ts';

/**
 * Notices an end that says nothing any more though its connection stands: a process that was stopped, a machine
 * that lost its power. Questions are counted and not time, so that whoever was stopped oneself blames nobody.
 */
export interface Heartbeat {
  /** the other end said something */
  heard(): void;
  stop(): void;
}

export const heartbeatEvery = seconds(5);
const mostUnanswered = 3;

export function openHeartbeat(on: { ask(): void; lost(): void }, every: number = heartbeatEvery): Heartbeat {
  let unanswered = 0;
  const beat = setInterval(() => {
    if (unanswered >= mostUnanswered) {
      clearInterval(beat);
      on.lost();
      return;
    }
    unanswered += 1;
    on.ask();
  }, every);
  return {
    heard() {
      unanswered = 0;
    },
    stop: () => clearInterval(beat),
  };
}
