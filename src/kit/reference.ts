import type { Instant } from './clock.ts';
import { inGroups, numberOf, readTypedCode, typedCodeOf } from './typed-code.ts';

/** Among what was made from one instant to before another: whose ids end like this. */
export interface Sought {
  /** as pages show it */
  readonly reference: string;
  readonly from: Instant;
  readonly before: Instant;
  readonly ending: string;
}

const signs = 8;
/** Seventy minutes, in which everything begins alike; 65,536 of them are almost nine years. */
const period = 2 ** 22;
const periods = 2 ** 16;
const endings = 2 ** 24;

/**
 * What people read aloud instead of an id (a UUID version 7): `7WK3-9QTB`. It is the period in which the id was
 * made and how it ends, so that whatever is sorted by id is found by it without an index of its own.
 */
export function referenceOf(id: string): string {
  const madeAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const value = (Math.floor(madeAt / period) % periods) * endings + Number.parseInt(id.slice(-6), 16);
  return inGroups(typedCodeOf(value, signs));
}

/** Which ids a reference may stand for, however it was typed: of the last nine years. Undefined when it is none. */
export function readReference(typed: string, now: Instant): Sought | undefined {
  const read = readTypedCode(typed);
  if (read?.length !== signs) return undefined;
  const value = numberOf(read);
  // Another node's clock may be ahead.
  const latest = Math.floor(now / period) + 1;
  const ago = (latest - Math.floor(value / endings)) % periods;
  const from = (latest - ago) * period;
  const ending = (value % endings).toString(16).padStart(6, '0');
  return { reference: inGroups(read), from, before: from + period, ending };
}
