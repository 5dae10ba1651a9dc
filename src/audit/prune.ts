import type { KeyObject } from 'node:crypto';
import type { Instant } from '../kit/clock.ts';
import type { Storage } from '../storage/index.ts';
import { append } from './append.ts';
import type { Actor } from './event.ts';
import { prunedMacOf } from './seal.ts';

/**
 * Removes the records of the oldest seals, those made before an instant, one seal a transaction. The seals
 * stay, empty and with a proof that it was we who emptied them, so the chain goes on from the first one.
 */
export async function prune(
  storage: Storage,
  key: KeyObject,
  options: { readonly before: Instant; readonly now: Instant; readonly actor: Actor },
): Promise<{ readonly seals: number; readonly records: number }> {
  const removed = { seals: 0, records: 0 };
  for (;;) {
    const seal = await storage.db
      .selectFrom('audit_seals')
      .select(['number', 'at', 'hash'])
      .where('pruned_mac', 'is', null)
      .orderBy('number')
      .limit(1)
      .executeTakeFirst();
    if (!seal || seal.at >= options.before) break;
    removed.records += await storage.tx(async tx => {
      await tx
        .updateTable('audit_seals')
        .set({ records: [], pruned_mac: prunedMacOf(key, seal) })
        .where('number', '=', seal.number)
        .execute();
      const gone = await tx.deleteFrom('audit_records').where('seal', '=', seal.number).executeTakeFirst();
      return Number(gone.numDeletedRows);
    });
    removed.seals += 1;
  }
  if (removed.seals > 0)
    await storage.tx(tx =>
      append(tx, key, options.now, [
        { kind: 'audit.pruned', actor: options.actor, detail: { ...removed, before: options.before } },
      ]),
    );
  return removed;
}
