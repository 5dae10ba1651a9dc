import { sql } from 'kysely';
import type { Audit } from '../audit/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { alarmKey } from './brakes.ts';
import type { OfficeNews } from './office-news.ts';

type Brake = (country: string, now: Instant) => Promise<Instant | undefined>;

/**
 * The same brake, which raises an alarm when it stops a country: in the log, and to the office by mail. Once for
 * each pause, whichever node finds it first; the pause may become longer while it lasts.
 */
export function alarmed(
  brake: Brake,
  deps: { storage: Storage; clock: Clock; audit: Audit; tellOffice(tx: Tx, news: OfficeNews): Promise<void> },
): Brake {
  const { storage, audit } = deps;
  const known = new Map<string, Instant>();

  async function raise(country: string, until: Instant, now: Instant): Promise<void> {
    const row = { times: [until], modified_at: now };
    await storage.tx(async tx => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('send_budgets')
        .values({ key: alarmKey(country), ...row })
        .onConflict(conflict =>
          // What was raised last is over: this is another pause.
          conflict
            .column('key')
            .doUpdateSet(row)
            .where(sql<boolean>`send_budgets.times[1] <= ${now}::bigint`),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) return;
      const detail = { country, until };
      await audit.record(tx, { kind: 'delivery.paused', actor: { is: 'system' }, detail });
      await deps.tellOffice(tx, { is: 'paused', country, until });
    });
  }

  return async (country, now) => {
    const until = await brake(country, now);
    if (until === undefined) known.delete(country);
    if (until !== undefined && (known.get(country) ?? 0) <= now) {
      known.set(country, until);
      await raise(country, until, now);
    }
    return until;
  };
}
