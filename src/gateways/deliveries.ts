import type { AuditEvent } from '../audit/index.ts';
import type { Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Part, Tx } from '../storage/index.ts';
import type { CallState, TextOutcome } from './gateway.ts';
import { isLive } from './live-calls.ts';
import { isReported } from './number-reports.ts';
import { holds } from './pauses.ts';

/** Where something sent stands: 'sending' until a gateway took it. 'withdrawn': a call for which nobody waits any more. */
export type DeliveryState = 'sending' | TextOutcome | CallState | 'refused' | 'withdrawn';

/** Where it stands, and since when. */
export interface Stands {
  readonly state: DeliveryState;
  readonly since: Instant;
}

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
  // What was given up may ring all the same, another node may be told first that it is over, and a report is never too late.
  fraud: ['dialling', 'ringing', 'answered', 'refused', 'failed', 'withdrawn', 'no-key', 'hung-up'],
  'wrong-key': ['dialling', 'ringing', 'answered'],
  'no-key': ['dialling', 'ringing', 'answered'],
  busy: ['dialling', 'ringing', 'answered'],
  'no-answer': ['dialling', 'ringing', 'answered'],
  rejected: ['dialling', 'ringing', 'answered'],
  unreachable: ['dialling', 'ringing', 'answered'],
  voicemail: ['dialling', 'ringing', 'answered'],
  'hung-up': ['dialling', 'ringing', 'answered'],
  failed: ['dialling', 'ringing', 'answered'],
  withdrawn: ['dialling', 'ringing', 'answered'],
};

const isUnderWay = (state: DeliveryState): boolean => ['dialling', 'ringing', 'answered'].includes(state);

/** A call that is over. */
export const isEnd = (state: DeliveryState): boolean => before[state].includes('answered');

/** What the audit says of it: whom, to which masked number, within which sign-in. */
export type About = Pick<AuditEvent, 'user' | 'actor' | 'correlation' | 'address'> & {
  readonly detail: { readonly way: string; readonly to: string; readonly of?: 'registration' };
};

/** The same, and which line it was. */
export type Moved = About & { readonly line: Buffer };

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
): Promise<Moved | undefined> {
  const moved = await tx
    .updateTable('deliveries')
    .set({ state, modified_at: now, ...(gateway ? { gateway } : {}) })
    .where('id', '=', id)
    .where('state', 'in', [...before[state]])
    // Whoever lost the line of a call, dead or only slow, has no more to say about it than that it failed, or was fraud.
    .where(({ or, eb, exists, selectFrom }) =>
      state === 'failed' || state === 'refused' || state === 'fraud'
        ? eb.lit(true)
        : or([
            eb('kind', '!=', 'call'),
            exists(
              selectFrom('live_calls')
                .select('delivery_id')
                .where('delivery_id', '=', id)
                .whereRef('live_calls.number_index', '=', 'deliveries.number_index'),
            ),
          ]),
    )
    .returning(['detail', 'number_index'])
    .executeTakeFirst();
  return moved && { ...(moved.detail as About), line: moved.number_index };
}

export async function isWritten(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('deliveries').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** @param held whether this process has the call, and so needs nobody to vouch for it */
export async function stateOf(
  db: Db | Tx,
  id: string,
  now: Instant,
  held: boolean,
): Promise<Stands | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .leftJoin('live_calls', join =>
      join
        .onRef('live_calls.delivery_id', '=', 'deliveries.id')
        .onRef('live_calls.number_index', '=', 'deliveries.number_index'),
    )
    .select(['state', 'modified_at', 'expires_at', 'held_until'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const state = row.state as DeliveryState;
  const line = held ? { ...row, held_until: null } : row;
  return { state: isUnderWay(state) && !isLive(line, now) ? 'failed' : state, since: row.modified_at };
}

/** Which of these calls have ended, whichever node wrote it. */
export async function endedOf(db: Db, calls: readonly string[]): Promise<readonly string[]> {
  if (calls.length === 0) return [];
  const rows = await db.selectFrom('deliveries').select(['id', 'state']).where('id', 'in', calls).execute();
  return rows.filter(row => isEnd(row.state as DeliveryState)).map(row => row.id);
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

/**
 * Marks it as used by its person, once, and not while they are paused, nor where a registration was reported since.
 * A call is used only when it was confirmed.
 */
export const verifying = (id: string, now: Instant): Part => ({
  name: 'verified',
  must: 1,
  sql: put => `update deliveries set verified_at = ${put(now)}
    where id = ${put(id)} and verified_at is null and (kind = 'text' or state = 'confirmed')
      and not exists (select from phone_pauses where phone_pauses.user_id = deliveries.user_id and ${holds(put(now))})
      and (detail->'detail'->>'of' is distinct from 'registration' or not ${isReported(put(now))})
    returning 1`,
});
