import type { Tx } from '../storage/index.ts';
import { nameOrProblem } from './credential-name.ts';
import type { AnyMethod } from './method.ts';

/** Tables whose rows are credentials that their person calls by a name. */
type Named = 'authenticator_devices' | 'passkeys' | 'totp_credentials';

/** What becomes of such a credential after it was added: only its own person's, whatever is asked. */
export function credentialsIn(
  table: Named,
): Required<Pick<AnyMethod, 'rename' | 'readName'>> & Pick<AnyMethod, 'used' | 'remove'> {
  return {
    async used(tx, id, user, now) {
      await tx
        .updateTable(table)
        .set({ last_used_at: now })
        .where('id', '=', id)
        .where('user_id', '=', user)
        .execute();
    },
    async remove(tx, id, user) {
      const { numDeletedRows } = await tx
        .deleteFrom(table)
        .where('id', '=', id)
        .where('user_id', '=', user)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    readName: nameOrProblem,
    async rename(tx, id, user, name) {
      const { numUpdatedRows } = await tx
        .updateTable(table)
        .set({ name })
        .where('id', '=', id)
        .where('user_id', '=', user)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/** Takes a time step of a code, once and for all protocols. False: it, or a later one, was taken before. */
export async function spendStep(
  tx: Tx,
  table: 'authenticator_devices' | 'totp_credentials',
  id: string,
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable(table)
    .set({ last_step: step })
    .where('id', '=', id)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
