import { sql } from 'kysely';
import type { Person } from '../../directory/index.ts';
import type { PhoneNumber } from '../../gateways/index.ts';
import type { Instant } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Db, Part, Sealer, Tx } from '../../storage/index.ts';

export const phoneKinds = ['mobile', 'alternateMobile', 'office'] as const;
export type PhoneKind = (typeof phoneKinds)[number];
export type PhoneWay = 'text' | 'call';

/** Where a phone is reached; an office phone perhaps through a switchboard. */
export interface Line {
  readonly number: PhoneNumber;
  readonly extension?: string;
}

export interface Phone extends Line {
  readonly user: UserId;
  readonly kind: PhoneKind;
  /** the way that was chosen when it was added; asked first */
  readonly way: PhoneWay;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
  /** taken over from there, and verified when it is used for the first time */
  readonly importedFrom?: string | undefined;
}

/** A line as one text (RFC 3966): this is what is sealed and indexed. */
export const lineText = (line: Line): string =>
  line.extension ? `${line.number};ext=${line.extension}` : line.number;

export function lineOf(text: string): Line {
  const [number = '', extension] = text.split(';ext=');
  return { number: number as string as PhoneNumber, ...(extension ? { extension } : {}) };
}

const place = (user: UserId, kind: string) => ({
  table: 'phones',
  column: 'number_sealed',
  row: `${user}/${kind}`,
});
const indexOf = (sealer: Sealer, line: Line): Buffer => sealer.index('phone', lineText(line));

export async function list(db: Db | Tx, sealer: Sealer, user: UserId): Promise<readonly Phone[]> {
  const rows = await db.selectFrom('phones').selectAll().where('user_id', '=', user).execute();
  const kept = rows.map(row => ({
    kind: row.kind,
    numberSealed: row.number_sealed,
    way: row.way,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    importedFrom: row.imported_from ?? undefined,
  }));
  return opened(sealer, { id: user, phones: kept });
}

/** What was set for a person who was not just read. */
export async function languageOf(db: Db, user: UserId): Promise<string | undefined> {
  const row = await db.selectFrom('users').select('language').where('id', '=', user).executeTakeFirst();
  return row?.language ?? undefined;
}

/** The phones of a person that was just read. */
export function opened(sealer: Sealer, { id, phones }: Pick<Person, 'id' | 'phones'>): readonly Phone[] {
  return phones
    .map(({ kind, numberSealed, way, ...dates }) => ({
      ...lineOf(sealer.open(place(id, kind), numberSealed).toString()),
      ...dates,
      user: id,
      kind: kind as PhoneKind,
      way: way as PhoneWay,
    }))
    .toSorted((a, b) => phoneKinds.indexOf(a.kind) - phoneKinds.indexOf(b.kind));
}

/** Who has this line already. */
export async function ownersOf(db: Db | Tx, sealer: Sealer, line: Line): Promise<readonly UserId[]> {
  const rows = await db
    .selectFrom('phones')
    .select('user_id')
    .where('number_index', '=', indexOf(sealer, line))
    .execute();
  return rows.map(row => row.user_id as UserId);
}

/** Stores a phone that was proved. False: the person has one of this kind already. */
export async function add(tx: Tx, sealer: Sealer, phone: Omit<Phone, 'lastUsedAt'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('phones')
    .values({
      user_id: phone.user,
      kind: phone.kind,
      number_sealed: sealer.seal(place(phone.user, phone.kind), lineText(phone)),
      number_index: indexOf(sealer, phone),
      way: phone.way,
      created_at: phone.createdAt,
      last_used_at: phone.createdAt,
    })
    .onConflict(conflict => conflict.columns(['user_id', 'kind']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Stores phones that somebody else verified once. One that was chosen or used here stays; one that nobody
 * used yet may change its number. The answer is how many were new or changed.
 */
export async function importAll(
  tx: Tx,
  sealer: Sealer,
  phones: readonly Pick<Phone, 'user' | 'kind' | 'way' | 'number' | 'extension'>[],
  { from, now }: { from: string; now: Instant },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into phones (user_id, kind, number_sealed, number_index, way, created_at, imported_from)
    select *, ${now}::bigint, ${from}::text from unnest(${phones.map(phone => phone.user)}::uuid[],
      ${phones.map(phone => phone.kind)}::text[],
      ${phones.map(phone => sealer.seal(place(phone.user, phone.kind), lineText(phone)))}::bytea[],
      ${phones.map(phone => indexOf(sealer, phone))}::bytea[],
      ${phones.map(phone => phone.way)}::text[])
    on conflict (user_id, kind) do update
      set number_sealed = excluded.number_sealed, number_index = excluded.number_index, way = excluded.way,
        created_at = excluded.created_at
      where phones.imported_from is not null and phones.number_index <> excluded.number_index`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

export const using = (user: UserId, kind: string, now: Instant): Part => ({
  name: 'used',
  sql: put => `update phones set last_used_at = ${put(now)}, imported_from = null
    where user_id = ${put(user)} and kind = ${put(kind)} returning 1`,
});

export async function remove(tx: Tx, user: UserId, kind: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('phones')
    .where('user_id', '=', user)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
