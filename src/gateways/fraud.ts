import type { Audit, AuditEvent } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Tx } from '../storage/index.ts';
import type { OfficeNews } from './office-news.ts';
import { type PauseRule, pause } from './pauses.ts';

/** A person, and within which sign-in they said that it was not theirs. */
export type Reporter = Pick<AuditEvent, 'actor' | 'correlation' | 'address'> & { readonly user: UserId };

/**
 * Takes a report of fraud, in the transaction that ends what was reported.
 *
 * @param of what was reported. An app that is only being added was proved by nobody: whoever scanned somebody
 *   else's code must not silence their phones by it, so it pauses nothing.
 */
export type ReportFraud = (tx: Tx, by: Reporter, of: 'sign-in' | 'registration') => Promise<void>;

/**
 * The one door for "it was not me", by whichever way it is said: `0#` on a call, a button in an app. What rings or
 * asks is paused as the administrators decided, the office is told what holds, and the log keeps both.
 */
export function openFraudReports(deps: {
  audit: Audit;
  clock: Clock;
  /** asked anew for each report; what it says then holds for that report */
  rule: () => PauseRule;
  tellOffice(tx: Tx, news: OfficeNews): Promise<void>;
}): ReportFraud {
  const { audit, clock } = deps;
  return async (tx, by, of) => {
    const at = clock.now();
    if (of === 'registration') {
      await audit.record(tx, { ...by, kind: 'user.fraud-reported', detail: { of } });
      return deps.tellOffice(tx, { is: 'enrolment-reported', user: by.user, at });
    }
    const paused = await pause(tx, by.user, deps.rule(), at);
    const until = paused?.until;
    await audit.record(tx, { ...by, kind: 'user.fraud-reported', detail: { pausedUntil: until } });
    await deps.tellOffice(tx, {
      is: 'fraud',
      user: by.user,
      at,
      ...(until === undefined ? {} : { pausedUntil: until }),
    });
  };
}
