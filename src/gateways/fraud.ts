import type { Audit, AuditEvent } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Sealer, Tx } from '../storage/index.ts';
import { type Line, lineIndex } from './line.ts';
import { reportNumber } from './number-reports.ts';
import type { OfficeNews } from './office-news.ts';
import { type PauseRule, pause } from './pauses.ts';

/** A person, and within which sign-in they said that it was not theirs. */
export type Reporter = Pick<AuditEvent, 'actor' | 'correlation' | 'address'> & { readonly user: UserId };

/** A number that was called to be added to an account: which line, and how it is shown to others. */
export interface NumberBeingAdded {
  readonly line: Buffer;
  readonly to: string;
}

/**
 * Takes a report of fraud, in the transaction that ends what was reported.
 *
 * @param of what was reported. What is only being added was proved by nobody: whoever scanned somebody else's code,
 *   or answers at a number that somebody typed, must not silence the phones of that account by it. A number that
 *   the account has is its owner's, whatever it was called for.
 */
export type ReportFraud = (
  tx: Tx,
  by: Reporter,
  of: 'sign-in' | 'app-being-added' | NumberBeingAdded,
) => Promise<void>;

/**
 * The one door for "it was not me", by whichever way it is said: `0#` on a call, a button in an app. What rings or
 * asks is paused as the administrators decided, the office is told what holds, and the log keeps both.
 */
export function openFraudReports(deps: {
  audit: Audit;
  clock: Clock;
  sealer: Sealer;
  /** the phones that are registered to a person */
  linesOf(tx: Tx, user: UserId): Promise<readonly Line[]>;
  /** asked anew for each report; what it says then holds for that report */
  rule: () => PauseRule;
  tellOffice(tx: Tx, news: OfficeNews): Promise<void>;
}): ReportFraud {
  const { audit, clock } = deps;
  const kind = 'user.fraud-reported';

  async function isTheirs(tx: Tx, user: UserId, { line }: NumberBeingAdded): Promise<boolean> {
    return (await deps.linesOf(tx, user)).some(one => lineIndex(deps.sealer, one).equals(line));
  }

  return async (tx, by, what) => {
    const at = clock.now();
    const { user } = by;
    const of = what === 'sign-in' ? {} : { of: 'registration' };
    if (what === 'app-being-added') {
      await audit.record(tx, { ...by, kind, detail: of });
      return deps.tellOffice(tx, { is: 'enrolment-reported', user, at });
    }
    if (what !== 'sign-in' && !(await isTheirs(tx, user, what))) {
      const { line, to } = what;
      const until = await reportNumber(tx, { user, line }, deps.rule(), at);
      await audit.record(tx, { ...by, kind, detail: { ...of, to, pausedUntil: until } });
      const ending = until === undefined ? {} : { pausedUntil: until };
      return deps.tellOffice(tx, { is: 'number-reported', user, to, at, ...ending });
    }
    const paused = await pause(tx, user, deps.rule(), at);
    const until = paused?.until;
    await audit.record(tx, { ...by, kind, detail: { ...of, pausedUntil: until } });
    await deps.tellOffice(tx, {
      is: 'fraud',
      user,
      at,
      ...(until === undefined ? {} : { pausedUntil: until }),
    });
  };
}
