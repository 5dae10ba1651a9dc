import type { AuditEvent } from '../audit/index.ts';
import type { Instant } from '../kit/clock.ts';
import { minutes } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Tx } from '../storage/index.ts';
import type { CallState, TextOutcome } from './gateway.ts';

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

/** Writes down what is about to be sent. False: something of this name was written before, and is not sent again. */
export async function insert(tx: Tx, delivery: Delivery, now: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('deliveries')
    .values({
      id: delivery.id,
      kind: delivery.kind,
      user_id: delivery.user,
      number_index: delivery.number,
      block_index: delivery.block,
      country: delivery.country,
      gateway: delivery.gateway,
      state: delivery.kind === 'call' ? 'dialling' : 'sending',
      detail: JSON.stringify(delivery.about),
      created_at: now,
      modified_at: now,
      verified_at: null,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Moves it on, if this is news. Returns what it concerns, or nothing when it was old news. */
export async function move(
  tx: Tx,
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

/** Marks it as used by its person, once. A call is used only when it was confirmed. */
export async function verify(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set({ verified_at: now })
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .where(row => row.or([row('kind', '=', 'text'), row('state', '=', 'confirmed')]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes the line of a number for one call. Returns until when it is taken by another, or nothing: it is ours. */
export async function takeLine(
  tx: Tx,
  number: Buffer,
  delivery: string,
  now: Instant,
): Promise<Instant | undefined> {
  const mine = { delivery_id: delivery, expires_at: now + longestCall };
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('live_calls')
    .values({ number_index: number, ...mine })
    .onConflict(conflict =>
      conflict.column('number_index').doUpdateSet(mine).where('live_calls.expires_at', '<=', now),
    )
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return undefined;
  const { expires_at } = await tx
    .selectFrom('live_calls')
    .select('expires_at')
    .where('number_index', '=', number)
    .executeTakeFirstOrThrow();
  return expires_at;
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
