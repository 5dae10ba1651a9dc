import type { Audit } from '../../audit/index.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Part, Storage } from '../../storage/index.ts';
import { writing } from './rows.ts';
import type { Unit } from './unit.ts';

export interface UnitDeps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

/**
 * Writes what a request gathered, and what happened with it. False: what it wanted to spend was
 * spent by someone else, or what had to be so is not, and nothing of it was kept.
 * @param held what else must be so, for any of it to be kept
 */
export async function writeUnit(
  { storage, audit, clock }: UnitDeps,
  unit: Unit,
  held: readonly Part[] = [],
): Promise<boolean> {
  const changes = {
    by: unit.id,
    at: clock.now(),
    spent: [...unit.spent],
    gone: [...unit.gone],
    grantsGone: [...unit.grantsGone],
    kept: [...unit.kept.values()],
  };
  const parts = writing(changes);
  const told = unit.events.length > 0 ? [audit.recording(...unit.events)] : [];
  return parts.length + told.length === 0 || storage.change([...held, ...parts, ...told]);
}
