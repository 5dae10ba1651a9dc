import { sql } from 'kysely';
import { days, type Instant } from '../kit/clock.ts';
import type { Db } from '../storage/index.ts';
import type { TextGateway, VoiceGateway } from './gateway.ts';

/** What one gateway cost on one day: texts and notices, or calls. */
export interface DayCost {
  /** `2027-04-01`, in the organisation's time zone */
  readonly day: string;
  readonly gateway: string;
  readonly kind: 'text' | 'call';
  readonly currency: string;
  readonly sends: number;
  readonly amount: number;
}

/** States of a call that was answered: the others cost nothing. */
const answered = ['answered', 'confirmed', 'fraud', 'wrong-key', 'no-key', 'hung-up', 'voicemail'];

/**
 * Sums the last two days again, at what a gateway costs now: a price that changes holds from the day of the
 * change. Everything counts that a gateway took, or may have taken, and every call that was answered.
 */
export async function sumCosts(
  db: Db,
  gateways: readonly Pick<TextGateway | VoiceGateway, 'id' | 'terms'>[],
  { now, timeZone }: { now: Instant; timeZone: string },
): Promise<void> {
  const priced = gateways.flatMap(({ id, terms }) => (terms?.cost ? [{ id, ...terms.cost }] : []));
  if (priced.length === 0) return;
  await sql`
    insert into delivery_costs (day, gateway, kind, currency, sends, micros)
    select (to_timestamp(sent.created_at / 1000.0) at time zone ${timeZone})::date as day, price.id,
      case when sent.kind = 'call' then 'call' else 'text' end as way, price.currency, count(*),
      count(*) * price.micros
    from unnest(${priced.map(p => p.id)}::text[], ${priced.map(p => p.currency)}::text[],
      ${priced.map(p => Math.round(p.amount * 1_000_000))}::bigint[]) as price (id, currency, micros)
    join deliveries as sent on sent.gateway = price.id
    where sent.created_at >= ${beginningOfYesterday(now, timeZone)}::bigint
      and case when sent.kind = 'call' then sent.state = any(${answered}::text[])
        else sent.state <> 'refused' end
    group by 1, price.id, way, price.currency, price.micros
    on conflict (day, gateway, kind) do update
      set currency = excluded.currency, sends = excluded.sends, micros = excluded.micros`.execute(db);
}

export async function costsBetween(db: Db, from: string, to: string): Promise<readonly DayCost[]> {
  const rows = await db
    .selectFrom('delivery_costs')
    .select([
      sql<string>`to_char(day, 'YYYY-MM-DD')`.as('day'),
      'gateway',
      'kind',
      'currency',
      'sends',
      'micros',
    ])
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('gateway')
    .orderBy('kind')
    .execute();
  return rows.map(({ micros, kind, ...row }) => ({
    ...row,
    kind: kind === 'call' ? 'call' : 'text',
    amount: micros / 1_000_000,
  }));
}

/** The day there, as `2027-04-01`. */
export const dayOf = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);

/** A day is summed whole or not at all, or a later sum would be smaller than an earlier one. */
function beginningOfYesterday(now: Instant, timeZone: string): Instant {
  const yesterday = dayOf(now - days(1), timeZone);
  const midnight = Date.parse(`${yesterday}T00:00:00Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return midnight - (Date.parse(`${shown.format(midnight).replace(' ', 'T')}Z`) - midnight);
}
