import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../kit/clock.ts';
import type { ApplicationId } from '../../kit/ids.ts';
import type { Db, Tables, Tx } from '../../storage/index.ts';
import { isAuthority } from './clouds.ts';

const settings = z.object({
  /** where its people sign in: one of Microsoft's clouds */
  authority: z.string().refine(isAuthority),
  /** Entra's registration of us in the tenant */
  appId: z.guid(),
  /** by what Entra calls itself when it asks us */
  clientId: z.string().min(1).max(200),
  /** for whom its hints are */
  audience: z.string().min(1).max(200),
  /** what policies and logs call it */
  application: z.string().transform(id => id as ApplicationId),
});

/** An organisation's Microsoft Entra, which asks us for the second proof. */
export interface Tenant extends z.output<typeof settings> {
  /** `tid`, in small letters */
  readonly id: string;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
}

export async function findTenant(db: Db | Tx, id: string): Promise<Tenant | undefined> {
  const row = await db.selectFrom('entra_tenants').selectAll().where('id', '=', id).executeTakeFirst();
  return row && tenantOf(row);
}

export const listTenants = async (db: Db | Tx): Promise<readonly Tenant[]> =>
  (await db.selectFrom('entra_tenants').selectAll().orderBy('id').execute()).map(tenantOf);

/** Sets a tenant up, or anew. */
export async function saveTenant(tx: Tx, tenant: Tenant): Promise<void> {
  const { id, displayName, enabled, createdAt, ...rest } = tenant;
  const row = { display_name: displayName, settings: JSON.stringify(settings.parse(rest)), enabled };
  await tx
    .insertInto('entra_tenants')
    .values({ id, ...row, created_at: createdAt })
    .onConflict(conflict => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** Takes a tenant out, with whose account is whose in it. False: there is none. */
export async function removeTenant(tx: Tx, id: string): Promise<boolean> {
  for (const table of ['entra_accounts', 'entra_people', 'entra_registrations'] as const)
    await tx.deleteFrom(table).where('tenant_id', '=', id).execute();
  const { numDeletedRows } = await tx.deleteFrom('entra_tenants').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}

const tenantOf = (row: Selectable<Tables['entra_tenants']>): Tenant => ({
  ...settings.parse(row.settings),
  id: row.id,
  displayName: row.display_name,
  enabled: row.enabled,
  createdAt: row.created_at,
});
