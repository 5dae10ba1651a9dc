import { newId } from '../kit/ids.ts';
import type { Db } from './db.ts';

/** Takes a lease on the work of a leader, or renews it. One statement decides; a dead holder's lease runs out. */
export async function takeLease(
  db: Db,
  lease: { name: string; holder: string; now: number; for: number },
): Promise<boolean> {
  const taken = await db
    .insertInto('leases')
    .values({ name: lease.name, holder: lease.holder, until: lease.now + lease.for })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({ holder: lease.holder, until: lease.now + lease.for })
        .where(where =>
          where.or([where('leases.holder', '=', lease.holder), where('leases.until', '<', lease.now)]),
        ),
    )
    .executeTakeFirst();
  return Number(taken.numInsertedOrUpdatedRows ?? 0n) === 1;
}

/** This process, where leases are written. */
export const self: string = newId();
