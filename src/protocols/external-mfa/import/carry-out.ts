import { sql } from 'kysely';
import type { Actor, Audit, AuditEvent } from '../../../audit/index.ts';
import { loggable, nameKey } from '../../../directory/index.ts';
import type { Clock, Instant } from '../../../kit/clock.ts';
import { newId, type UserId } from '../../../kit/ids.ts';
import { importPhones } from '../../../methods/phone/index.ts';
import type { Storage, Tx } from '../../../storage/index.ts';
import type { Tenant } from '../tenants.ts';
import type { EntraPlan, PlannedPerson } from './plan.ts';

export interface Carried {
  /** people who were not here before */
  readonly created: number;
  /** people who were here, and are bound to their account now */
  readonly bound: number;
  /** people who were bound already */
  readonly known: number;
  /** phones that were added, or whose number changed before anybody used them */
  readonly phones: number;
  /** login names whose person has another account of the tenant */
  readonly bystanders: readonly string[];
  readonly registrations: number;
  readonly correlation: string;
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

const portion = 500;

/**
 * Brings the people of a tenant in, some hundred at a time, each portion whole or not at all. What is here
 * already stays as it is: run again after a power cut, it goes on where it was.
 */
export async function carryOutEntra(
  { storage, audit, clock }: Deps,
  plan: EntraPlan,
  options: {
    tenant: Tenant;
    actor: Actor;
    /** also phones of people who came in before: one that they deleted would come back */
    phonesAgain: boolean;
    onProgress(done: number, total: number): void;
  },
): Promise<Carried> {
  const correlation = newId<'import'>(clock.now());
  const sum = { created: 0, bound: 0, known: 0, phones: 0 };
  const bystanders: string[] = [];
  for (let from = 0; from < plan.people.length; from += portion) {
    const some = plan.people.slice(from, from + portion);
    const done = await storage.tx(async tx => {
      const now = clock.now();
      const whose = await ownersFor(tx, some, options.tenant.id, now);
      const phones = await importPhones(
        tx,
        storage.sealer,
        whose
          .filter(({ is }) => is !== 'known' || options.phonesAgain)
          .flatMap(({ user, person }) => person.phones.map(phone => ({ ...phone, user }))),
        { from: 'entra', now },
      );
      const events = whose
        .filter(({ is }) => is !== 'known')
        .map(
          ({ user, is, person }): AuditEvent => ({
            kind: is === 'created' ? 'user.imported' : 'user.changed',
            user,
            actor: options.actor,
            correlation,
            detail: { loginName: loggable(person.loginName), with: 'entra', phones: person.phones.length },
          }),
        );
      await audit.record(tx, ...events);
      const count = (is: Owner['is']): number => whose.filter(one => one.is === is).length;
      const left = some.filter(person => !whose.some(one => one.person === person));
      return { created: count('created'), bound: count('bound'), known: count('known'), phones, left };
    });
    for (const key of ['created', 'bound', 'known', 'phones'] as const) sum[key] += done[key];
    bystanders.push(...done.left.map(person => person.loginName));
    options.onProgress(Math.min(from + portion, plan.people.length), plan.people.length);
  }
  await keepRegistrations(storage, plan, options.tenant.id, clock.now());
  return { ...sum, bystanders, registrations: plan.registrations.length, correlation };
}

interface Owner {
  readonly person: PlannedPerson;
  readonly user: UserId;
  readonly is: 'created' | 'bound' | 'known';
}

/** Whose account each is; who is not here yet is created. */
async function ownersFor(
  tx: Tx,
  people: readonly PlannedPerson[],
  tenant: string,
  now: Instant,
): Promise<readonly Owner[]> {
  const bound = new Map(
    (
      await tx
        .selectFrom('entra_accounts')
        .select(['object_id', 'user_id'])
        .where('tenant_id', '=', tenant)
        .where(
          'object_id',
          'in',
          people.map(person => person.object),
        )
        .execute()
    ).map(row => [row.object_id, row.user_id as UserId]),
  );
  const known = people.flatMap((person): Owner[] => {
    const user = bound.get(person.object);
    return user ? [{ person, user, is: 'known' }] : [];
  });
  const others = people.filter(person => !bound.has(person.object));
  if (others.length === 0) return known;

  const fresh = others.map(person => ({ person, user: newId<'user'>(now) as UserId }));
  const keys = fresh.map(({ person }) => nameKey(person.loginName));
  const taken = await sql<{ name: string }>`insert into login_names (name, user_id)
    select * from unnest(${keys}::text[], ${fresh.map(one => one.user)}::uuid[])
    on conflict do nothing returning name`.execute(tx);
  const isNew = new Set(taken.rows.map(({ name }) => name));
  const created = fresh.filter((_, i) => isNew.has(keys[i] ?? ''));
  await insertUsers(tx, created, now);
  const there = new Map(
    (await tx.selectFrom('login_names').selectAll().where('name', 'in', keys).execute()).map(row => [
      row.name,
      row.user_id as UserId,
    ]),
  );
  const owners = others.flatMap((person): Owner[] => {
    const key = nameKey(person.loginName);
    const user = there.get(key);
    return user ? [{ person, user, is: isNew.has(key) ? 'created' : 'bound' }] : [];
  });
  // A person has one account in a tenant: whoever has another one keeps it.
  const free = await sql<{ user_id: UserId }>`insert into entra_people (tenant_id, user_id, object_id)
    select ${tenant}::uuid, * from unnest(${owners.map(one => one.user)}::uuid[], ${owners.map(one => one.person.object)}::uuid[])
    on conflict do nothing returning user_id`.execute(tx);
  const isFree = new Set(free.rows.map(row => row.user_id));
  const joined = owners.filter(({ user }) => isFree.has(user));
  await sql`insert into entra_accounts (tenant_id, object_id, user_id, bound_at)
    select ${tenant}::uuid, *, ${now}::bigint
    from unnest(${joined.map(one => one.person.object)}::uuid[], ${joined.map(one => one.user)}::uuid[])`.execute(
    tx,
  );
  return [...known, ...joined];
}

async function insertUsers(
  tx: Tx,
  created: readonly { person: PlannedPerson; user: UserId }[],
  now: Instant,
): Promise<void> {
  const of = <T>(read: (person: PlannedPerson) => T): T[] => created.map(({ person }) => read(person));
  await sql`insert into users (id, login_name, display_name, mail, language, enabled, must_register, preferred_method, valid_from, created_at)
    select id, login_name, display_name, mail, language, enabled, false, preferred, ${now}::bigint, ${now}::bigint
    from unnest(${created.map(one => one.user)}::uuid[],
      ${of(person => person.loginName)}::text[],
      ${of(person => person.displayName)}::text[],
      ${of(person => person.mail ?? null)}::text[],
      ${of(person => person.language ?? null)}::text[],
      ${of(person => person.enabled)}::boolean[],
      ${of(person => person.preferred ?? null)}::text[])
      as given (id, login_name, display_name, mail, language, enabled, preferred)`.execute(tx);
}

async function keepRegistrations(
  { tx }: Pick<Storage, 'tx'>,
  { registrations }: EntraPlan,
  tenant: string,
  now: Instant,
): Promise<void> {
  for (let from = 0; from < registrations.length; from += 2_000) {
    const some = registrations.slice(from, from + 2_000);
    await tx(tx =>
      sql`insert into entra_registrations (tenant_id, object_id, details, modified_at)
        select ${tenant}::uuid, object_id, details::jsonb, ${now}::bigint
        from unnest(${some.map(one => one.object)}::uuid[], ${some.map(one => JSON.stringify(one))}::text[]) as given (object_id, details)
        on conflict (tenant_id, object_id) do update set details = excluded.details, modified_at = excluded.modified_at`.execute(
        tx,
      ),
    );
  }
}
