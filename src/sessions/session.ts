import type { Person } from '../directory/index.ts';
import { days, hours, type Instant, minutes } from '../kit/clock.ts';
import type { SessionId, UserId } from '../kit/ids.ts';
import type { Evidence } from '../policies/evidence.ts';

/** The fact that a browser is signed in, and what its person showed. */
export interface Session {
  /** its name in lists and logs; the same through every step-up, when the token changes */
  readonly id: SessionId;
  /** what the database keeps of the token */
  readonly tokenHash: Buffer;
  readonly user: UserId;
  readonly loginName: string;
  readonly displayName: string;
  /** as they are at this moment */
  readonly person: Person;
  readonly language: string | undefined;
  readonly evidence: readonly Evidence[];
  readonly persistent: boolean;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
}

/** Without "stay signed in": an hour without a request ends it, and a day does in any case. */
export const limits = { idle: hours(1), absolute: hours(24), seenEvery: minutes(1) };

export const expiryOf = (persistent: boolean, startedAt: Instant, stayDays: number): Instant =>
  startedAt + (persistent ? days(stayDays) : limits.absolute);

export const isIdle = (session: Pick<Session, 'persistent' | 'lastSeenAt'>, now: Instant): boolean =>
  !session.persistent && session.lastSeenAt + limits.idle <= now;
