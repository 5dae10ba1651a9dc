import type { CallScript } from '../../gateway.ts';
import { type Heard, type Press, pressed, pressesIn } from '../keys.ts';

/** How a key came: in the media (as an event or as a tone), or in signalling. */
type Way = 'media' | 'info';

/** The keys of one call, each counted once although some phones send them both ways. */
export interface Pressing {
  press(key: Press, way: Way): Heard;
}

export function openPressing(expect: CallScript['expect'], now: () => number): Pressing {
  const keys: { key: Press; way: Way; at: number }[] = [];

  return {
    press(key, way) {
      const other = keys.some(one => one.key === key && one.way !== way && now() - one.at < doubled);
      if (!other) keys.push({ key, way, at: now() });
      return pressed(
        keys.map(one => one.key),
        expect,
      );
    },
  };
}

/** The same key the other way within this time is the same press. */
const doubled = 700;

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
