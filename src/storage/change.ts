import { ask } from './ask.ts';
import type { Db, Tx } from './db.ts';

/** Gives a value its place among the parameters, and says what stands for it in the text. */
export type Put = (value: unknown) => string;

/** One part of a change: SQL that returns a row for each row that it changed. */
export interface Part {
  /** its name in the statement, by which another part may read what it returned */
  readonly name: string;
  readonly sql: (put: Put) => string;
  /** how many rows it must change: what is spent, what is moved on. Otherwise the whole change is undone. */
  readonly must?: number;
}

/**
 * Makes all parts of a change, or none of them, in one statement: one message to the database instead of
 * a transaction of many. False: something that had to change did not; someone else was faster. Within a
 * transaction the caller undoes it then, as the database has done already.
 *
 * Parts do not see each other's rows, and no two may change the same one (PostgreSQL 7.8.2).
 */
export async function change(db: Db | Tx, parts: readonly Part[]): Promise<boolean> {
  const values: unknown[] = [];
  const put: Put = value => `$${values.push(value)}`;
  const bodies = parts.map(({ name, sql }) => `${name} as (${sql(put)})`);
  const musts = parts.flatMap(({ name, must }) =>
    must === undefined ? [] : [`(select count(*) from ${name}) = ${must}`],
  );
  // There is no other way to undo a statement than to let it fail.
  const all = musts.length === 0 ? '1' : `1 / (case when ${musts.join(' and ')} then 1 else 0 end)`;
  try {
    await ask(db, `with ${bodies.join(', ')} select ${all} as made`, values);
    return true;
  } catch (error) {
    if (isUndone(error)) return false;
    throw error;
  }
}

/** Division by zero, of which there is no other in any of our statements. */
const isUndone = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === '22012';
