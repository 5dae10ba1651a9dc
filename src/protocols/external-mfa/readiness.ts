import { sql } from 'kysely';
import { credentialTables } from '../../directory/index.ts';
import type { Db } from '../../storage/index.ts';

/** What there is to do for a person before Microsoft stops sending texts. */
export type Todo =
  /** has proved themselves here */
  | 'ready'
  /** the phone came along; the first use verifies it */
  | 'comes-along'
  /** had a phone at Microsoft only, and its number did not come along */
  | 'import-phone'
  /** has other ways at Microsoft, and none here: they stay there */
  | 'keeps-microsoft'
  /** has nothing anywhere */
  | 'registers'
  /** is known at Microsoft and not here */
  | 'import-person';

export interface Readiness {
  readonly loginName: string;
  readonly displayName: string;
  /** ways to prove themselves here, and how many of them were taken over and not used yet */
  readonly here: number;
  readonly unused: number;
  readonly atMicrosoft: readonly string[];
  readonly todo: Todo;
}

const telephony = new Set(['mobilePhone', 'alternateMobilePhone', 'officePhone', 'sms', 'voice']);

interface Row {
  readonly login_name: string | null;
  readonly display_name: string | null;
  readonly details: { userPrincipalName?: string; methods?: string[] } | null;
  readonly here: number;
  readonly unused: number;
}

/** Whatever a person has of any method. */
const countOf = sql.join(
  credentialTables.map(
    table => sql`(select count(*) from ${sql.table(table)} c where c.user_id = a.user_id)`,
  ),
  sql` + `,
);

/** Everybody of a tenant who is enabled here or known at Microsoft, in order of name. */
export async function readinessOf(db: Db, tenant: string): Promise<readonly Readiness[]> {
  const { rows } = await sql<Row>`
    select u.login_name, u.display_name, r.details,
      (${countOf})::int as here,
      (select count(*)::int from phones p where p.user_id = a.user_id and p.imported_from is not null) as unused
    from (select * from entra_accounts where tenant_id = ${tenant}) a
    full join (select * from entra_registrations where tenant_id = ${tenant}) r using (tenant_id, object_id)
    left join users u on u.id = a.user_id
    where u.id is null or u.enabled
    order by coalesce(u.login_name, r.details ->> 'userPrincipalName')`.execute(db);
  return rows.map(row => {
    const atMicrosoft = (row.details?.methods ?? []).filter(method => method !== 'password');
    const { here, unused } = row;
    return {
      loginName: row.login_name ?? row.details?.userPrincipalName ?? '',
      displayName: row.display_name ?? '',
      here,
      unused,
      atMicrosoft,
      todo: todoOf({ isHere: row.login_name !== null, here, unused, atMicrosoft }),
    };
  });
}

/** Pure: what a person has, here and there, says what there is to do. */
export function todoOf(person: {
  isHere: boolean;
  here: number;
  unused: number;
  atMicrosoft: readonly string[];
}): Todo {
  const { isHere, here, unused, atMicrosoft } = person;
  if (!isHere) return 'import-person';
  if (here > unused) return 'ready';
  if (here > 0) return 'comes-along';
  if (atMicrosoft.length === 0) return 'registers';
  return atMicrosoft.some(method => !telephony.has(method)) ? 'keeps-microsoft' : 'import-phone';
}
