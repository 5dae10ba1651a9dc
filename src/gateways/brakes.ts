import type { Actor, Audit } from '../audit/index.ts';
import { days, hours, type Instant, minutes, seconds } from '../kit/clock.ts';
import type { Db, Tx } from '../storage/index.ts';

const judged = 50;
const settlesIn = minutes(10);

/**
 * Until when a country is paused: of the last 50 people who were sent something there, fewer than 30 %
 * used it. That is what toll fraud looks like. One person counts once, so that nobody can pause a country alone.
 */
export async function pausedUntil(db: Db | Tx, country: string, now: Instant): Promise<Instant | undefined> {
  const resumed = await db
    .selectFrom('send_budgets')
    .select('times')
    .where('key', '=', resumedKey(country))
    .executeTakeFirst();
  const latest = await db
    .selectFrom(
      settled(db, now)
        .where('country', '=', country)
        // The office has looked at what was sent before.
        .where('created_at', '>', resumed?.times.at(-1) ?? 0)
        .distinctOn('user_id')
        .orderBy('user_id')
        .orderBy('created_at', 'desc')
        .as('latest'),
    )
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(judged)
    .execute();
  const [newest] = latest;
  if (latest.length < judged || !newest) return undefined;
  const until = newest.created_at + hours(1);
  const used = latest.filter(sent => sent.verified_at !== null).length;
  return used < judged * 0.3 && until > now ? until : undefined;
}

const resumedKey = (country: string): string => `resumed ${country}`;

/** The countries that are paused now, and until when. */
export async function pausedCountries(
  db: Db,
  now: Instant,
): Promise<readonly { readonly country: string; readonly until: Instant }[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('country')
    .distinct()
    .where('created_at', '>', now - days(1))
    .orderBy('country')
    .execute();
  const found = await Promise.all(
    rows.map(async ({ country }) => ({ country, until: await pausedUntil(db, country, now) })),
  );
  return found.flatMap(({ country, until }) => (until === undefined ? [] : [{ country, until }]));
}

/**
 * Sends to a country again, which the office has looked at: it is judged anew, by those who are sent something from
 * now on. Returns until when it was paused; nothing when it was not. Every node knows within half a minute.
 */
export async function resumeCountry(
  tx: Tx,
  {
    audit,
    country,
    actor,
    now,
  }: { readonly audit: Audit; readonly country: string; readonly actor: Actor; readonly now: Instant },
): Promise<Instant | undefined> {
  const until = await pausedUntil(tx, country, now);
  if (until === undefined) return undefined;
  const row = { times: [now], modified_at: now };
  await tx
    .insertInto('send_budgets')
    .values({ key: resumedKey(country), ...row })
    .onConflict(conflict => conflict.column('key').doUpdateSet(row))
    .execute();
  await tx.deleteFrom('send_budgets').where('key', '=', alarmKey(country)).execute();
  await audit.record(tx, { kind: 'delivery.resumed', actor, detail: { country, pausedUntil: until } });
  return until;
}

/** Under which the last alarm about a country is remembered. */
export const alarmKey = (country: string): string => `alarm ${country}`;

/** Whether what goes to a block of numbers is mostly used: a dormitory, and no fraud. */
export async function isTrustworthy(db: Db | Tx, block: Buffer, now: Instant): Promise<boolean> {
  const sent = await settled(db, now).where('block_index', '=', block).execute();
  return sent.length >= 20 && sent.filter(s => s.verified_at !== null).length >= sent.length * 0.6;
}

/** What was sent in a day and was used, or could have been by now. */
const settled = (db: Db | Tx, now: Instant) =>
  db
    .selectFrom('deliveries')
    .select(['created_at', 'verified_at'])
    .where('kind', '!=', 'notice')
    .where('created_at', '>', now - days(1))
    .where(sent => sent.or([sent('created_at', '<', now - settlesIn), sent('verified_at', 'is not', null)]));

/** Asks once in half a minute for each country: the answer moves slowly, and every send needs it. */
export function openCountryBrake(db: Db): (country: string, now: Instant) => Promise<Instant | undefined> {
  const known = new Map<string, { until: Instant | undefined; at: Instant }>();
  return async (country, now) => {
    const last = known.get(country);
    if (last && Math.abs(now - last.at) < seconds(30)) return last.until;
    const until = await pausedUntil(db, country, now);
    known.set(country, { until, at: now });
    return until;
  };
}
