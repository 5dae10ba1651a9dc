import type { CallScript } from '../../gateway.ts';
import { type Heard, type Press, pressed, pressesIn } from '../keys.ts';

/** How a key came: as an event (RFC 4733), as a tone in the sound, or in signalling. */
type Way = 'event' | 'tone' | 'info';

/**
 * The keys of one call, each counted once although some phones send them both ways. Whoever tells keys by INFO is
 * not listened to for tones any more: nothing that is said there can press one.
 */
export interface Pressing {
  press(key: Press, way: Way): Heard;
}

/** Opened when the question begins. */
export function openPressing(expect: CallScript['expect'], now: () => number): Pressing {
  const began = now();
  const told: { key: Press; way: Way; at: number }[] = [];
  const counted: Press[] = [];

  /** A machine's greeting has tones that a network may tell as a `#`; a person hears the voice first. */
  const isGreeting = (key: Press): boolean =>
    expect.keys === '#' && key === '#' && counted.every(one => one === '*') && now() - began < soonest;

  return {
    press(key, way) {
      const isTold = way === 'tone' && told.some(one => one.way === 'info');
      const other = told.some(one => one.key === key && one.way !== way && now() - one.at < doubled);
      if (!other && !isTold) {
        told.push({ key, way, at: now() });
        if (!isGreeting(key)) counted.push(key);
      }
      return pressed(counted, expect);
    },
  };
}

/** The same key the other way within this time is the same press. */
const doubled = 700;

/** Where `#` alone is asked for, it counts from then on. */
const soonest = 1000;

/** The key in a SIP INFO: `Signal=5` (application/dtmf-relay), or the key alone (application/dtmf). */
export function keyInInfo(type: string, body: string): Press | undefined {
  const [kind = ''] = type.toLowerCase().split(';');
  const text =
    kind.trim() === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S+)/im.exec(body)?.[1]
      : kind.trim() === 'application/dtmf'
        ? body.trim()
        : undefined;
  // Some write the two last keys as the numbers that they have in an event.
  const key = text === '10' ? '*' : text === '11' ? '#' : text;
  if (key === undefined || key.length !== 1) return undefined;
  return pressesIn(key)?.[0];
}
