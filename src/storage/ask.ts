import { CompiledQuery, type QueryResult } from 'kysely';
import type { Db, Tx } from './db.ts';

/** Sends a text that was written once, with its values. */
export type Ask = (text: string, values: readonly unknown[]) => Promise<QueryResult<unknown>>;

/** What each database is asked by where nothing has to be built. */
export const plainly = new WeakMap<object, Ask>();

/**
 * Asks by a text that was written once: half the work, for the node, of a statement that is built anew. For
 * what every step of a sign-in asks; everything else is better off with the types of Kysely.
 */
export async function ask<Row>(
  db: Db | Tx,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const plain = plainly.get(db);
  const { rows } = await (plain
    ? plain(text, values)
    : db.executeQuery(CompiledQuery.raw(text, [...values])));
  return rows as readonly Row[];
}
