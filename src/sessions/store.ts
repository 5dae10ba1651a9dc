import { askPerson, readPerson } from '../directory/index.ts';
import type { Instant } from '../kit/clock.ts';
import type { SessionId, UserId } from '../kit/ids.ts';
import type { Evidence } from '../policies/evidence.ts';
import { ask, type Db, type Part, type Tx } from '../storage/index.ts';
import type { Session } from './session.ts';

/**
 * The session of a token, if it still counts: not over, its person enabled, and begun after the
 * instant from which the office lets sessions count. Asked of the database each time, so that a
 * revocation is final everywhere at once.
 */
export async function find(db: Db | Tx, tokenHash: Buffer, now: Instant): Promise<Session | undefined> {
  const [row] = await ask<Row>(db, byToken, [tokenHash, now]);
  const person = readPerson(row?.person);
  if (!row || !person?.enabled || person.validFrom > row.started_at) return undefined;
  return {
    id: row.id,
    tokenHash,
    user: person.id,
    loginName: person.loginName,
    displayName: person.displayName,
    language: person.language,
    person,
    evidence: row.evidence,
    persistent: row.persistent,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  };
}

interface Row {
  readonly id: SessionId;
  readonly evidence: readonly Evidence[];
  readonly persistent: boolean;
  readonly started_at: Instant;
  readonly last_seen_at: Instant;
  readonly expires_at: Instant;
  readonly person: unknown;
}

const byToken = `select s.id, s.evidence, s.persistent, s.started_at, s.last_seen_at, s.expires_at,
    ${askPerson('s.user_id')} as person
  from sessions s where s.token_hash = $1 and s.expires_at > $2`;

/**
 * Begins a session, unless its person was disabled, or sessions were revoked, while the sign-in was under way.
 * A session before it in the same browser ends; the same person's goes on under its name.
 */
export function starting(
  session: Pick<Session, 'id' | 'tokenHash' | 'user' | 'evidence' | 'persistent' | 'startedAt' | 'expiresAt'>,
  seen: {
    address: string | undefined;
    userAgent: string | undefined;
    signInBegan: Instant;
    before: Buffer | undefined;
  },
): readonly Part[] {
  const { before } = seen;
  const ending: Part = {
    name: 'replaced',
    sql: put =>
      `delete from sessions where token_hash = ${put(before)} returning case when user_id = ${put(session.user)} then id end as id`,
  };
  const beginning: Part = {
    name: 'started',
    must: 1,
    sql: put => {
      const user = put(session.user);
      const at = `${put(session.startedAt)}::bigint`;
      const id = `${put(session.id)}::uuid`;
      return `insert into sessions (token_hash, id, user_id, evidence, persistent, address, user_agent,
          started_at, last_seen_at, expires_at)
        select ${put(session.tokenHash)}::bytea, ${before ? `coalesce((select id from replaced), ${id})` : id}, ${user}::uuid,
          ${put(JSON.stringify(session.evidence))}::jsonb, ${put(session.persistent)}::boolean,
          ${put(seen.address ?? null)}::text, ${put(seen.userAgent?.slice(0, 300) ?? null)}::text,
          ${at}, ${at}, ${put(session.expiresAt)}::bigint
        from users where id = ${user} and enabled and valid_from <= ${put(seen.signInBegan)} for key share
        returning 1`;
    },
  };
  return before ? [ending, beginning] : [beginning];
}

/** The row of a session that goes on: whoever ends it at this moment comes first, and then it is not found. */
export const holding = (user: UserId, id: string): Part => ({
  name: 'signed_in',
  must: 1,
  sql: put =>
    `select 1 from sessions where user_id = ${put(user)}::uuid and id = ${put(id)}::uuid for key share`,
});

export async function markSeen(db: Db, tokenHash: Buffer, now: Instant): Promise<void> {
  await db.updateTable('sessions').set({ last_seen_at: now }).where('token_hash', '=', tokenHash).execute();
}

/** Ends a session, once; says whose it was. */
export async function remove(
  db: Db | Tx,
  tokenHash: Buffer,
): Promise<{ id: SessionId; user: UserId } | undefined> {
  const row = await db
    .deleteFrom('sessions')
    .where('token_hash', '=', tokenHash)
    .returning(['id', 'user_id'])
    .executeTakeFirst();
  return row && { id: row.id as SessionId, user: row.user_id as UserId };
}

/**
 * Ends what a person is in the middle of: sign-ins that have their proofs, registrations. Whoever sits
 * down at the computer after them, or took it from them, cannot go on with either.
 */
export async function endAttempts(tx: Tx, user: UserId): Promise<void> {
  await tx.deleteFrom('sign_ins').where('user_id', '=', user).execute();
  await tx.deleteFrom('registrations').where('user_id', '=', user).execute();
}

export async function tokenHashOf(db: Db | Tx, user: UserId, id: SessionId): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('token_hash')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.token_hash;
}

export async function removeExpired(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute();
}

export interface ListedSession {
  readonly id: SessionId;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly persistent: boolean;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
}

export async function list(db: Db, user: UserId, now: Instant): Promise<readonly ListedSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', user)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(row => ({
    id: row.id as SessionId,
    address: row.address ?? undefined,
    userAgent: row.user_agent ?? undefined,
    persistent: row.persistent,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
  }));
}
