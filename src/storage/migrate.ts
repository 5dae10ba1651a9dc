import { type Kysely, sql } from 'kysely';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the schema to this version. Safe when several nodes start at once: the row that says a
 * migration was made is inserted first, so its key is the lock and a second runner finds it taken.
 */
export async function migrate(db: Kysely<Tables>, now: number): Promise<void> {
  await sql`create table if not exists migrations (number integer primary key, name text not null, at bigint not null)`.execute(
    db,
  );
  for (const { number, name, statements } of migrations) {
    await db.transaction().execute(async tx => {
      const claimed = await sql`insert into migrations (number, name, at) values (${number}, ${name}, ${now})
        on conflict (number) do nothing`.execute(tx);
      if (claimed.numAffectedRows !== 1n) return;
      for (const statement of statements) await sql.raw(statement).execute(tx);
    });
  }
}
