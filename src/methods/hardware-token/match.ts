import { hotp, stepOf } from '../otp.ts';

/** What a device needs to be understood. */
export interface Device {
  readonly secret: Buffer;
  /** its code moves with time or with each press of its button */
  readonly moves: 'time' | 'press';
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly digits: number;
  /** seconds, for those that move with time */
  readonly period: number;
  /** the last time step or counter that was used; -1: none */
  readonly last: number;
  /** steps that its clock is ahead, as was learned */
  readonly drift: number;
}

/** Where a code lies, and what was learned of the clock. */
export interface Found {
  readonly at: number;
  readonly drift: number;
}

/** RFC 4226 §7.4: presses in a pocket; RFC 6238 §5.2: one step early or late. */
const usual = { press: 10, time: 1 } as const;
/** With two codes in a row one may look much further. */
const withTwo = { press: 1000, time: 20 } as const;

const codeAt = (device: Device, at: number): string =>
  hotp(device.secret, at, device.digits, device.algorithm);

/** Where to look, in order; never at what was used, nor before it. */
function places(device: Device, now: number, far: { press: number; time: number }): number[] {
  if (device.moves === 'press') return Array.from({ length: far.press }, (_, i) => device.last + 1 + i);
  const step = stepOf(now, device.period) + device.drift;
  return Array.from({ length: 2 * far.time + 1 }, (_, i) => step - far.time + i).filter(
    at => at > device.last,
  );
}

const found = (device: Device, now: number, at: number): Found => ({
  at,
  drift: device.moves === 'press' ? 0 : at - stepOf(now, device.period),
});

/** The unused place whose code this is. */
export function match(device: Device, code: string, now: number): Found | undefined {
  const at = places(device, now, usual).find(place => codeAt(device, place) === code);
  // What is learned of a clock comes from two codes, not from one.
  return at === undefined ? undefined : { at, drift: device.drift };
}

/** Whether the code was right, and was used. */
export function wasUsed(device: Device, code: string, now: number): boolean {
  const last = device.moves === 'press' ? Math.max(-1, device.last - usual.press) : -1;
  return match({ ...device, last }, code, now) !== undefined;
}

/** Finds a device again by two codes in a row (RFC 4226 §7.4, RFC 6238 §6). */
export function matchTwo(device: Device, codes: readonly [string, string], now: number): Found | undefined {
  const [first, second] = codes;
  const at = places({ ...device, drift: 0 }, now, withTwo).find(
    place => codeAt(device, place) === first && codeAt(device, place + 1) === second,
  );
  return at === undefined ? undefined : found(device, now, at + 1);
}
