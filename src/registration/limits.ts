import { countIn } from '../directory/index.ts';
import type { UserId } from '../kit/ids.ts';
import type { AnyMethod } from '../methods/method.ts';
import type { MethodId } from '../policies/evidence.ts';
import type { Db, Tx } from '../storage/index.ts';

/** Methods of which a person may have so many together: apps and tokens that show codes or approve. */
export const appsAndTokens: { readonly methods: readonly MethodId[]; readonly most: number } = {
  methods: ['authenticator', 'totp', 'hardware-token'],
  most: 5,
};

/**
 * Whether a person has as many as they may have. Asked in the transaction that adds one, when nobody
 * else can be adding one for them, it is the last word.
 */
export async function isFull(
  db: Db | Tx,
  methods: readonly Pick<AnyMethod, 'id' | 'table'>[],
  method: MethodId,
  user: UserId,
): Promise<boolean> {
  if (!appsAndTokens.methods.includes(method)) return false;
  const tables = methods.flatMap(({ id, table }) =>
    table && appsAndTokens.methods.includes(id) ? [table] : [],
  );
  return (await countIn(db, tables, user)) >= appsAndTokens.most;
}
