import { sql } from 'kysely';
import type { Instant } from '../kit/clock.ts';
import type { Tx } from '../storage/index.ts';
import { columns, type Row } from './record.ts';

export interface Seal {
  readonly number: number;
  readonly at: Instant;
  readonly hash: Buffer;
  readonly pruned_mac: Buffer | null;
  readonly records: readonly string[];
}

export type SealedRow = Row & { readonly seal: number | null };

const sealsAtOnce = 500;
const recordsAtOnce = 5_000;

/** Seals in order, in portions that hold a few thousand records. */
export async function* portions(tx: Tx, from: number): AsyncGenerator<readonly Seal[]> {
  for (let after = from - 1; ; ) {
    const page = await tx
      .selectFrom('audit_seals')
      .select(['number', 'at', 'hash', 'pruned_mac', sql<string>`array_to_string(records, ',')`.as('ids')])
      .where('number', '>', after)
      .orderBy('number')
      .limit(sealsAtOnce)
      .execute();
    let portion: Seal[] = [];
    let weight = 0;
    for (const { ids, ...seal } of page) {
      const records = ids === '' ? [] : ids.split(',');
      portion.push({ ...seal, records });
      weight += records.length;
      if (weight < recordsAtOnce) continue;
      yield portion;
      portion = [];
      weight = 0;
    }
    if (portion.length > 0) yield portion;
    const end = page.at(-1);
    if (!end || page.length < sealsAtOnce) return;
    after = end.number;
  }
}

/** The rows that bear these seals' numbers, and one more if there is one too many. */
export function rowsOf(tx: Tx, previous: number, seals: readonly Seal[]): Promise<readonly SealedRow[]> {
  const end = seals.at(-1)?.number ?? previous;
  const expected = seals.reduce((sum, seal) => sum + seal.records.length, 0);
  return tx
    .selectFrom('audit_records')
    .select(columns)
    .where('seal', '<=', end)
    .$if(previous > 0, query => query.where('seal', '>', previous))
    .orderBy('seal')
    .orderBy('id')
    .limit(expected + 1)
    .execute();
}

/** Rows after the last seal: those that no seal covers yet, and those that name a seal which does not exist. */
export async function* tail(tx: Tx, last: number): AsyncGenerator<readonly SealedRow[]> {
  yield await tx
    .selectFrom('audit_records')
    .select(columns)
    .where('seal', '>', last)
    .orderBy('seal')
    .orderBy('id')
    .limit(1)
    .execute();
  for (let after: string | undefined; ; ) {
    const page: readonly SealedRow[] = await tx
      .selectFrom('audit_records')
      .select(columns)
      .where('seal', 'is', null)
      .$if(after !== undefined, query => query.where('id', '>', after ?? ''))
      .orderBy('seal')
      .orderBy('id')
      .limit(recordsAtOnce)
      .execute();
    yield page;
    const end = page.at(-1);
    if (!end || page.length < recordsAtOnce) return;
    after = end.id;
  }
}

export const sealBefore = (tx: Tx, number: number): Promise<{ number: number; hash: Buffer } | undefined> =>
  tx
    .selectFrom('audit_seals')
    .select(['number', 'hash'])
    .where('number', '=', number - 1)
    .executeTakeFirst();

export const rowWithId = (tx: Tx, id: string): Promise<SealedRow | undefined> =>
  tx.selectFrom('audit_records').select(columns).where('id', '=', id).executeTakeFirst();
