import type { Instant } from '../kit/clock.ts';
import type { GroupId, UserId } from '../kit/ids.ts';
import { type AskedOfUser, ask, type Db, type Tx } from '../storage/index.ts';
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
  /** what most people have, and every step asks for */
  readonly phones: readonly KeptPhone[];
  readonly password: KeptPassword | undefined;
  readonly mustChangePassword: boolean;
}

/** A row of `phones`. */
export interface KeptPhone {
  readonly kind: string;
  /** sealed at `phones.number_sealed` of the row named by the user's id and the kind */
  readonly numberSealed: Buffer;
  readonly way: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
  readonly importedFrom: string | undefined;
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
  readonly phones: readonly PhoneRow[] | null;
  readonly proofs_in: ProofTable[];
  readonly hash_sealed: string | null;
  readonly must_change: boolean | null;
  readonly expires_at: number | null;
  readonly changed_at: number | null;
}

interface PhoneRow {
  readonly kind: string;
  readonly sealed: string;
  readonly way: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly imported_from: string | null;
}

const has = (table: ProofTable): string =>
  `case when exists (select from ${table} t where t.user_id = u.id) then '${table}' end`;

const columns = `u.id, u.login_name, u.display_name, u.mail, u.language, u.enabled, u.must_register, u.preferred_method,
  u.valid_from, encode(p.hash_sealed, 'hex') as hash_sealed, p.must_change, p.expires_at, p.changed_at,
  array(select m.group_id::text from group_members m where m.user_id = u.id) as groups,
  array(select r.role from role_members r where r.user_id = u.id) as roles,
  (select json_agg(json_build_object('kind', f.kind, 'sealed', encode(f.number_sealed, 'hex'), 'way', f.way,
    'created_at', f.created_at, 'last_used_at', f.last_used_at, 'imported_from', f.imported_from))
    from phones f where f.user_id = u.id) as phones,
  array_remove(array[${proofTables.map(has).join(', ')}], null) as proofs_in`;

const whole = (from: string): string =>
  `(select to_json(person) from (select ${columns} from ${from}) as person)`;

/** One person as a value of JSON, for a statement that knows the id already; read by `readPerson`. */
export const askPerson: AskedOfUser = id =>
  whole(`users u left join passwords p on p.user_id = u.id where u.id = ${id}`);

/** Written once: every step of every sign-in asks one of these. */
const byId = `select ${askPerson('$1')} as person`;
const byName = `select ${whole(`login_names n join users u on u.id = n.user_id
  left join passwords p on p.user_id = u.id where n.name = $1`)} as person`;

/** One query, by id or by a login name in any spelling. Also finds whoever is disabled. */
export async function forSignIn(
  db: Db | Tx,
  who: { readonly id: UserId } | { readonly loginName: string },
): Promise<Person | undefined> {
  const [text, key] = 'id' in who ? [byId, who.id] : [byName, nameKey(who.loginName)];
  const [row] = await ask<{ person: unknown }>(db, text, [key]);
  return readPerson(row?.person);
}

/** What a statement with `askPerson` in it answered. */
export const readPerson = (answer: unknown): Person | undefined =>
  answer ? personOf(answer as Row) : undefined;

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
  phones: (row.phones ?? []).map(phone => ({
    kind: phone.kind,
    numberSealed: Buffer.from(phone.sealed, 'hex'),
    way: phone.way,
    createdAt: phone.created_at,
    lastUsedAt: phone.last_used_at ?? undefined,
    importedFrom: phone.imported_from ?? undefined,
  })),
  password:
    row.hash_sealed === null
      ? undefined
      : {
          hashSealed: Buffer.from(row.hash_sealed, 'hex'),
          mustChange: row.must_change ?? false,
          expiresAt: row.expires_at ?? undefined,
          changedAt: row.changed_at ?? 0,
        },
  mustChangePassword: row.must_change ?? false,
});
