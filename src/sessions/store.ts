import type { Instant } from '../kit/clock.ts';
import type { SessionId, UserId } from '../kit/ids.ts';
import type { Evidence } from '../policies/evidence.ts';
import type { Db, Tx } from '../storage/index.ts';
import type { Session } from './session.ts';

/**
 * The session of a token, if it still counts: not over, its person enabled, and begun after the
 * instant from which the office lets sessions count. Asked of the database each time, so that a
 * revocation is final everywhere at once.
 */
export async function find(db: Db | Tx, tokenHash: Buffer, now: Instant): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.user_id',
      'sessions.evidence',
      'sessions.persistent',
      'sessions.started_at',
      'sessions.last_seen_at',
      'sessions.expires_at',
      'users.login_name',
      'users.display_name',
      'users.language',
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .where('users.enabled', '=', true)
    .whereRef('users.valid_from', '<=', 'sessions.started_at')
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id as SessionId,
    tokenHash,
    user: row.user_id as UserId,
    loginName: row.login_name,
    displayName: row.display_name,
    language: row.language ?? undefined,
    evidence: row.evidence as readonly Evidence[],
    persistent: row.persistent,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  };
}

/** False: the person was disabled, or sessions were revoked, while the sign-in was under way. */
export async function insert(
  tx: Tx,
  session: Pick<Session, 'id' | 'tokenHash' | 'user' | 'evidence' | 'persistent' | 'startedAt' | 'expiresAt'>,
  seen: { address: string | undefined; userAgent: string | undefined; signInBegan: Instant },
): Promise<boolean> {
  const stillWelcome = await tx
    .selectFrom('users')
    .select('id')
    .where('id', '=', session.user)
    .where('enabled', '=', true)
    .where('valid_from', '<=', seen.signInBegan)
    .forKeyShare()
    .executeTakeFirst();
  if (!stillWelcome) return false;
  await tx
    .insertInto('sessions')
    .values({
      token_hash: session.tokenHash,
      id: session.id,
      user_id: session.user,
      evidence: JSON.stringify(session.evidence),
      persistent: session.persistent,
      address: seen.address ?? null,
      user_agent: seen.userAgent?.slice(0, 300) ?? null,
      started_at: session.startedAt,
      last_seen_at: session.startedAt,
      expires_at: session.expiresAt,
    })
    .execute();
  return true;
}

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
