import { type KeyObject, randomUUID } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import type { Instant } from '../kit/clock.ts';
import type { Tx } from '../storage/index.ts';
import type { AuditEvent } from './event.ts';
import { refuseSecrets } from './guard.ts';
import { contentOf, macOf } from './record.ts';

const placeholders = (row: number): string =>
  `(${[1, 2, 3, 4, 5, 6, 7].map(column => `$${row * 7 + column}`).join(',')})`;

const statements: string[] = [];

/** Every sign-in passes here several times: the statement is written once for each number of rows. */
const statementFor = (rows: number): string => {
  statements[rows] ??=
    `insert into audit_records (id, at, kind, correlation_id, user_id, record, mac) values ${Array.from({ length: rows }, (_, row) => placeholders(row)).join(',')}`;
  return statements[rows];
};

/** Writes the events in the caller's transaction, in one statement. Throws when one may not be logged. */
export async function append(
  tx: Tx,
  key: KeyObject,
  now: Instant,
  events: readonly AuditEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const values: unknown[] = [];
  for (const event of events) {
    refuseSecrets(event.detail, event.kind);
    const row = {
      id: nextId(now),
      at: now,
      kind: event.kind,
      correlation_id: event.correlation ?? null,
      user_id: event.user ?? null,
      record: contentOf(event),
    };
    values.push(...Object.values(row), macOf(key, row));
  }
  await tx.executeQuery(CompiledQuery.raw(statementFor(events.length), values));
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
