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
  const row = await tx
    .insertInto('phone_pauses')
    .values({ user_id: user, reported_at: now, ends_at: endOf(rule, now) })
    .onConflict(conflict =>
      conflict.column('user_id').doUpdateSet({
        reported_at: now,
        ends_at: laterEnd('phone_pauses'),
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
    .where(holding(now))
    .executeTakeFirst();
  return row && pauseIn(row);
}

const pauseIn = (row: { reported_at: Instant; ends_at: Instant | null }): Pause => ({
  since: row.reported_at,
  until: endIn(row),
});

/** Where it is kept until when something is left alone, nothing stands for "until the office lifts it". */
type Ending = { readonly ends_at: Instant | null };

export const endIn = ({ ends_at }: Ending): PauseEnd => ends_at ?? 'until-lifted';

/** What is written of something that begins now under this rule. */
export const endOf = (rule: PauseRule, now: Instant): Instant | null =>
  rule === 'until-lifted' ? null : now + minutes(rule);

/** Of two ends the later one; and which has no end is later than any. */
export const laterEnd = (table: 'phone_pauses' | 'number_reports') =>
  sql<Instant | null>`case when ${sql.table(table)}.ends_at is null or excluded.ends_at is null then null
    else greatest(${sql.table(table)}.ends_at, excluded.ends_at) end`;

/** Those that hold now. */
export const holding = (now: Instant) => sql<boolean>`(ends_at is null or ends_at > ${now}::bigint)`;

/** That none does, as a part of a change that sends something. */
export const notPaused = (user: UserId, now: Instant): Part => ({
  name: 'open',
  must: 0,
  sql: put => `select 1 from phone_pauses where user_id = ${put(user)} and ${holds(put(now))}`,
});

/** The same as a text, with the parameter that is now. */
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
