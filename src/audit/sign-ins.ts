import { days, type Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db } from '../storage/index.ts';
import { firstIdOf } from './read.ts';
import { type AuditRecord, columns, recordOf } from './record.ts';

/** One attempt, as a person sees it on the page of recent sign-ins. */
export interface RecentSignIn {
  /** the number that a person reads to the office */
  readonly correlation: string;
  /** of the last thing that happened in it */
  readonly at: Instant;
  /** 'abandoned': nobody was let in, and nobody was told so either; it may also still go on */
  readonly outcome: 'granted' | 'refused' | 'abandoned';
  /** why it was refused, or why the last answer was */
  readonly because: string | undefined;
  readonly application: string | undefined;
  readonly address: string | undefined;
  /** what was proved, in order: `phone text`, `password` */
  readonly methods: readonly { readonly method: string; readonly way: string | undefined }[];
}

const kinds = [
  'sign-in.started',
  'sign-in.step',
  'sign-in.granted',
  'sign-in.refused',
  'sign-in.abandoned',
] as const;

/** The latest attempts to become this user, newest first, at most a month old. */
export async function signInsOf(
  db: Db,
  user: UserId,
  options: { readonly now: Instant; readonly limit?: number | undefined },
): Promise<readonly RecentSignIn[]> {
  const attempts = await db
    .selectFrom('audit_records')
    .select(['correlation_id'])
    .where('user_id', '=', user)
    .where('kind', 'in', kinds)
    .where('correlation_id', 'is not', null)
    .where('id', '>=', firstIdOf(options.now - days(30)))
    .groupBy('correlation_id')
    .orderBy(find => find.fn.max(find.cast<string>('id', 'text')), 'desc')
    .limit(options.limit ?? 20)
    .execute();
  const correlations = attempts.flatMap(attempt => attempt.correlation_id ?? []);
  if (correlations.length === 0) return [];
  const rows = await db
    .selectFrom('audit_records')
    .select(columns)
    .where('correlation_id', 'in', correlations)
    .where('kind', 'in', kinds)
    .orderBy('id')
    .execute();
  const byAttempt = Map.groupBy(rows.map(recordOf), record => record.correlation);
  return correlations.map(correlation => summary(correlation, byAttempt.get(correlation) ?? []));
}

function summary(correlation: string, records: readonly AuditRecord[]): RecentSignIn {
  const last = records.at(-1);
  const end = records.find(({ kind }) => kind === 'sign-in.granted' || kind === 'sign-in.refused');
  const steps = records.filter(({ kind }) => kind === 'sign-in.step');
  const lastWord = end ?? steps.at(-1);
  return {
    correlation,
    at: last?.at ?? 0,
    outcome:
      end?.kind === 'sign-in.granted' ? 'granted' : end?.kind === 'sign-in.refused' ? 'refused' : 'abandoned',
    because: text(lastWord?.detail?.because) ?? text(lastWord?.detail?.reason),
    application: records.findLast(({ application }) => application !== undefined)?.application,
    address: records.findLast(({ address }) => address !== undefined)?.address,
    methods: methodsOf(end, steps),
  };
}

/** What was proved; a phone that was registered on the way is known only to the last line. */
function methodsOf(end: AuditRecord | undefined, steps: readonly AuditRecord[]): RecentSignIn['methods'] {
  const proved = steps
    .filter(({ detail }) => detail?.verdict === 'proved')
    .map(({ detail }) => ({ method: String(detail?.method), way: text(detail?.way) }));
  const counted = end?.detail?.methods;
  if (!Array.isArray(counted)) return proved;
  return counted.map(method => ({ method, way: proved.find(one => one.method === method)?.way }));
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
