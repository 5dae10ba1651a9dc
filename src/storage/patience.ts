import { setTimeout as sleep } from 'node:timers/promises';

const retried = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '25006', // read-only: the primary has moved
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting up
  '57P05', // an idle connection was closed
  '53300', // too many connections
  '08001',
  '08003',
  '08004',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN', // its name cannot be looked up at the moment
  'ENOENT', // the socket of a server that is being restarted
]);

/** Whether the database asks to be tried again: the fault is in the moment and not in the question. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error &&
  (retried.has(String((error as { code?: unknown }).code)) ||
    /Connection terminated|is not queryable|timeout exceeded when trying to connect|not currently accepting connections/.test(
      error.message,
    ));

const waits = [20, 80, 250, 600, 1500];

/** Does it again, in waits that grow to a second and a half, for as long as the fault is in the moment. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const wait of waits) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(wait * (0.5 + Math.random()));
    }
  }
  return work();
}
