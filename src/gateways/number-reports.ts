import type { Actor, Audit } from '../audit/index.ts';
import type { Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Part, Tx } from '../storage/index.ts';
import { endIn, endOf, holding, holds, laterEnd, type PauseEnd, type PauseRule } from './pauses.ts';

/** A line that was being added to the account of a person. */
export interface Reported {
  readonly user: UserId;
  /** by blind index */
  readonly line: Buffer;
}

/**
 * Whoever answers there did not ask for it: for as long as a pause lasts, the line is not asked again for this
 * account, and for no other reason than that. Nobody shortens it by reporting again.
 */
export async function reportNumber(
  tx: Tx,
  { user, line }: Reported,
  rule: PauseRule,
  now: Instant,
): Promise<PauseEnd | undefined> {
  if (rule === 0) return undefined;
  const row = await tx
    .insertInto('number_reports')
    .values({ user_id: user, number_index: line, ends_at: endOf(rule, now) })
    .onConflict(conflict =>
      conflict.columns(['user_id', 'number_index']).doUpdateSet({ ends_at: laterEnd('number_reports') }),
    )
    .returning('ends_at')
    .executeTakeFirstOrThrow();
  return endIn(row);
}

/** Until when it is left alone, if it is now. */
export async function numberReportOf(
  db: Db | Tx,
  { user, line }: Reported,
  now: Instant,
): Promise<PauseEnd | undefined> {
  const row = await db
    .selectFrom('number_reports')
    .select('ends_at')
    .where('user_id', '=', user)
    .where('number_index', '=', line)
    .where(holding(now))
    .executeTakeFirst();
  return row && endIn(row);
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
export const notReported = ({ user, line }: Reported, now: Instant): Part => ({
  name: 'unreported',
  must: 0,
  sql: put => `select 1 from number_reports
    where user_id = ${put(user)} and number_index = ${put(line)} and ${holds(put(now))}`,
});

/** That it is, in the words of SQL, of a row of `deliveries`. */
export const isReported = (now: string): string => `exists (select from number_reports
  where number_reports.user_id = deliveries.user_id and number_reports.number_index = deliveries.number_index
    and ${holds(now)})`;

/** Lets the numbers be called again that were reported for this person, and says in the log who did. Returns how many. */
export async function liftNumberReports(
  tx: Tx,
  lift: { readonly audit: Audit; readonly user: UserId; readonly actor: Actor; readonly now: Instant },
): Promise<number> {
  const { audit, user, actor, now } = lift;
  const rows = await tx
    .deleteFrom('number_reports')
    .where('user_id', '=', user)
    .where(holding(now))
    .returning('ends_at')
    .execute();
  const numbers = rows.length;
  if (numbers > 0)
    await audit.record(tx, {
      kind: 'user.pause-lifted',
      user,
      actor,
      detail: { of: 'registration', numbers },
    });
  return numbers;
}

/** Removes what is over. */
export async function removeReportsOver(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('number_reports').where('ends_at', '<=', now).execute();
}
