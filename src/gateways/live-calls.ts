import { type Instant, minutes, seconds } from '../kit/clock.ts';
import type { Db, Part, Tx } from '../storage/index.ts';

/** No call lasts longer. What still seems to ring after this is over. */
export const longestCall = minutes(2);

/** How long a process vouches for a call that ends with it. Whoever is silent for longer has died. */
const vouched = seconds(15);
/** How often it says so. */
export const vouchedEvery = seconds(5);

/** Takes lines for one call, all or none: that of its number, and that of its person. */
export const takingLines = (lines: readonly Buffer[], delivery: string, now: Instant): Part => ({
  name: 'lines',
  must: lines.length,
  sql: put => `insert into live_calls as line (number_index, delivery_id, expires_at, held_until)
    select taken, ${put(delivery)}::uuid, ${put(now + longestCall)}::bigint, ${put(now + vouched)}::bigint
      from unnest(${put(lines)}::bytea[]) as taken order by taken
    on conflict (number_index) do update set delivery_id = excluded.delivery_id, expires_at = excluded.expires_at,
        held_until = excluded.held_until
      where line.expires_at <= ${put(now)}::bigint or line.held_until <= ${put(now)}::bigint
    returning 1`,
});

/** Until when one of these lines is taken, if one is. */
export async function linesTakenUntil(
  db: Db,
  lines: readonly Buffer[],
  now: Instant,
): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('live_calls')
    .select('expires_at')
    .where('number_index', 'in', lines)
    .where('expires_at', '>', now)
    .where(({ eb, or }) => or([eb('held_until', 'is', null), eb('held_until', '>', now)]))
    .orderBy('expires_at', 'desc')
    .executeTakeFirst();
  return row?.expires_at;
}

/** Whether a call has its line still, and somebody who vouches for it. */
export const isLive = (
  line: { readonly expires_at: Instant | null; readonly held_until: Instant | null },
  now: Instant,
): boolean =>
  line.expires_at !== null && line.expires_at > now && (line.held_until === null || line.held_until > now);

export async function freeLines(tx: Tx, delivery: string): Promise<void> {
  await tx.deleteFrom('live_calls').where('delivery_id', '=', delivery).execute();
}

/** A provider has the call, or may have it, and it goes on there whichever of us dies. */
export async function letGo(db: Db | Tx, delivery: string): Promise<void> {
  await db.updateTable('live_calls').set({ held_until: null }).where('delivery_id', '=', delivery).execute();
}

/** Says of calls that their process lives. */
export async function vouch(db: Db, calls: readonly string[], now: Instant): Promise<void> {
  if (calls.length === 0) return;
  await db
    .updateTable('live_calls')
    .set({ held_until: now + vouched })
    .where('delivery_id', 'in', calls)
    .where('held_until', 'is not', null)
    .execute();
}

/**
 * The calls that nobody holds any more.
 * @param whose 'the-dead': of processes that are silent. 'everybody': of every process, asked by the only one there is
 */
export async function callsLeft(
  db: Db,
  whose: 'the-dead' | 'everybody',
  now: Instant,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .leftJoin('live_calls', join =>
      join
        .onRef('live_calls.delivery_id', '=', 'deliveries.id')
        .onRef('live_calls.number_index', '=', 'deliveries.number_index'),
    )
    .select('deliveries.id')
    .where('deliveries.state', 'in', ['dialling', 'ringing', 'answered'])
    .where(({ eb, or }) =>
      or([
        eb('live_calls.expires_at', 'is', null),
        eb('live_calls.expires_at', '<=', now),
        whose === 'everybody'
          ? eb('live_calls.held_until', 'is not', null)
          : eb('live_calls.held_until', '<=', now),
      ]),
    )
    .execute();
  return rows.map(row => row.id);
}
