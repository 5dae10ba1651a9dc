import { createHmac, type KeyObject } from 'node:crypto';
import type { Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { canonical, type Json } from './canonical.ts';
import type { Actor, AuditEvent, AuditKind } from './event.ts';

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

/** A row of `audit_records` without its seal, which comes later. `record` is the parsed JSON. */
export interface Row {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly correlation_id: string | null;
  readonly user_id: string | null;
  readonly record: unknown;
  readonly mac: Buffer;
}

export const columns = ['id', 'at', 'kind', 'correlation_id', 'user_id', 'record', 'mac', 'seal'] as const;

export const contentOf = (event: AuditEvent): string =>
  canonical({
    actor: event.actor,
    address: event.address,
    application: event.application,
    detail: event.detail,
  });

/** HMAC-SHA-256 over every column of a row that never changes. */
export const macOf = (
  key: KeyObject,
  row: Pick<Row, 'id' | 'at' | 'kind' | 'correlation_id' | 'user_id'>,
  content: string,
): Buffer =>
  createHmac('sha256', key)
    .update(canonical([row.id, row.at, row.kind, row.correlation_id, row.user_id, content]))
    .digest();

/** Whether a row is as it was written. */
export const isGenuine = (key: KeyObject, row: Row, id: string = row.id): boolean =>
  macOf(key, { ...row, id }, canonical(row.record as Json)).equals(row.mac);

export const recordOf = (row: Row & { readonly seal: number | null }): AuditRecord => ({
  id: row.id,
  at: row.at,
  kind: row.kind as AuditKind,
  user: (row.user_id ?? undefined) as UserId | undefined,
  correlation: row.correlation_id ?? undefined,
  ...(row.record as Content),
  seal: row.seal ?? undefined,
});
