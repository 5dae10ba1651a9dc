import { sql } from 'kysely';
import type { Instant } from '../kit/clock.ts';
import { isId, type UserId } from '../kit/ids.ts';
import type { Sought } from '../kit/reference.ts';
import type { Db } from '../storage/index.ts';
import type { AuditKind } from './event.ts';
import { type AuditRecord, columns, recordOf } from './record.ts';

/** What to look for. Everything given must hold. */
export interface AuditQuery {
  readonly user?: UserId | undefined;
  /** what belongs together: a sign-in, a registration, an import */
  readonly correlation?: string | undefined;
  readonly kinds?: readonly AuditKind[] | undefined;
  /** from this instant on */
  readonly from?: Instant | undefined;
  /** before this instant */
  readonly to?: Instant | undefined;
}

export interface AuditPage {
  /** newest first */
  readonly records: readonly AuditRecord[];
  /** give it as `after` to see older ones; absent at the end */
  readonly next: string | undefined;
}

export interface PageQuery extends AuditQuery {
  /** the `next` of the page before */
  readonly after?: string | undefined;
  /** records a page, 50 when not said */
  readonly limit?: number | undefined;
}

/** One page of the log, newest first. What is no id is found nowhere. */
export async function list(db: Db, query: PageQuery): Promise<AuditPage> {
  const { after, limit = 50 } = query;
  if (!isAnswerable(query) || (after !== undefined && !isId(after))) return { records: [], next: undefined };
  const rows = await matching(db, query)
    .$if(after !== undefined, found => found.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const records = rows.slice(0, limit).map(recordOf);
  return { records, next: rows.length > limit ? records.at(-1)?.id : undefined };
}

const pageOfAll = 1_000;

/** All that match, oldest first, a page at a time. */
export async function* all(db: Db, query: AuditQuery): AsyncGenerator<AuditRecord> {
  if (!isAnswerable(query)) return;
  for (let after: string | undefined; ; ) {
    const rows = await matching(db, query)
      .$if(after !== undefined, found => found.where('id', '>', after ?? ''))
      .orderBy('id')
      .limit(pageOfAll)
      .execute();
    yield* rows.map(recordOf);
    after = rows.at(-1)?.id;
    if (rows.length < pageOfAll) return;
  }
}

/** What a reference stands for; seldom more than one thing, and nothing when it was read or typed wrongly. */
export async function correlationsCalled(
  db: Db,
  { from, before, ending }: Sought,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('audit_records')
    .select('correlation_id')
    .distinct()
    .where('correlation_id', '>=', firstIdOf(from))
    .where('correlation_id', '<', firstIdOf(before))
    .where(sql`right(correlation_id::text, 6)`, '=', ending)
    .execute();
  return rows.flatMap(row => row.correlation_id ?? []);
}

const isAnswerable = ({ user, correlation }: AuditQuery): boolean =>
  (user === undefined || isId(user)) && (correlation === undefined || isId(correlation));

const matching = (db: Db, { user, correlation, kinds, from, to }: AuditQuery) =>
  db
    .selectFrom('audit_records')
    .select(columns)
    .$if(user !== undefined, found => found.where('user_id', '=', user ?? null))
    .$if(correlation !== undefined, found => found.where('correlation_id', '=', correlation ?? null))
    .$if(kinds !== undefined, found => found.where('kind', 'in', kinds ?? []))
    .$if(from !== undefined, found => found.where('id', '>=', firstIdOf(from ?? 0)))
    .$if(to !== undefined, found => found.where('id', '<', firstIdOf(to ?? 0)));

/** The least id that a record of this instant can have. */
export function firstIdOf(at: Instant): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
