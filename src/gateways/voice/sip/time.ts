import { type Clock, systemClock } from '../../../kit/clock.ts';

/** Time that can be waited for: a test moves it, and every timer of RFC 3261 is arithmetic. */
export interface Time extends Clock {
  /** Calls once after `ms`, unless it is cancelled by what this returns. */
  after(ms: number, work: () => void): () => void;
}

export const systemTime: Time = {
  ...systemClock,
  after(ms, work) {
    // What is only waited for does not keep a process alive that is done; its sockets do.
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** RFC 3261 §17.1.1.1: round trip, longest wait between two sends, longest life of a message in the network. */
export const T1 = 500;
export const T2 = 4000;
export const T4 = 5000;
/** Timers B, F, H, J, L, M */
export const patience = 64 * T1;
