import { sql } from 'kysely';
import type { Actor, Audit } from '../audit/index.ts';
import { type Instant, minutes } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Part, Tx } from '../storage/index.ts';
import type { PauseEnd, PauseRule } from './pauses.ts';

/** A line that was being added to the account of a person. */
export interface Reported {
  readonly user: UserId;
  /** by blind index */
  readonly line: Buffer;
}

/** The last instant that there is. */
const forever = Number.MAX_SAFE_INTEGER;

const prefix = 'reported ';
const keyOf = ({ user, line }: Reported): string => `${prefix}${user} ${line.toString('hex')}`;

const endIn = (end: Instant): PauseEnd => (end >= forever ? 'until-lifted' : end);

/**
 * Whoever answers there did not ask for it: for as long as a pause lasts, the line is not asked again for this
 * account, and for no other reason than that. Kept beside the budgets: it is one more of them, and it is used up.
 */
export async function reportNumber(
  tx: Tx,
  reported: Reported,
  rule: PauseRule,
  now: Instant,
): Promise<PauseEnd | undefined> {
  if (rule === 0) return undefined;
  const end = rule === 'until-lifted' ? forever : now + minutes(rule);
  const row = await tx
    .insertInto('send_budgets')
    .values({ key: keyOf(reported), times: [end], modified_at: now })
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet({
        // Nobody shortens it by reporting again.
        times: sql<Instant[]>`array[greatest(send_budgets.times[1], excluded.times[1])]`,
        modified_at: now,
      }),
    )
    .returning('times')
    .executeTakeFirstOrThrow();
  return endIn(row.times[0] ?? end);
}

/** Until when it is left alone, if it is now. */
export async function numberReportOf(
  db: Db | Tx,
  reported: Reported,
  now: Instant,
): Promise<PauseEnd | undefined> {
  const row = await db
    .selectFrom('send_budgets')
    .select('times')
    .where('key', '=', keyOf(reported))
    .executeTakeFirst();
  const end = row?.times[0];
  return end !== undefined && end > now ? endIn(end) : undefined;
}

/** The same of the line to which this was sent. */
export async function reportOn(db: Db, delivery: string, now: Instant): Promise<PauseEnd | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select(['user_id', 'number_index'])
    .where('id', '=', delivery)
    .executeTakeFirst();
  if (!row?.user_id) return undefined;
  return numberReportOf(db, { user: row.user_id as UserId, line: row.number_index }, now);
}

/** That it is not left alone, as a part of a change that sends something. */
export const notReported = (reported: Reported, now: Instant): Part => ({
  name: 'unreported',
  must: 0,
  sql: put =>
    `select 1 from send_budgets where key = ${put(keyOf(reported))} and times[1] > ${put(now)}::bigint`,
});

/** That it is, in the words of SQL, of a row of `deliveries`. */
export const isReported = (now: string): string => `exists (select from send_budgets
  where key = '${prefix}' || deliveries.user_id || ' ' || encode(deliveries.number_index, 'hex')
    and times[1] > ${now}::bigint)`;

/** Lets the numbers be called again that were reported for this person, and says in the log who did. Returns how many. */
export async function liftNumberReports(
  tx: Tx,
  lift: { readonly audit: Audit; readonly user: UserId; readonly actor: Actor; readonly now: Instant },
): Promise<number> {
  const { audit, user, actor, now } = lift;
  const rows = await tx
    .deleteFrom('send_budgets')
    .where('key', 'like', `${prefix}${user} %`)
    .returning('times')
    .execute();
  const numbers = rows.filter(({ times }) => (times[0] ?? 0) > now).length;
  if (numbers > 0)
    await audit.record(tx, {
      kind: 'user.pause-lifted',
      user,
      actor,
      detail: { of: 'registration', numbers },
    });
  return numbers;
}

/** Removes what no budget counts any more, and the reports that are over. */
export async function removeBudgetsOver(db: Db, now: Instant, since: Instant): Promise<void> {
  await db
    .deleteFrom('send_budgets')
    .where(({ eb, and, or }) =>
      or([
        and([eb('key', 'not like', `${prefix}%`), eb('modified_at', '<', since)]),
        and([eb('key', 'like', `${prefix}%`), eb(sql`times[1]`, '<=', now)]),
      ]),
    )
    .execute();
}
