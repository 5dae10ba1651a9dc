import { type RawBuilder, sql } from 'kysely';
import { hours, type Instant, minutes, seconds } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Db, Tx } from '../../storage/index.ts';

/** A person answers within this time, or not at all. */
export const lifetime = seconds(60);
/** An approval that the page of the sign-in did not see for so long is worth nothing any more. */
const collected = minutes(5);

/** So many requests without an approval within `span`, and there are none for `pause`. */
const ignored = { most: 3, span: minutes(10), pause: minutes(30) };
/** Whoever pesters slowly gets so far within `span`, and no further before the first of them is as old as that. */
const daily = { most: 10, span: hours(24) };

/** What the device shows of it, and its person looks at. */
export interface Shown {
  readonly application: string;
  readonly address: string;
  readonly trusted: boolean;
}

export type RequestState = 'pending' | 'approved' | 'declined' | 'reported' | 'wrong' | 'withdrawn' | 'spent';

export interface Request {
  readonly id: string;
  readonly user: UserId;
  /** the only one that may answer */
  readonly device: string;
  /** the sign-in or registration that it belongs to */
  readonly correlation: string;
  readonly purpose: 'sign-in' | 'registration';
  readonly challenge: Buffer;
  readonly shown: Shown;
  /** the digits on the page */
  readonly number: string;
  readonly state: RequestState;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

export type Put = { readonly put: true } | { readonly put: false; readonly until: Instant };

/**
 * Asks a person something, in the place of whatever was asked before; one statement, so that of many
 * sign-ins at once three get through. What was not approved counts, however it ended.
 */
export async function put(tx: Tx, request: Omit<Request, 'state'>): Promise<Put> {
  const now = request.askedAt;
  const taken = await upsert(tx, request, {
    first: sql`array[${now}::bigint]`,
    next: sql`(r.times || ${now}::bigint)[greatest(cardinality(r.times) + 2 - ${daily.most}, 1):]`,
    // An element that is not there is null, and what would follow from it is not so.
    when: sql`not coalesce(r.times[cardinality(r.times)] - r.times[cardinality(r.times) + 1 - ${ignored.most}] <= ${ignored.span}
        and r.times[cardinality(r.times)] + ${ignored.pause} > ${now}::bigint, false)
      and not coalesce(r.times[cardinality(r.times) + 1 - ${daily.most}] + ${daily.span} > ${now}::bigint, false)`,
  });
  if (taken) return { put: true };
  const row = await tx
    .selectFrom('authenticator_requests')
    .select('times')
    .where('user_id', '=', request.user)
    .executeTakeFirst();
  return { put: false, until: endOfPause(row?.times ?? []) ?? now };
}

/** When the next may be put, after these that nobody approved. */
function endOfPause(times: readonly Instant[]): Instant | undefined {
  const [last, third, tenth] = [1, ignored.most, daily.most].map(n => times.at(-n));
  const afterMany = last !== undefined && third !== undefined && last - third <= ignored.span;
  const ends = [
    ...(afterMany ? [last + ignored.pause] : []),
    ...(tenth === undefined ? [] : [tenth + daily.span]),
  ];
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** The first question of a device that is being registered: asked by its person, and never too often. */
export async function putFirst(tx: Tx, request: Omit<Request, 'state'>): Promise<void> {
  await upsert(tx, request, { first: sql`'{}'::bigint[]`, next: sql`r.times`, when: sql`true` });
}

async function upsert(
  tx: Tx,
  request: Omit<Request, 'state'>,
  times: Record<'first' | 'next' | 'when', RawBuilder<unknown>>,
): Promise<boolean> {
  const { id, user, device, correlation, purpose, challenge, shown, number, askedAt, expiresAt } = request;
  const written = await sql`insert into authenticator_requests as r
      (user_id, id, device_id, correlation, purpose, challenge, shown, number, state, times, asked_at, expires_at)
    values (${user}, ${id}, ${device}, ${correlation}, ${purpose}, ${challenge}, ${JSON.stringify(shown)}, ${number},
      'pending', ${times.first}, ${askedAt}, ${expiresAt})
    on conflict (user_id) do update set
      id = excluded.id, device_id = excluded.device_id, correlation = excluded.correlation,
      purpose = excluded.purpose, challenge = excluded.challenge, shown = excluded.shown,
      number = excluded.number, state = excluded.state, times = ${times.next},
      asked_at = excluded.asked_at, expires_at = excluded.expires_at
      where ${times.when}`.execute(tx);
  return written.numAffectedRows === 1n;
}

/** The latest request of each of these people. */
export async function latestOf(db: Db | Tx, users: readonly string[]): Promise<readonly Request[]> {
  const rows = await db
    .selectFrom('authenticator_requests')
    .selectAll()
    .where(sql<boolean>`user_id = any(${users}::uuid[])`)
    .execute();
  return rows.map(row => ({
    id: row.id,
    user: row.user_id as UserId,
    device: row.device_id,
    correlation: row.correlation,
    purpose: row.purpose as Request['purpose'],
    challenge: row.challenge,
    shown: row.shown,
    number: row.number,
    state: row.state as RequestState,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
  }));
}

export const latest = async (db: Db | Tx, user: UserId): Promise<Request | undefined> =>
  (await latestOf(db, [user]))[0];

/** Whether a device still has something to answer. */
export const isOpen = (request: Request, now: Instant): boolean =>
  request.state === 'pending' && now <= request.expiresAt;

/**
 * Closes an open request, once, by its own device, if that is still there. One statement: of two
 * answers one counts, and none after the device was removed or the request ran out. That it was not them may
 * also be said of one that its page has left.
 */
export async function close(
  tx: Tx,
  request: Pick<Request, 'id' | 'user' | 'device'>,
  state: Exclude<RequestState, 'pending' | 'withdrawn' | 'spent'>,
  now: Instant,
): Promise<boolean> {
  const open = state === 'reported' ? ['pending', 'withdrawn'] : ['pending'];
  const closed = await sql`update authenticator_requests set state = ${state}
    where user_id = ${request.user} and id = ${request.id} and device_id = ${request.device}
      and state = any(${open}::text[]) and expires_at >= ${now}
      and (exists (select from authenticator_devices d where d.id = ${request.device} for share)
        or exists (select from authenticator_enrolments e where e.id = ${request.device} and e.expires_at > ${now}))`.execute(
    tx,
  );
  return closed.numAffectedRows === 1n;
}

/** Takes an open request back, for which no page waits any more. Returns what it belonged to, if it was open. */
export async function withdraw(
  tx: Tx,
  request: Pick<Request, 'id' | 'user'>,
): Promise<{ readonly correlation: string } | undefined> {
  return tx
    .updateTable('authenticator_requests')
    .set({ state: 'withdrawn' })
    .where('user_id', '=', request.user)
    .where('id', '=', request.id)
    .where('state', '=', 'pending')
    .returning('correlation')
    .executeTakeFirst();
}

/** Takes an approval, once; whoever approves is not being pestered. */
export async function spend(tx: Tx, request: { user: UserId; id: string }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('authenticator_requests')
    .set({ state: 'spent', times: sql`'{}'::bigint[]` })
    .where('user_id', '=', request.user)
    .where('id', '=', request.id)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The office helps: what was ignored so far no longer stands in the way. */
export async function forgiveRequests(tx: Tx, user: UserId): Promise<void> {
  await tx
    .updateTable('authenticator_requests')
    .set({ times: sql`'{}'::bigint[]` })
    .where('user_id', '=', user)
    .execute();
}

export type Standing =
  | 'waiting'
  | 'approved'
  | 'declined'
  | 'reported'
  | 'wrong'
  | 'withdrawn'
  | 'ignored'
  | 'replaced';

/** Where a question stands, for the page that asked it. */
export function standingOf(asked: string, request: Request | undefined, now: Instant): Standing {
  if (request?.id !== asked) return 'replaced';
  switch (request.state) {
    case 'pending':
      return now <= request.expiresAt ? 'waiting' : 'ignored';
    case 'approved':
      return now <= request.expiresAt + collected ? 'approved' : 'ignored';
    case 'spent':
      return 'replaced';
    default:
      return request.state;
  }
}
