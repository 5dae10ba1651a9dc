import { hash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import type { AdapterPayload } from 'oidc-provider';
import type { Instant } from '../../kit/clock.ts';
import { ask, type Db, isPassing, type Part, type Put, type Storage, type Tx } from '../../storage/index.ts';

/** Who asks about a token often does not know which of the two it is: they share their names. */
const tokenModels: ReadonlySet<string> = new Set(['AccessToken', 'RefreshToken']);

/**
 * The name under which a row lies. An id of oidc-provider is the token itself, so only its hash is
 * kept. The model is part of the name, or is compared when the row is found (`Found.model`): what was
 * made for one purpose is never found for another.
 */
export const keyOf = (model: string, id: string): string =>
  hash('sha256', `${tokenModels.has(model) ? 'Token' : model} ${id}`);

export interface Row {
  readonly key: string;
  readonly model: string;
  readonly payload: AdapterPayload;
  readonly userId: string | undefined;
  readonly grantKey: string | undefined;
  /** of a session; of a token, that of the session that it depends on */
  readonly uid: string | undefined;
  /** which of our own sessions the row follows */
  readonly sessionRef: string | undefined;
  readonly expiresAt: Instant;
}

export interface Found {
  readonly model: string;
  readonly payload: AdapterPayload;
  readonly consumedAt: Instant | undefined;
}

/** What somebody presents, and the two rows without which it says nothing. */
export interface FoundToken extends Found {
  readonly grant: AdapterPayload | undefined;
  readonly session: AdapterPayload | undefined;
}

interface Columns {
  model: string;
  payload: AdapterPayload;
  consumed_at: number | null;
}

/**
 * A row speaks only while its user is enabled, and only if it was made after the instant from which
 * the office lets that user's sessions and tokens count. Here, so that no endpoint can forget it.
 */
const speaks = (row: string): string =>
  `(select u.enabled and u.valid_from <= ${row}.created_at from users u where u.id = ${row}.user_id)`;

const byKey = `select p.model, p.payload, p.consumed_at
  from oidc_payloads p where p.key = $1 and (p.user_id is null or ${speaks('p')})`;

const byUid = `select p.model, p.payload, p.consumed_at
  from oidc_payloads p where p.uid = $1 and p.model = 'Session' and ${speaks('p')}
  order by p.expires_at desc limit 1`;

// Subqueries and not joins: planning them costs half. The session that vouches for a token is the one
// that still names the token's grant.
const tokenByKey = `select p.model, p.payload, p.consumed_at,
    (select g.payload from oidc_payloads g where g.key = p.grant_key and ${speaks('g')}) as grant,
    (select s.payload from oidc_payloads s where s.uid = p.uid and s.model = 'Session'
      and s.user_id = p.user_id and ${speaks('s')}
      and s.payload->'authorizations'->(p.payload->>'clientId')->>'grantId' = p.payload->>'grantId'
      limit 1) as session
  from oidc_payloads p where p.key = $1 and ${speaks('p')}`;

const found = (row: Columns): Found => ({
  model: row.model,
  payload: row.payload,
  consumedAt: row.consumed_at ?? undefined,
});

export async function findRow(db: Db | Tx, key: string): Promise<Found | undefined> {
  const [row] = await ask<Columns>(db, byKey, [Buffer.from(key, 'hex')]);
  return row && found(row);
}

export async function findSessionByUid(db: Db | Tx, uid: string): Promise<Found | undefined> {
  const [row] = await ask<Columns>(db, byUid, [uid]);
  return row && found(row);
}

/** One statement for what is presented, its grant and its session. */
export async function findToken(db: Db | Tx, key: string): Promise<FoundToken | undefined> {
  const [row] = await ask<Columns & { grant: AdapterPayload | null; session: AdapterPayload | null }>(
    db,
    tokenByKey,
    [Buffer.from(key, 'hex')],
  );
  return row && { ...found(row), grant: row.grant ?? undefined, session: row.session ?? undefined };
}

/**
 * Asks plainly; and a database that is just coming back, as patiently as a transaction does. For what
 * may be asked twice.
 */
export async function patiently<T>(storage: Storage, ask: (db: Db | Tx) => Promise<T>): Promise<T> {
  try {
    return await ask(storage.db);
  } catch (error) {
    if (!isPassing(error)) throw error;
    return storage.tx(ask);
  }
}

/** Everything that one request changes. */
export interface Changes {
  /** names the request, so that asking again after a broken connection spends nothing twice */
  readonly by: string;
  readonly at: Instant;
  readonly spent: readonly string[];
  readonly gone: readonly string[];
  readonly grantsGone: readonly string[];
  readonly kept: readonly Row[];
}

/** All of it as parts of one change, which is not made when something that is to be spent was spent before. */
export function writing({ by, at, spent, gone, grantsGone, kept }: Changes): readonly Part[] {
  const keys = (put: Put, hex: readonly string[]): string =>
    `any(${put(hex.map(key => Buffer.from(key, 'hex')))}::bytea[])`;
  const parts: Part[] = [];
  if (spent.length > 0)
    parts.push({
      name: 'spent',
      must: spent.length,
      sql(put) {
        const mine = put(by);
        return `update oidc_payloads set consumed_at = ${put(at)}, consumed_by = ${mine}
          where key = ${keys(put, spent)} and (consumed_at is null or consumed_by = ${mine}) returning 1`;
      },
    });
  if (gone.length > 0)
    parts.push({
      name: 'gone',
      sql: put => `delete from oidc_payloads where key = ${keys(put, gone)} returning 1`,
    });
  if (grantsGone.length > 0)
    parts.push({
      name: 'ended',
      sql: put => `delete from oidc_payloads where grant_key = ${keys(put, grantsGone)} returning 1`,
    });
  if (kept.length > 0)
    parts.push({ name: 'kept', sql: put => insert(put(JSON.stringify(kept.map(columnsOf))), put(at)) });
  return parts;
}

// Two applications may be entered at the same moment in one session: neither forgets the other.
// A row that changes hands begins anew.
const insert = (rows: string, at: string): string => `
  insert into oidc_payloads as old (key, model, payload, user_id, grant_key, uid, session_ref, created_at, expires_at)
  select decode(n.key, 'hex'), n.model, n.payload, n.user_id, decode(n.grant_key, 'hex'), n.uid, n.session_ref,
    ${at}::bigint, n.expires_at
  from jsonb_to_recordset(${rows}::jsonb) as n (key text, model text, payload jsonb, user_id uuid, grant_key text,
    uid text, session_ref text, expires_at bigint)
  where true
  on conflict (key) do update set
    payload = case when old.model = 'Session' and old.user_id = excluded.user_id
      then excluded.payload || jsonb_build_object('authorizations',
        coalesce(old.payload->'authorizations', '{}') || coalesce(excluded.payload->'authorizations', '{}'))
      else excluded.payload end,
    user_id = excluded.user_id, grant_key = excluded.grant_key, uid = excluded.uid,
    session_ref = excluded.session_ref, expires_at = excluded.expires_at,
    created_at = case when old.user_id is distinct from excluded.user_id
      then excluded.created_at else old.created_at end
  returning 1`;

const columnsOf = (row: Row) => ({
  key: row.key,
  model: row.model,
  payload: row.payload,
  user_id: row.userId ?? null,
  grant_key: row.grantKey ?? null,
  uid: row.uid ?? null,
  session_ref: row.sessionRef ?? null,
  expires_at: row.expiresAt,
});

/** Takes out what is over, a batch at a time. Says how many went. */
export async function removeExpired(db: Db, now: Instant, batch: number): Promise<number> {
  const { numAffectedRows } = await db.executeQuery(
    CompiledQuery.raw(
      `delete from oidc_payloads where key in
        (select key from oidc_payloads where expires_at < $1 order by expires_at limit $2)`,
      [now, batch],
    ),
  );
  return Number(numAffectedRows ?? 0n);
}
