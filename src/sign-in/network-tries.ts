import { type Allowance, openAllowance } from '../http/allowance.ts';
import type { Visit } from '../http/visit.ts';
import { type Clock, seconds } from '../kit/clock.ts';

/**
 * One password tried on everybody: no account counts to three, but the network does. A campus may hold
 * thousands of people behind one address; a browser that its person signed in with before is not counted.
 */
export function openNetworkTries(clock: Clock): (visit: Visit, isKnownBrowser: boolean) => Allowance {
  const elsewhere = openAllowance({ clock, atOnce: 100, every: seconds(6) });
  const trusted = openAllowance({ clock, atOnce: 1_000, every: seconds(0.6) });
  return (visit, isKnownBrowser) => (isKnownBrowser ? uncounted : visit.trustedNetwork ? trusted : elsewhere);
}

const uncounted: Allowance = {
  heldUntil: () => undefined,
  count: () => undefined,
  giveBack: () => undefined,
};
