import { countIn } from '../directory/index.ts';
import type { UserId } from '../kit/ids.ts';
import type { AnyMethod } from '../methods/method.ts';
import type { MethodId } from '../policies/evidence.ts';
import type { Db, Tx } from '../storage/index.ts';
import type { Registration } from './registration.ts';

/** Methods of which a person may have so many together: apps and tokens that show codes or approve. */
export const appsAndTokens: { readonly methods: readonly MethodId[]; readonly most: number } = {
  methods: ['authenticator', 'totp', 'hardware-token'],
  most: 5,
};

/** Whether a person has registered any way to prove who they are. */
export async function holdsAny(
  db: Db | Tx,
  methods: readonly Pick<AnyMethod, 'table' | 'registration'>[],
  user: UserId,
): Promise<boolean> {
  const tables = methods.flatMap(({ table, registration }) => (table && registration ? [table] : []));
  return (await countIn(db, tables, user)) > 0;
}

/**
 * Whether a registration can add nothing: there is no room, or it began where a password alone was
 * enough, and the owner of the password registered something meanwhile.
 */
export const isShut = async (
  db: Db | Tx,
  methods: readonly AnyMethod[],
  { user, first }: Pick<Registration, 'user' | 'first'>,
  method: MethodId,
): Promise<boolean> => (first && (await holdsAny(db, methods, user))) || isFull(db, methods, method, user);

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
