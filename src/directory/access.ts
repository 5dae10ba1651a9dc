import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { Actor, Audit, AuditEvent } from '../audit/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import { isId, type NamedLocationId, newId, type PolicyId } from '../kit/ids.ts';
import {
  compilePolicies,
  type NamedLocation,
  namedLocationSchema,
  type Policies,
  type Policy,
  type PolicyState,
  policySchema,
  type Strength,
  strengthSchema,
} from '../policies/index.ts';
import type { Db, Storage, Tables, Tx } from '../storage/index.ts';
import { isNamedByPolicies, missingReferences } from './references.ts';
import { type FieldProblem, fieldProblems } from './schema-problems.ts';

export type Saved<Kept> =
  | { readonly saved: true; readonly kept: Kept }
  | { readonly saved: false; readonly problems: readonly FieldProblem[] };

/** The administrators' rules about how much evidence is enough, and the networks that they speak of. */
export interface Access {
  /** All of it, prepared. Prepared anew when something changed; what changed holds with the next question. */
  current(): Promise<Policies>;
  readonly policies: {
    list(): Promise<readonly Policy[]>;
    byId(id: string): Promise<Policy | undefined>;
    byName(displayName: string): Promise<Policy | undefined>;
    /** Graph's shape; id and times are ours to give. */
    create(definition: unknown, actor: Actor): Promise<Saved<Policy>>;
    /** The whole definition anew. undefined: there is no such policy. */
    update(id: PolicyId, definition: unknown, actor: Actor): Promise<Saved<Policy> | undefined>;
    setState(id: PolicyId, state: PolicyState, actor: Actor): Promise<Saved<Policy> | undefined>;
    delete(id: PolicyId, actor: Actor): Promise<boolean>;
  };
  readonly locations: {
    list(): Promise<readonly NamedLocation[]>;
    byId(id: string): Promise<NamedLocation | undefined>;
    byName(displayName: string): Promise<NamedLocation | undefined>;
    create(definition: unknown, actor: Actor): Promise<Saved<NamedLocation>>;
    update(id: NamedLocationId, definition: unknown, actor: Actor): Promise<Saved<NamedLocation> | undefined>;
    /** A location that a policy names stays: without it the policy would apply everywhere. */
    delete(id: NamedLocationId, actor: Actor): Promise<'deleted' | 'missing' | 'in-use'>;
  };
  /** Authentication strengths that administrators made, beside the built-in ones. */
  readonly strengths: {
    list(): Promise<readonly Strength[]>;
    byId(id: string): Promise<Strength | undefined>;
    create(definition: unknown, actor: Actor): Promise<Saved<Strength>>;
    update(id: string, definition: unknown, actor: Actor): Promise<Saved<Strength> | undefined>;
    /** A strength that a policy asks for stays: without it the policy would block everybody. */
    delete(id: string, actor: Actor): Promise<'deleted' | 'missing' | 'in-use'>;
  };
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

export function openAccess(deps: Deps): Access {
  const { storage, audit } = deps;
  const { db } = storage;
  const policies = keep<Policy>(deps, {
    table: 'policies',
    kinds: { created: 'policy.created', changed: 'policy.changed' },
    schema: policySchema,
    missing: missingReferences,
  });
  const locations = keep<NamedLocation>(deps, {
    table: 'named_locations',
    kinds: { created: 'named-location.created', changed: 'named-location.changed' },
    schema: namedLocationSchema,
    missing: () => Promise.resolve([]),
  });
  const strengths = keep<Strength>(deps, {
    table: 'strengths',
    kinds: { created: 'strength.created', changed: 'strength.changed' },
    schema: strengthSchema,
    missing: () => Promise.resolve([]),
  });

  /** Deletes what policies may name, unless one does. */
  const deleteUnnamed = (
    table: 'named_locations' | 'strengths',
    id: string,
    deleted: AuditEvent,
  ): Promise<'deleted' | 'missing' | 'in-use'> =>
    storage.tx(async tx => {
      const row = await tx.selectFrom(table).select('id').where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row) return 'missing';
      if (await isNamedByPolicies(tx, id)) return 'in-use';
      await tx.deleteFrom(table).where('id', '=', id).execute();
      await audit.record(tx, deleted);
      return 'deleted';
    });
  let prepared: { readonly version: string; readonly policies: Policies } | undefined;

  return {
    async current() {
      const version = await versionOf(db);
      if (prepared?.version !== version)
        prepared = {
          version,
          policies: compilePolicies(
            await definitions(db, 'policies'),
            await definitions(db, 'named_locations'),
            await definitions(db, 'strengths'),
          ),
        };
      return prepared.policies;
    },
    policies: {
      ...policies,
      // Whom it names was looked at when that was said: it can be switched off whoever is gone since.
      setState: (id, state, actor) => policies.amend(id, policy => ({ ...policy, state }), actor),
      delete: (id, actor) =>
        storage.tx(async tx => {
          const { numDeletedRows } = await tx.deleteFrom('policies').where('id', '=', id).executeTakeFirst();
          if (numDeletedRows !== 1n) return false;
          await audit.record(tx, { kind: 'policy.deleted', actor, detail: { policy: id } });
          return true;
        }),
    },
    locations: {
      ...locations,
      delete: (id, actor) =>
        deleteUnnamed('named_locations', id, {
          kind: 'named-location.deleted',
          actor,
          detail: { location: id },
        }),
    },
    strengths: {
      ...strengths,
      delete: (id, actor) =>
        deleteUnnamed('strengths', id, { kind: 'strength.deleted', actor, detail: { strength: id } }),
    },
  };
}

type Table = 'policies' | 'named_locations' | 'strengths';

interface Kept {
  readonly id: string;
  readonly displayName: string;
}

/** What policies, locations and strengths have in common: a definition in Graph's shape, checked, kept whole. */
function keep<Thing extends Kept>(
  { storage, audit, clock }: Deps,
  of: {
    readonly table: Table;
    readonly kinds: {
      readonly created: 'policy.created' | 'named-location.created' | 'strength.created';
      readonly changed: 'policy.changed' | 'named-location.changed' | 'strength.changed';
    };
    readonly schema: z.ZodType<Thing>;
    missing(tx: Tx, thing: Thing): Promise<readonly FieldProblem[]>;
  },
) {
  const { table, schema } = of;
  const { db } = storage;
  const thing = (row: Row | undefined): Thing | undefined => row && schema.parse(row.definition);

  async function save(
    tx: Tx,
    given: unknown,
    times: { readonly id: string; readonly created: Instant; readonly modified: Instant },
    actor: Actor,
    missing = of.missing,
  ): Promise<Saved<Thing>> {
    const isNew = times.created === times.modified;
    const read = schema.safeParse({
      ...(typeof given === 'object' ? given : {}),
      id: times.id,
      createdDateTime: new Date(times.created).toISOString(),
      modifiedDateTime: isNew ? null : new Date(times.modified).toISOString(),
    });
    if (!read.success) return { saved: false, problems: fieldProblems(read.error) };
    const absent = await missing(tx, read.data);
    if (absent.length > 0) return { saved: false, problems: absent };
    const kept = {
      display_name: read.data.displayName,
      definition: JSON.stringify(read.data),
      modified_at: times.modified,
    };
    await tx
      .insertInto(table)
      .values({ id: times.id, created_at: times.created, ...kept })
      .onConflict(conflict => conflict.column('id').doUpdateSet(kept))
      .execute();
    const kind = isNew ? of.kinds.created : of.kinds.changed;
    const { description: _, ...logged } = JSON.parse(kept.definition);
    await audit.record(tx, { kind, actor, detail: { id: times.id, definition: logged } });
    return { saved: true, kept: read.data };
  }

  const held = (tx: Tx, id: string): Promise<Row | undefined> =>
    tx.selectFrom(table).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

  // Two changes within a millisecond are still two versions.
  const timesOf = ({ id, created_at, modified_at }: Row) => ({
    id,
    created: created_at,
    modified: Math.max(clock.now(), modified_at + 1),
  });

  return {
    list: async () =>
      (await db.selectFrom(table).selectAll().orderBy('created_at').orderBy('id').execute()).map(row =>
        schema.parse(row.definition),
      ),
    byId: async (id: string) =>
      isId(id)
        ? thing(await db.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst())
        : undefined,
    byName: async (name: string) =>
      thing(
        await db
          .selectFrom(table)
          .selectAll()
          .where('display_name', '=', name)
          .orderBy('id')
          .executeTakeFirst(),
      ),
    create: (definition: unknown, actor: Actor) =>
      storage.tx(tx => {
        const now = clock.now();
        return save(tx, definition, { id: newId(now), created: now, modified: now }, actor);
      }),
    update: (id: string, definition: unknown, actor: Actor) =>
      storage.tx(async tx => {
        const row = await held(tx, id);
        return row && save(tx, definition, timesOf(row), actor);
      }),
    /** Changes what there is at that moment, in something that names nothing. */
    amend: (id: string, change: (kept: Thing) => Thing, actor: Actor) =>
      storage.tx(async tx => {
        const row = await held(tx, id);
        const kept = thing(row);
        return row && kept && save(tx, change(kept), timesOf(row), actor, async () => []);
      }),
  };
}

type Row = Selectable<Tables[Table]>;

const definitions = async (db: Db | Tx, table: Table): Promise<readonly unknown[]> =>
  (await db.selectFrom(table).select('definition').orderBy('created_at').orderBy('id').execute()).map(
    row => row.definition,
  );

/** Changes with every change; a few hundred bytes, asked before each decision. */
async function versionOf(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`select
    (select coalesce(string_agg(id::text || modified_at, ',' order by id), '') from policies) || ';' ||
    (select coalesce(string_agg(id::text || modified_at, ',' order by id), '') from named_locations) || ';' ||
    (select coalesce(string_agg(id::text || modified_at, ',' order by id), '') from strengths) as version`.execute(
    db,
  );
  return rows[0]?.version ?? '';
}
