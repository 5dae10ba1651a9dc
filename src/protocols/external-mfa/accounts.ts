import type { Instant } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Db, Tx } from '../../storage/index.ts';

/** An account at Microsoft. */
export interface Account {
  readonly tenant: string;
  /** `oid` */
  readonly object: string;
}

/** Whose account this is. */
export async function ownerOf(db: Db | Tx, { tenant, object }: Account): Promise<UserId | undefined> {
  const row = await db
    .selectFrom('entra_accounts')
    .select('user_id')
    .where('tenant_id', '=', tenant)
    .where('object_id', '=', object)
    .executeTakeFirst();
  return row?.user_id as UserId | undefined;
}

/** The account that a person has in a tenant. */
export async function objectOf(db: Db | Tx, tenant: string, user: UserId): Promise<string | undefined> {
  const row = await db
    .selectFrom('entra_people')
    .select('object_id')
    .where('tenant_id', '=', tenant)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row?.object_id;
}

/**
 * Binds an account to a person, for good: two statements that each take a key. False: the account or the
 * person is bound otherwise; then the transaction has to be undone.
 */
export async function bind(tx: Tx, account: Account, user: UserId, now: Instant): Promise<boolean> {
  const { tenant, object } = account;
  const taken = await tx
    .insertInto('entra_accounts')
    .values({ tenant_id: tenant, object_id: object, user_id: user, bound_at: now })
    .onConflict(conflict => conflict.columns(['tenant_id', 'object_id']).doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows !== 1n) return (await ownerOf(tx, account)) === user;
  const free = await tx
    .insertInto('entra_people')
    .values({ tenant_id: tenant, user_id: user, object_id: object })
    .onConflict(conflict => conflict.columns(['user_id', 'tenant_id']).doNothing())
    .executeTakeFirst();
  return free.numInsertedOrUpdatedRows === 1n;
}

/** Lets a person be matched by name again. False: they had no account there. */
export async function unbind(tx: Tx, tenant: string, user: UserId): Promise<boolean> {
  const freed = await tx
    .deleteFrom('entra_people')
    .where('tenant_id', '=', tenant)
    .where('user_id', '=', user)
    .returning('object_id')
    .executeTakeFirst();
  if (!freed) return false;
  await tx
    .deleteFrom('entra_accounts')
    .where('tenant_id', '=', tenant)
    .where('object_id', '=', freed.object_id)
    .execute();
  return true;
}
