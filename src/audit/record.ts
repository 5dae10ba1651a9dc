import { createHmac, type KeyObject } from 'node:crypto';
import type { Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Actor, AuditEvent, AuditKind, Json } from './event.ts';

/** What a record holds besides its columns. */
export interface Content {
  readonly actor?: Actor;
  readonly address?: string;
  readonly application?: string;
  readonly detail?: { readonly [key: string]: Json | undefined };
}

/** One line of the log, as the account page, the commands and exports read it. */
export interface AuditRecord extends Content {
  readonly id: string;
  readonly at: Instant;
  readonly kind: AuditKind;
  readonly user: UserId | undefined;
  readonly correlation: string | undefined;
  /** the number of the seal that covers it; absent for the last few seconds */
  readonly seal: number | undefined;
}

/** A row of `audit_records` without its seal, which comes later. `record` is JSON, letter by letter as it was written. */
export interface Row {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly correlation_id: string | null;
  readonly user_id: string | null;
  readonly record: string;
  readonly mac: Buffer;
}

export const columns = ['id', 'at', 'kind', 'correlation_id', 'user_id', 'record', 'mac', 'seal'] as const;

export const contentOf = ({ actor, address, application, detail }: AuditEvent): string =>
  JSON.stringify({ actor, address, application, detail } satisfies { [K in keyof Content]: unknown });

/**
 * HMAC-SHA-256 over every column of a row that never changes. The text is unambiguous: ids, instant
 * and JSON hold no line feed, so only the kind could, and it stands between fields of known shape.
 */
export const macOf = (key: KeyObject, row: Omit<Row, 'mac'>): Buffer =>
  createHmac('sha256', key)
    .update(
      `${row.id}\n${row.at}\n${row.kind}\n${row.correlation_id ?? ''}\n${row.user_id ?? ''}\n${row.record}`,
    )
    .digest();

/** The audit's key from every master key, the current one first. */
export type Keys = readonly KeyObject[];

/** Whether a row is as it was written, under the current key or an older one. */
export const isGenuine = (keys: Keys, row: Row): boolean => keys.some(key => macOf(key, row).equals(row.mac));

export const recordOf = (row: Row & { readonly seal: number | null }): AuditRecord => ({
  id: row.id,
  at: row.at,
  kind: row.kind as AuditKind,
  user: (row.user_id ?? undefined) as UserId | undefined,
  correlation: row.correlation_id ?? undefined,
  ...(JSON.parse(row.record) as Content),
  seal: row.seal ?? undefined,
});
