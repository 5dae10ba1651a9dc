import { ask } from './ask.ts';
import type { Part } from './change.ts';
import type { Db, Tx } from './db.ts';

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
  inserting(attempt: A, browser: Buffer): Part;
  /** The attempt, if it is this browser's and not over. Another browser does not learn that it exists. */
  find(db: Db | Tx, id: string, browser: Buffer, now: number): Promise<A | undefined>;
  /** The same, with what is asked about its user in the same statement: one value of JSON. */
  findWith(
    db: Db | Tx,
    of: { readonly id: string; readonly browser: Buffer; readonly now: number },
    asked: AskedOfUser,
  ): Promise<{ readonly attempt: A; readonly answer: unknown } | undefined>;
  /** Saves it over the version before, or undoes what it is a part of: someone else was faster. */
  saving(attempt: A): Part;
  /** Writes something beside, at the version that it has: whoever moves it on meanwhile is not held up. */
  noting(attempt: A): Part;
  /** Takes it out at the version before its own, once. */
  spending(attempt: A): Part;
  removeExpired(db: Db, now: number): Promise<void>;
}

/** SQL for one value of JSON about the user whose id stands in the column that it is given. */
export type AskedOfUser = (column: string) => string;

/** How often an attempt is looked at again that someone else moved meanwhile. */
const looks = 12;

/**
 * Looks at something and makes a step of it; looks again when someone else was faster. The answer is
 * what the step led to, or nothing when others always were.
 */
export async function lookAgain<A, Made>(
  look: () => Promise<A>,
  step: (found: A) => Promise<Made | undefined>,
): Promise<Made | undefined> {
  for (let times = 0; times < looks; times++) {
    const made = await step(await look());
    if (made !== undefined) return made;
  }
  return undefined;
}

/** @param kept what of the attempt lies in its state, besides the columns */
export function openAttempts<A extends Attempt>(table: Table, kept: (attempt: A) => object): Attempts<A> {
  const select = (more: string): string =>
    `select a.version, a.user_id, a.state, a.created_at, a.expires_at${more} from ${table} a
      where a.id = $1 and a.browser_hash = $2 and a.expires_at > $3`;
  const plain = select('');
  const attemptOf = (id: string, row: Row): A => {
    const columns: Attempt = {
      id,
      version: row.version,
      user: row.user_id ?? undefined,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    };
    return { ...row.state, ...columns } as A;
  };

  return {
    inserting: (attempt, browser) => ({
      name: 'begun',
      sql: put => `insert into ${table} (id, version, browser_hash, user_id, state, created_at, expires_at)
        values (${put(attempt.id)}, ${put(attempt.version)}, ${put(browser)}, ${put(attempt.user ?? null)},
          ${put(JSON.stringify(kept(attempt)))}, ${put(attempt.createdAt)}, ${put(attempt.expiresAt)}) returning 1`,
    }),
    async find(db, id, browser, now) {
      const [row] = await ask<Row>(db, plain, [id, browser, now]);
      return row && attemptOf(id, row);
    },
    async findWith(db, { id, browser, now }, asked) {
      const text = select(`, ${asked('a.user_id')} as answer`);
      const [row] = await ask<Row>(db, text, [id, browser, now]);
      return row && { attempt: attemptOf(id, row), answer: row.answer };
    },
    saving: attempt => ({
      name: 'saved',
      must: 1,
      sql: put => `update ${table} set version = ${put(attempt.version)}, user_id = ${put(attempt.user ?? null)},
          state = ${put(JSON.stringify(kept(attempt)))}
        where id = ${put(attempt.id)} and version = ${put(attempt.version - 1)} returning 1`,
    }),
    noting: attempt => ({
      name: 'noted',
      sql: put => `update ${table} set state = ${put(JSON.stringify(kept(attempt)))}
        where id = ${put(attempt.id)} and version = ${put(attempt.version)} returning 1`,
    }),
    spending: attempt => ({
      name: 'taken_out',
      must: 1,
      sql: put =>
        `delete from ${table} where id = ${put(attempt.id)} and version = ${put(attempt.version - 1)} returning 1`,
    }),
    async removeExpired(db, now) {
      await db.deleteFrom(table).where('expires_at', '<', now).execute();
    },
  };
}

interface Row {
  readonly version: number;
  readonly user_id: string | null;
  readonly state: object;
  readonly created_at: number;
  readonly expires_at: number;
  readonly answer?: unknown;
}
