import type { Db, Tx } from './storage.ts';

/**
 * Something that one browser is in the middle of: a sign-in, a registration. One row, bound to the
 * browser that began it, over by itself, and saved only over the version that it was made from.
 */
export interface Attempt {
  readonly id: string;
  readonly version: number;
  readonly user: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
}

type Table = 'sign_ins' | 'registrations';

export interface Attempts<A extends Attempt> {
  insert(db: Db | Tx, attempt: A, browser: Buffer): Promise<void>;
  /** The attempt, if it is this browser's and not over. Another browser does not learn that it exists. */
  find(db: Db | Tx, id: string, browser: Buffer, now: number): Promise<A | undefined>;
  /** Saves over the version before. False: someone else was faster, and nothing was saved. */
  save(tx: Db | Tx, attempt: A): Promise<boolean>;
  /** Writes something beside, at the version that it has: whoever moves it on meanwhile is not held up. */
  note(tx: Db | Tx, attempt: A): Promise<void>;
  /** Takes it out at the version before its own, once. False: someone else was faster. */
  spend(tx: Db | Tx, attempt: A): Promise<boolean>;
  removeExpired(db: Db, now: number): Promise<void>;
}

/** @param kept what of the attempt lies in its state, besides the columns */
export function openAttempts<A extends Attempt>(table: Table, kept: (attempt: A) => object): Attempts<A> {
  return {
    async insert(db, attempt, browser) {
      await db
        .insertInto(table)
        .values({
          id: attempt.id,
          version: attempt.version,
          browser_hash: browser,
          user_id: (attempt.user ?? null) as string,
          state: JSON.stringify(kept(attempt)),
          created_at: attempt.createdAt,
          expires_at: attempt.expiresAt,
        })
        .execute();
    },
    async find(db, id, browser, now) {
      const row = await db
        .selectFrom(table)
        .select(['version', 'user_id', 'state', 'created_at', 'expires_at'])
        .where('id', '=', id)
        .where('browser_hash', '=', browser)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (!row) return undefined;
      const columns: Attempt = {
        id,
        version: row.version,
        user: row.user_id ?? undefined,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      };
      return { ...(row.state as object), ...columns } as A;
    },
    async save(tx, attempt) {
      const { numUpdatedRows } = await tx
        .updateTable(table)
        .set({
          version: attempt.version,
          user_id: (attempt.user ?? null) as string,
          state: JSON.stringify(kept(attempt)),
        })
        .where('id', '=', attempt.id)
        .where('version', '=', attempt.version - 1)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async note(tx, attempt) {
      await tx
        .updateTable(table)
        .set({ state: JSON.stringify(kept(attempt)) })
        .where('id', '=', attempt.id)
        .where('version', '=', attempt.version)
        .execute();
    },
    async spend(tx, attempt) {
      const { numDeletedRows } = await tx
        .deleteFrom(table)
        .where('id', '=', attempt.id)
        .where('version', '=', attempt.version - 1)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async removeExpired(db, now) {
      await db.deleteFrom(table).where('expires_at', '<', now).execute();
    },
  };
}
