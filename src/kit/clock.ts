/** An instant as the database and JSON carry it: milliseconds since 1970, UTC. */
export type Instant = number;

/** Where the time comes from. Everything that expires asks a clock, so that tests can move it. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;
export const days = (n: number): number => n * 86_400_000;
