import { sql } from 'kysely';
import type { Actor, Audit } from '../audit/index.ts';
import { type Instant, minutes } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Part, Tx } from '../storage/index.ts';

/** Until when a person's phones and app are left alone: an instant, or until the office lifts it. */
export type PauseEnd = Instant | 'until-lifted';

export interface Pause {
  readonly since: Instant;
  readonly until: PauseEnd;
}

/** For how long, in minutes: 0 for not at all. */
export type PauseRule = number | 'until-lifted';

/**
 * Begins a pause. One that lasts longer already stays as long as it is: nobody shortens it by reporting again.
 * Returns the one that holds now, if one does.
 */
export async function pause(tx: Tx, user: UserId, rule: PauseRule, now: Instant): Promise<Pause | undefined> {
  if (rule === 0) return pauseOf(tx, user, now);
  const endsAt = rule === 'until-lifted' ? null : now + minutes(rule);
  const row = await tx
    .insertInto('phone_pauses')
    .values({ user_id: user, reported_at: now, ends_at: endsAt })
    .onConflict(conflict =>
      conflict.column('user_id').doUpdateSet({
        reported_at: now,
        // Which has no end is the longer one.
        ends_at: sql<
          number | null
        >`case when phone_pauses.ends_at is null or excluded.ends_at is null then null
          else greatest(phone_pauses.ends_at, excluded.ends_at) end`,
      }),
    )
    .returning(['reported_at', 'ends_at'])
    .executeTakeFirstOrThrow();
  return pauseIn(row);
}

/** The pause that holds now. */
export async function pauseOf(db: Db | Tx, user: UserId, now: Instant): Promise<Pause | undefined> {
  const row = await db
    .selectFrom('phone_pauses')
    .select(['reported_at', 'ends_at'])
    .where('user_id', '=', user)
    .where(({ eb, or }) => or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .executeTakeFirst();
  return row && pauseIn(row);
}

const pauseIn = (row: { reported_at: Instant; ends_at: Instant | null }): Pause => ({
  since: row.reported_at,
  until: row.ends_at ?? 'until-lifted',
});

/** That none does, as a part of a change that sends something. */
export const notPaused = (user: UserId, now: Instant): Part => ({
  name: 'open',
  must: 0,
  sql: put => `select 1 from phone_pauses where user_id = ${put(user)} and ${holds(put(now))}`,
});

/** The same in the words of SQL, of a row of `phone_pauses`. */
export const holds = (now: string): string => `(ends_at is null or ends_at > ${now}::bigint)`;

/** Lifts the pause of a person, and says in the log who did. Returns the one that held. */
export async function liftPause(
  tx: Tx,
  lift: { readonly audit: Audit; readonly user: UserId; readonly actor: Actor; readonly now: Instant },
): Promise<Pause | undefined> {
  const { audit, user, actor, now } = lift;
  const row = await tx
    .deleteFrom('phone_pauses')
    .where('user_id', '=', user)
    .returning(['reported_at', 'ends_at'])
    .executeTakeFirst();
  const lifted = row && pauseIn(row);
  if (!lifted || isOver(lifted, now)) return undefined;
  await audit.record(tx, { kind: 'user.pause-lifted', user, actor, detail: { ...lifted } });
  return lifted;
}

const isOver = ({ until }: Pause, now: Instant): boolean => until !== 'until-lifted' && until <= now;

/** Removes what is over. */
export async function removePausesOver(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('phone_pauses').where('ends_at', '<=', now).execute();
}
