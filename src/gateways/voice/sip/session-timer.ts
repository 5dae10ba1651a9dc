import { seconds } from '../../../kit/clock.ts';
import {
  type Header,
  hasOption,
  headerOf,
  numberOf,
  paramOf,
  readAddress,
  type SipRequest,
  type SipResponse,
} from '../../../wire/sip/index.ts';
import type { Time } from './time.ts';

/** How long a call may be silent in signalling before it is taken for dead (RFC 4028). */
export interface SessionTimer {
  /** reads Session-Expires in a 2xx to us */
  agreed(response: SipResponse): void;
  /** what our 2xx to a refresh says */
  answer(request: SipRequest): readonly Header[];
  stop(): void;
}

export const shortestSession = 90;

export function openSessionTimer(deps: {
  readonly time: Time;
  /** it is on us to show that the call lives */
  readonly refresh: () => void;
  readonly expired: () => void;
}): SessionTimer {
  const { time } = deps;
  let stop = (): void => undefined;

  function start(interval: number, ours: boolean): void {
    stop();
    // The end is told a little before the peer's own clock gives the call up (§10).
    const end = Math.max(interval - Math.min(32, interval / 3), 1);
    stop = time.after(seconds(ours ? interval / 2 : end), ours ? deps.refresh : deps.expired);
  }

  return {
    agreed(response) {
      const expires = expiresOf(response);
      if (expires) start(expires.interval, expires.refresher !== 'uas');
      else stop();
    },
    answer(request) {
      const expires = expiresOf(request);
      if (!expires) return [];
      const refresher = expires.refresher ?? (hasOption(request, 'supported', 'timer') ? 'uac' : 'uas');
      start(expires.interval, refresher === 'uas');
      return [
        { name: 'session-expires', value: `${expires.interval};refresher=${refresher}` },
        ...(refresher === 'uac' ? [{ name: 'require', value: 'timer' }] : []),
      ];
    },
    stop: () => stop(),
  };
}

function expiresOf(
  message: SipRequest | SipResponse,
): { interval: number; refresher?: 'uac' | 'uas' } | undefined {
  const interval = numberOf(message, 'session-expires');
  if (interval === undefined || interval === 0) return undefined;
  // `1800;refresher=uac` has the shape of an address with parameters.
  const params = readAddress(`x:${headerOf(message, 'session-expires')}`)?.params ?? [];
  const refresher = paramOf(params, 'refresher')?.toLowerCase();
  return {
    interval: Math.max(interval, shortestSession),
    ...(refresher === 'uac' || refresher === 'uas' ? { refresher } : {}),
  };
}
