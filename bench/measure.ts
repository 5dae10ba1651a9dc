import { cpuSeconds } from './processes.ts';

/** Runs `work` for each item, so many at once. */
export async function atOnce<T>(
  many: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

export interface Cost {
  /** how many of something the product does with one second of processor time */
  readonly perCpuSecond: number;
  /** ms of processor time for one of them: all of it, and how much of it is PostgreSQL's */
  readonly each: number;
  readonly database: number;
}

export async function costOf(server: number, times: number, work: () => Promise<void>): Promise<Cost> {
  const before = cpuSeconds(server);
  await work();
  const after = cpuSeconds(server);
  const all = after.all - before.all;
  const each = (used: number): number => (used / times) * 1000;
  return { perCpuSecond: times / all, each: each(all), database: each(all - (after.server - before.server)) };
}

export const median = (numbers: readonly number[]): number => percentile(numbers, 50);

export function percentile(numbers: readonly number[], p: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
