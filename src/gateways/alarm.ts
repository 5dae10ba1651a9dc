import { sql } from 'kysely';
import type { Audit } from '../audit/index.ts';
import { days, hours, type Instant } from '../kit/clock.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { alarmKey } from './brakes.ts';
import type { OfficeNews } from './office-news.ts';

interface Deps {
  storage: Storage;
  audit: Audit;
  tellOffice(tx: Tx, news: OfficeNews): Promise<void>;
}

type Brake = (country: string, now: Instant) => Promise<Instant | undefined>;

/**
 * The same brake, which raises an alarm when it stops a country: in the log, and to the office by mail. Once for
 * each pause, whichever node finds it first; the pause may become longer while it lasts.
 */
export function alarmed(brake: Brake, deps: Deps): Brake {
  const { storage, audit } = deps;
  const known = new Map<string, Instant>();

  async function raise(country: string, until: Instant, now: Instant): Promise<void> {
    await storage.tx(async tx => {
      if (!(await isNews(tx, alarmKey(country), until, now))) return;
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

/** Ten thousand neighbouring numbers, one of which was asked for and is not sent to. */
export interface StoppedBlock {
  /** by blind index */
  readonly block: Buffer;
  readonly country: string;
  /** that number, masked */
  readonly to: string;
  readonly until: Instant;
}

/**
 * Raises the same alarm for a block of numbers whose budget is used up: once a day, since an hour's budget is used
 * up every few minutes while somebody goes on. Whether it was told is asked once an hour.
 */
export function openBlockAlarm({ storage, audit, tellOffice }: Deps) {
  const known = new Map<string, Instant>();
  return async ({ block, ...stopped }: StoppedBlock, now: Instant): Promise<void> => {
    const key = alarmKey(`block ${block.toString('base64url')}`);
    for (const [one, until] of known) if (until <= now) known.delete(one);
    if (known.has(key)) return;
    await storage.tx(async tx => {
      if (!(await isNews(tx, key, now + days(1), now))) return;
      await audit.record(tx, { kind: 'delivery.paused', actor: { is: 'system' }, detail: { ...stopped } });
      await tellOffice(tx, { is: 'block-used-up', ...stopped });
    });
    known.set(key, now + hours(1));
  };
}

/** Whether nobody has told this, or what was told last is over: of all who find it first, one tells. */
async function isNews(tx: Tx, key: string, until: Instant, now: Instant): Promise<boolean> {
  const row = { times: [until], modified_at: now };
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('send_budgets')
    .values({ key, ...row })
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet(row).where(sql<boolean>`send_budgets.times[1] <= ${now}::bigint`),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
