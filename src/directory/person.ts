import { CompiledQuery } from 'kysely';
import type { Instant } from '../kit/clock.ts';
import type { GroupId, UserId } from '../kit/ids.ts';
import type { Db, Tx } from '../storage/index.ts';
import { type ProofTable, proofTables } from './belongings.ts';
import { nameKey } from './names.ts';

/** Everything about a user that a sign-in asks for. */
export interface Person {
  readonly id: UserId;
  readonly loginName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly language: string | undefined;
  readonly enabled: boolean;
  /** the office wants a new registration, whatever the start date */
  readonly mustRegister: boolean;
  readonly preferredMethod: string | undefined;
  /** what began before this instant is over */
  readonly validFrom: Instant;
  readonly groups: readonly GroupId[];
  readonly roles: readonly string[];
  /** the tables in which this person has anything: the others need not be asked */
  readonly proofsIn: readonly ProofTable[];
  readonly password: KeptPassword | undefined;
  readonly mustChangePassword: boolean;
}

export interface KeptPassword {
  /** sealed at `passwords.hash_sealed` of the row named by the user's id */
  readonly hashSealed: Buffer;
  /** given out by the office: good for nothing but choosing another one */
  readonly mustChange: boolean;
  readonly expiresAt: Instant | undefined;
  readonly changedAt: Instant;
}

interface Row {
  readonly id: UserId;
  readonly login_name: string;
  readonly display_name: string;
  readonly mail: string | null;
  readonly language: string | null;
  readonly enabled: boolean;
  readonly must_register: boolean;
  readonly preferred_method: string | null;
  readonly valid_from: number;
  readonly groups: GroupId[];
  readonly roles: string[];
  readonly proofs_in: ProofTable[];
  readonly hash_sealed: Buffer | null;
  readonly must_change: boolean | null;
  readonly expires_at: number | null;
  readonly changed_at: number | null;
}

const has = (table: ProofTable): string =>
  `case when exists (select from ${table} t where t.user_id = u.id) then '${table}' end`;

const columns = `u.id, u.login_name, u.display_name, u.mail, u.language, u.enabled, u.must_register, u.preferred_method,
  u.valid_from, p.hash_sealed, p.must_change, p.expires_at, p.changed_at,
  array(select m.group_id::text from group_members m where m.user_id = u.id) as groups,
  array(select r.role from role_members r where r.user_id = u.id) as roles,
  array_remove(array[${proofTables.map(has).join(', ')}], null) as proofs_in`;

/** Written once: every step of every sign-in asks one of these. */
const byId = `select ${columns} from users u left join passwords p on p.user_id = u.id where u.id = $1`;
const byName = `select ${columns} from login_names n join users u on u.id = n.user_id
  left join passwords p on p.user_id = u.id where n.name = $1`;

/** One query, by id or by a login name in any spelling. Also finds whoever is disabled. */
export async function forSignIn(
  db: Db | Tx,
  who: { readonly id: UserId } | { readonly loginName: string },
): Promise<Person | undefined> {
  const query =
    'id' in who ? CompiledQuery.raw(byId, [who.id]) : CompiledQuery.raw(byName, [nameKey(who.loginName)]);
  const { rows } = await db.executeQuery(query as CompiledQuery<Row>);
  return rows[0] && personOf(rows[0]);
}

const personOf = (row: Row): Person => ({
  id: row.id,
  loginName: row.login_name,
  displayName: row.display_name,
  mail: row.mail ?? undefined,
  language: row.language ?? undefined,
  enabled: row.enabled,
  mustRegister: row.must_register,
  preferredMethod: row.preferred_method ?? undefined,
  validFrom: row.valid_from,
  groups: row.groups,
  roles: row.roles,
  proofsIn: row.proofs_in,
  password:
    row.hash_sealed === null
      ? undefined
      : {
          hashSealed: row.hash_sealed,
          mustChange: row.must_change ?? false,
          expiresAt: row.expires_at ?? undefined,
          changedAt: row.changed_at ?? 0,
        },
  mustChangePassword: row.must_change ?? false,
});
