import { sql } from 'kysely';
import { nameKey } from '../directory/index.ts';
import { type Instant, minutes, seconds } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { ask, type Db, type Part, type Sealer, type Tx } from '../storage/index.ts';

/**
 * Slows guessing down, at sign-ins and in registrations alike. A try is reserved before it is judged, in one statement, so that a hundred
 * at once count as a hundred. Tries during a lock are neither judged nor counted: the end of a lock
 * never moves, and the owner always gets in again (NIST 800-63B §3.2.2).
 */
export type Lock = { readonly kind: 'password' | 'second-factor'; readonly key: string };

export type Reserved =
  | { readonly reserved: true; readonly failures: number }
  | { readonly reserved: false; readonly refusal: LockedOut };

/** Nothing is judged before the lock ends. */
export type LockedOut =
  | { readonly reason: 'locked'; readonly until: Instant }
  | { readonly reason: 'disabled-until-helped' };

export const isLockedOut = ({ reason }: { readonly reason: string }): boolean =>
  reason === 'locked' || reason === 'disabled-until-helped';

/** Failures after which a second factor does nothing until the office helps. */
export const disabledAfter = 100;
const never = Number.MAX_SAFE_INTEGER;

/** One counter a user over all sign-ins and protocols; a browser that the user knows has its own. */
export const passwordLock = (user: UserId, knownBrowser: Buffer | undefined): Lock => ({
  kind: 'password',
  key: `password:${user}:${knownBrowser ? knownBrowser.toString('base64url').slice(0, 22) : 'any'}`,
});

/** A name that nobody has is counted like any other, in whatever spelling, under a hash that says nothing. */
export const nobodysLock = (sealer: Sealer, name: string): Lock => ({
  kind: 'password',
  key: `password:?${sealer.index('unknown name', nameKey(name)).toString('base64url')}`,
});

export const secondFactorLock = (user: UserId): Lock => ({ kind: 'second-factor', key: `second:${user}` });

/** A token that nobody claimed, at which anybody could guess. The office opens it by taking it in hand. */
export const tokenLock = (serial: string): Lock => ({ kind: 'second-factor', key: `token:${serial}` });

/** Milliseconds that the next try waits after so many failures. */
export function waitAfter(kind: Lock['kind'], failures: number): number {
  if (kind === 'second-factor') {
    if (failures >= disabledAfter) return never;
    return failures > 0 && failures % 10 === 0 ? minutes(15) : 0;
  }
  if (failures < 3) return 0;
  if (failures < 10) return Math.min(seconds(1) * 2 ** (failures - 3), seconds(30));
  return Math.min(minutes(1) * 2 ** Math.min(failures - 10, 6), minutes(60));
}

/** The same arithmetic as `waitAfter`, as the database does it while it counts; a test compares them. */
const waits = {
  password: `case when lockouts.failures + 1 < 3 then 0
    when lockouts.failures + 1 < 10 then least(1000 * 2 ^ (lockouts.failures - 2), 30000)
    else least(60000 * 2 ^ least(lockouts.failures - 9, 6), 3600000) end`,
  'second-factor': `case when (lockouts.failures + 1) % 10 = 0 then 900000 else 0 end`,
};

const reserveUntil = (until: string): string =>
  `insert into lockouts (key, failures, locked_until, modified_at) values ($1, 1, 0, $2)
    on conflict (key) do update set
      failures = lockouts.failures + 1, locked_until = ${until}, modified_at = $2
      where lockouts.locked_until <= $2
    returning failures`;

const reserving = {
  password: reserveUntil(`$2::bigint + (${waits.password})::bigint`),
  'second-factor': reserveUntil(
    `case when lockouts.failures + 1 >= ${disabledAfter} then ${never} else $2::bigint + (${waits['second-factor']}) end`,
  ),
};

/** Takes one try. Whoever gets it may judge one answer, and says afterwards how it ended. */
export async function reserve(db: Db | Tx, lock: Lock, now: Instant): Promise<Reserved> {
  const [row] = await ask<{ failures: number }>(db, reserving[lock.kind], [lock.key, now]);
  if (row) return { reserved: true, failures: row.failures };
  return { reserved: false, refusal: lockedOut((await endOf(db, lock)) ?? now) };
}

/** The lock that holds now, if one does; for what would be of no use, and costs money or rings. */
export async function held(db: Db | Tx, lock: Lock, now: Instant): Promise<LockedOut | undefined> {
  const until = await endOf(db, lock);
  return until !== undefined && until > now ? lockedOut(until) : undefined;
}

async function endOf(db: Db | Tx, lock: Lock): Promise<Instant | undefined> {
  const text = 'select locked_until from lockouts where key = $1';
  const [row] = await ask<{ locked_until: Instant }>(db, text, [lock.key]);
  return row?.locked_until;
}

const lockedOut = (until: Instant): LockedOut =>
  until >= never ? { reason: 'disabled-until-helped' } : { reason: 'locked', until };

/** It was right: the count begins anew. */
export const forgiving = ({ key }: Lock): Part => ({
  name: 'forgiven',
  sql: put => `delete from lockouts where key = ${put(key)} returning 1`,
});

/** The same in a transaction that does more. */
export async function forget(tx: Tx, { key }: Lock): Promise<void> {
  await tx.deleteFrom('lockouts').where('key', '=', key).execute();
}

/** The try was not a guess at all (nothing was judged, or the same wrong answer came again): it does not count. */
export async function giveBack(db: Db | Tx, lock: Lock): Promise<void> {
  await sql`update lockouts set failures = greatest(failures - 1, 0), locked_until = 0 where key = ${lock.key}`.execute(
    db,
  );
}

/**
 * It was wrong. The last three wrong answers are remembered by keyed hash, and one of them does
 * not count again: a phone that keeps sending an old password locks nobody out.
 */
export async function remember(db: Db | Tx, lock: Lock, answer: Buffer): Promise<void> {
  await sql`update lockouts set
      failures = case when ${answer} = any(recent) then greatest(failures - 1, 0) else failures end,
      locked_until = case when ${answer} = any(recent) then 0 else locked_until end,
      recent = case when ${answer} = any(recent) then recent else (array_prepend(${answer}, recent))[1:3] end
    where key = ${lock.key}`.execute(db);
}
