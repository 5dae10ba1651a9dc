import { sql } from 'kysely';
import { days, hours, type Instant, minutes } from '../kit/clock.ts';
import type { Db, Part, Tx } from '../storage/index.ts';

/** At most so many within so long. */
export interface Limit {
  readonly most: number;
  readonly within: number;
}

/** One thing that a send spends from: a number, a person, an address … */
export interface Budget {
  readonly key: string;
  readonly limits: readonly Limit[];
}

export const limits = {
  number: [
    { most: 3, within: minutes(10) },
    { most: 6, within: hours(1) },
    { most: 10, within: days(1) },
  ],
  callsToNumber: [
    { most: 3, within: hours(1) },
    { most: 6, within: days(1) },
  ],
  /** one number with all that is behind it: whoever answers there is rung by each extension that is made up */
  switchboard: [
    { most: 6, within: minutes(10) },
    { most: 20, within: hours(1) },
  ],
  user: [
    { most: 5, within: minutes(10) },
    { most: 15, within: days(1) },
  ],
  address: [{ most: 25, within: minutes(5) }],
  /** a campus behind one address: its own, larger budget */
  trustedAddress: [{ most: 500, within: minutes(5) }],
  block: [
    { most: 20, within: hours(1) },
    { most: 50, within: days(1) },
  ],
  foreignCountry: [{ most: 100, within: days(1) }],
} as const satisfies Record<string, readonly Limit[]>;

const longest = days(1);

/** Spends once from every budget, or from none. It locks its rows in one order. */
export function spending(budgets: readonly Budget[], now: Instant): Part {
  const rules = budgets.flatMap(({ key, limits }) => limits.map(limit => ({ key, ...limit })));
  return {
    name: 'spent',
    must: budgets.length,
    sql: put => {
      const at = `${put(now)}::bigint`;
      return `insert into send_budgets as budget (key, times, modified_at)
        select wanted, array[${at}], ${at} from unnest(${put(budgets.map(b => b.key))}::text[]) as wanted order by wanted
        on conflict (key) do update set
          times = array(select t from unnest(budget.times) as t where t > ${at} - ${longest}) || ${at},
          modified_at = ${at}
        where not exists (
          select 1 from unnest(${put(rules.map(r => r.key))}::text[], ${put(rules.map(r => r.most))}::int[],
            ${put(rules.map(r => r.within))}::bigint[]) as rule (key, most, within)
          where rule.key = budget.key
            and (select count(*) from unnest(budget.times) as t where t > ${at} - rule.within) >= rule.most
        )
        returning 1`;
    },
  };
}

/** Which of these are used up, and until when. Nothing: at least one can be spent from each. */
export async function usedUp(
  db: Db | Tx,
  budgets: readonly Budget[],
  now: Instant,
): Promise<{ readonly until: Instant; readonly keys: readonly string[] } | undefined> {
  const rows = await db
    .selectFrom('send_budgets')
    .select(['key', 'times'])
    .where(
      'key',
      'in',
      budgets.map(b => b.key),
    )
    .execute();
  const times = new Map(rows.map(row => [row.key, row.times]));
  const empty = budgets
    .map(({ key, limits }) => ({ key, until: opensAt(times.get(key) ?? [], limits, now) }))
    .filter(({ until }) => until > now);
  if (empty.length === 0) return undefined;
  return { until: Math.max(...empty.map(({ until }) => until)), keys: empty.map(({ key }) => key) };
}

/** When a budget with these past sends allows one more; `now` when it does already. */
export function opensAt(times: readonly Instant[], limits: readonly Limit[], now: Instant): Instant {
  const latestFirst = times.toSorted((a, b) => b - a);
  const opens = limits.map(({ most, within }) => {
    const inTheWay = latestFirst[most - 1];
    return inTheWay === undefined ? now : Math.max(now, inTheWay + within);
  });
  return Math.max(now, ...opens);
}

/** Gives back what was spent at `at` for something that no gateway took: one of it, for each key. */
export async function giveBack(tx: Tx, budgets: readonly Budget[], at: Instant): Promise<void> {
  await sql`
    update send_budgets as budget
    set times = budget.times[:array_position(budget.times, ${at}::bigint) - 1]
             || budget.times[array_position(budget.times, ${at}::bigint) + 1:]
    where key = any(${budgets.map(b => b.key)}::text[]) and ${at}::bigint = any(budget.times)`.execute(tx);
}
