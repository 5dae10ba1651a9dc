import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Clock, hours, type Instant, minutes, seconds } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import type { Tx } from './db.ts';
import type { Sealer } from './seal.ts';
import type { Storage } from './storage.ts';

/** Something that must reach the outside because a transaction was committed. */
export interface Message<Payload = unknown> {
  /** stays the same when a message is handled again */
  readonly id: string;
  readonly kind: string;
  readonly payload: Payload;
  readonly attempts: number;
}

/** Does what a message asks for. It may run twice for one message, and must then do it once. */
export type Handler = (message: Message) => Promise<void>;

export interface Outbox {
  /** Handles what is due, on this node; returns how many messages it took. */
  run(): Promise<number>;
  /** Handles messages until stopped. Several nodes may do so: each message is taken by one. */
  start(): { stop(): Promise<void> };
}

const claimedFor = minutes(1);
const batch = 10;
const retries = 12;

const place = (id: string) => ({ table: 'outbox', column: 'payload_sealed', row: id });

/** Writes a message in the transaction of its cause: it is sent if, and only if, that is committed. */
export async function enqueue(
  tx: Tx,
  sealer: Sealer,
  message: { readonly kind: string; readonly payload: unknown; readonly now: Instant },
): Promise<string> {
  const id = newId(message.now);
  await tx
    .insertInto('outbox')
    .values({
      id,
      kind: message.kind,
      payload_sealed: sealer.seal(place(id), JSON.stringify(message.payload)),
      due_at: message.now,
      created_at: message.now,
    })
    .execute();
  return id;
}

export function openOutbox(deps: {
  storage: Storage;
  clock: Clock;
  handlers: Readonly<Record<string, Handler>>;
  /** a message failed; it will be tried again unless `given up` */
  onError: (error: Error, message: { id: string; kind: string; attempts: number; givenUp: boolean }) => void;
}): Outbox {
  const { storage, clock, handlers } = deps;

  async function claim() {
    const now = clock.now();
    const { rows } = await sql<{ id: string; kind: string; payload_sealed: Buffer; attempts: number }>`
      update outbox set locked_until = ${now + claimedFor}, attempts = attempts + 1
      where id in (
        select id from outbox where due_at <= ${now} and locked_until <= ${now}
        order by due_at limit ${batch} for update skip locked
      )
      returning id, kind, payload_sealed, attempts`.execute(storage.db);
    return rows;
  }

  async function handle(row: { id: string; kind: string; payload_sealed: Buffer; attempts: number }) {
    try {
      const handler = handlers[row.kind];
      if (!handler) throw new Error(`nobody handles messages of the kind ${row.kind}`);
      const payload: unknown = JSON.parse(storage.sealer.open(place(row.id), row.payload_sealed).toString());
      await handler({ id: row.id, kind: row.kind, payload, attempts: row.attempts });
      await storage.db.deleteFrom('outbox').where('id', '=', row.id).execute();
    } catch (error) {
      const givenUp = row.attempts >= retries;
      const { id, kind, attempts } = row;
      deps.onError(error instanceof Error ? error : new Error(String(error)), {
        id,
        kind,
        attempts,
        givenUp,
      });
      await (givenUp
        ? storage.db.deleteFrom('outbox').where('id', '=', row.id).execute()
        : storage.db
            .updateTable('outbox')
            .set({ due_at: clock.now() + backOff(row.attempts), locked_until: 0 })
            .where('id', '=', row.id)
            .execute());
    }
  }

  async function run(): Promise<number> {
    const rows = await claim();
    await Promise.all(rows.map(handle));
    return rows.length;
  }

  return {
    run,
    start() {
      const stopping = new AbortController();
      const loop = async () => {
        while (!stopping.signal.aborted) {
          const taken = await run().catch(error => {
            deps.onError(error as Error, { id: '', kind: '', attempts: 0, givenUp: false });
            return 0;
          });
          if (taken < batch)
            await sleep(seconds(2), undefined, { signal: stopping.signal, ref: false }).catch(
              () => undefined,
            );
        }
      };
      const done = loop();
      return {
        async stop() {
          stopping.abort();
          await done;
        },
      };
    },
  };
}

/** 5 s, 20 s, 80 s … up to six hours: twelve tries span about two days. */
export const backOff = (attempts: number): number => Math.min(seconds(5) * 4 ** (attempts - 1), hours(6));
