import type { AuditEvent } from '../audit/index.ts';
import type { Instant } from '../kit/clock.ts';
import { minutes } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Part, Tx } from '../storage/index.ts';
import type { CallState, TextOutcome } from './gateway.ts';
import { holds } from './pauses.ts';

/** Where something sent stands: 'sending' until a gateway took it. */
export type DeliveryState = 'sending' | TextOutcome | CallState | 'refused';

/** No call lasts longer. What still seems to ring after this belongs to a process that died. */
export const longestCall = minutes(2);

/** What may come before what: a report that is late, doubled or out of order changes nothing. */
const before: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  sending: [],
  dialling: [],
  refused: ['sending', 'dialling'],
  accepted: ['sending'],
  unknown: ['sending', 'accepted'],
  delivered: ['sending', 'accepted', 'unknown'],
  undelivered: ['sending', 'accepted', 'unknown'],
  ringing: ['dialling'],
  answered: ['dialling', 'ringing'],
  confirmed: ['dialling', 'ringing', 'answered'],
  fraud: ['dialling', 'ringing', 'answered'],
  'wrong-key': ['dialling', 'ringing', 'answered'],
  'no-key': ['dialling', 'ringing', 'answered'],
  busy: ['dialling', 'ringing', 'answered'],
  'no-answer': ['dialling', 'ringing', 'answered'],
  rejected: ['dialling', 'ringing', 'answered'],
  unreachable: ['dialling', 'ringing', 'answered'],
  voicemail: ['dialling', 'ringing', 'answered'],
  'hung-up': ['dialling', 'ringing', 'answered'],
  failed: ['dialling', 'ringing', 'answered'],
};

const isUnderWay = (state: DeliveryState): boolean => ['dialling', 'ringing', 'answered'].includes(state);

/** A call that is over. */
export const isEnd = (state: DeliveryState): boolean => before[state].includes('answered');

/** What the audit says of it: whom, to which masked number, within which sign-in. */
export type About = Pick<AuditEvent, 'user' | 'actor' | 'correlation' | 'address'> & {
  readonly detail: { readonly way: string; readonly to: string };
};

export interface Delivery {
  readonly id: string;
  /** a notice is a text that nobody answers */
  readonly kind: 'text' | 'call' | 'notice';
  readonly user: UserId;
  readonly number: Buffer;
  readonly block: Buffer;
  readonly country: string;
  readonly gateway: string;
  readonly about: About;
}

/** Writes down what is about to be sent. What was written before by this name is not sent again. */
export const inserting = (delivery: Delivery, now: Instant): Part => ({
  name: 'written',
  must: 1,
  sql: put => {
    const at = put(now);
    return `insert into deliveries (id, kind, user_id, number_index, block_index, country, gateway, state, detail,
        created_at, modified_at)
      values (${put(delivery.id)}, ${put(delivery.kind)}, ${put(delivery.user)}, ${put(delivery.number)},
        ${put(delivery.block)}, ${put(delivery.country)}, ${put(delivery.gateway)},
        ${put(delivery.kind === 'call' ? 'dialling' : 'sending')}, ${put(JSON.stringify(delivery.about))}, ${at}, ${at})
      on conflict (id) do nothing returning 1`;
  },
});

/** Moves it on, if this is news. Returns what it concerns, or nothing when it was old news. */
export async function move(
  tx: Db | Tx,
  id: string,
  state: DeliveryState,
  now: Instant,
  gateway?: string,
): Promise<{ about: About; number: Buffer } | undefined> {
  const moved = await tx
    .updateTable('deliveries')
    .set({ state, modified_at: now, ...(gateway ? { gateway } : {}) })
    .where('id', '=', id)
    .where('state', 'in', [...before[state]])
    .returning(['detail', 'number_index'])
    .executeTakeFirst();
  return moved && { about: moved.detail as About, number: moved.number_index };
}

export async function isWritten(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('deliveries').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function stateOf(db: Db | Tx, id: string, now: Instant): Promise<DeliveryState | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select(['state', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const state = row.state as DeliveryState;
  return isUnderWay(state) && now > row.created_at + longestCall ? 'failed' : state;
}

/** Which send a gateway means by its own name for it. */
export async function findReference(
  db: Db,
  { gateway, reference }: { readonly gateway: string; readonly reference: string },
  since: Instant,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('gateway', '=', gateway)
    .where('reference', '=', reference)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row?.id;
}

/** Marks it as used by its person, once, and not while they are paused. A call is used only when it was confirmed. */
export const verifying = (id: string, now: Instant): Part => ({
  name: 'verified',
  must: 1,
  sql: put => `update deliveries set verified_at = ${put(now)}
    where id = ${put(id)} and verified_at is null and (kind = 'text' or state = 'confirmed')
      and not exists (select from phone_pauses where phone_pauses.user_id = deliveries.user_id and ${holds(put(now))})
    returning 1`,
});

/** Takes the line of a number for one call. */
export const takingLine = (number: Buffer, delivery: string, now: Instant): Part => ({
  name: 'line',
  must: 1,
  sql: put => `insert into live_calls as line (number_index, delivery_id, expires_at)
    values (${put(number)}, ${put(delivery)}, ${put(now + longestCall)})
    on conflict (number_index) do update set delivery_id = excluded.delivery_id, expires_at = excluded.expires_at
      where line.expires_at <= ${put(now)}::bigint
    returning 1`,
});

/** Until when the line of a number is taken, if it is. */
export async function lineTakenUntil(db: Db, number: Buffer, now: Instant): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('live_calls')
    .select('expires_at')
    .where('number_index', '=', number)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.expires_at;
}

export async function freeLine(tx: Tx, number: Buffer, delivery: string): Promise<void> {
  await tx
    .deleteFrom('live_calls')
    .where('number_index', '=', number)
    .where('delivery_id', '=', delivery)
    .execute();
}

/** The calls that a gateway had under way. */
export async function callsUnderWay(db: Db, gateway: string, since: Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('gateway', '=', gateway)
    .where('created_at', '>', since)
    .where('state', 'in', ['dialling', 'ringing', 'answered'])
    .execute();
  return rows.map(row => row.id);
}
