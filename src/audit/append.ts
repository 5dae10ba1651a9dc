import { type KeyObject, randomUUID } from 'node:crypto';
import type { Instant } from '../kit/clock.ts';
import { change, type Part, type Tx } from '../storage/index.ts';
import type { AuditEvent } from './event.ts';
import { refuseSecrets } from './guard.ts';
import { contentOf, macOf } from './record.ts';

const columns = ['id', 'at', 'kind', 'correlation_id', 'user_id', 'record', 'mac'] as const;

/** The events as a part of the change that they tell of. Throws when one may not be logged. */
export function recording(key: KeyObject, now: Instant, events: readonly AuditEvent[]): Part {
  const rows = events.map(event => {
    refuseSecrets(event.detail, event.kind);
    const row = {
      id: nextId(now),
      at: now,
      kind: event.kind,
      correlation_id: event.correlation ?? null,
      user_id: event.user ?? null,
      record: contentOf(event),
    };
    return { ...row, mac: macOf(key, row) };
  });
  return {
    name: 'recorded',
    sql: put =>
      `insert into audit_records (${columns}) values ${rows
        .map(row => `(${columns.map(column => put(row[column]))})`)
        .join()} returning 1`,
  };
}

/** Writes the events in the caller's transaction, in one statement. */
export async function append(
  tx: Tx,
  key: KeyObject,
  now: Instant,
  events: readonly AuditEvent[],
): Promise<void> {
  if (events.length > 0) await change(tx, [recording(key, now, events)]);
}

let lastInstant = 0;
let sequence = 0;

/**
 * A UUID v7 whose twelve bits after the time count up within a millisecond (RFC 9562 §6.2, method 1):
 * what one process writes keeps its order, and the time of a row is the beginning of its id.
 */
function nextId(now: Instant): string {
  sequence = now === lastInstant ? Math.min(sequence + 1, 0xfff) : 0;
  lastInstant = now;
  const time = now.toString(16).padStart(12, '0');
  const count = sequence.toString(16).padStart(3, '0');
  const random = randomUUID().slice(19);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random}`;
}
