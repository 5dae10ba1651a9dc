import { hours, type Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Part, Tx } from '../storage/index.ts';

/** How long nothing goes out to a person who said that they were not the one who is signing in. */
const pause = hours(1);

export const fraudKey = (user: UserId): string => `fraud ${user}`;

/** Someone said that they were not the one who is signing in: no call, no text and no push for an hour. */
export async function shutDoor(tx: Tx, user: UserId, now: Instant): Promise<void> {
  const row = { times: [now], modified_at: now };
  await tx
    .insertInto('send_budgets')
    .values({ key: fraudKey(user), ...row })
    .onConflict(conflict => conflict.column('key').doUpdateSet(row))
    .execute();
}

/** That nobody did, as a part of a change that sends something. */
export const doorOpen = (user: UserId, now: Instant): Part => ({
  name: 'open',
  must: 0,
  sql: put =>
    `select 1 from send_budgets where key = ${put(fraudKey(user))} and times[cardinality(times)] > ${put(now - pause)}::bigint`,
});

/** Until when nothing goes out to a person, if it does not now. */
export async function doorShutUntil(db: Db | Tx, user: UserId, now: Instant): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('send_budgets')
    .select('times')
    .where('key', '=', fraudKey(user))
    .executeTakeFirst();
  const reported = row?.times.at(-1);
  return reported !== undefined && reported + pause > now ? reported + pause : undefined;
}
