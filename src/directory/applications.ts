import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Actor, Audit } from '../audit/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { ApplicationId } from '../kit/ids.ts';
import { newSecret } from '../kit/secrets.ts';
import type { Db, Place, Storage, Tables, Tx } from '../storage/index.ts';
import {
  type ApplicationSettings,
  applicationSchema,
  applicationSettings,
  keepsSecret,
} from './application-settings.ts';
import { isNamedByPolicies } from './references.ts';
import { type FieldProblem, fieldProblems } from './schema-problems.ts';

/** Whatever relies on us. */
export interface Application {
  readonly id: ApplicationId;
  readonly displayName: string;
  readonly settings: ApplicationSettings;
  readonly hasSecret: boolean;
  readonly enabled: boolean;
  readonly createdAt: Instant;
}

export type ApplicationSaved =
  | {
      readonly saved: true;
      readonly application: Application;
      /** the new secret, to be shown once; absent when none was made */
      readonly secret: string | undefined;
    }
  | { readonly saved: false; readonly problems: readonly FieldProblem[] };

export type NewApplication = z.input<typeof applicationSchema>;

export interface Applications {
  byId(id: string): Promise<Application | undefined>;
  /** An enabled application, and its secret in the clear, which comparing needs. */
  forSignIn(id: string): Promise<{ application: Application; secret: string | undefined } | undefined>;
  list(): Promise<readonly Application[]>;
  create(application: NewApplication, actor: Actor): Promise<ApplicationSaved>;
  /** undefined: there is no such application. Settings are given whole. */
  update(
    id: string,
    change: {
      readonly displayName?: string | undefined;
      readonly settings?: NewApplication['settings'] | undefined;
      readonly enabled?: boolean | undefined;
    },
    actor: Actor,
  ): Promise<ApplicationSaved | undefined>;
  /** A new secret; the old one is worth nothing from now on. undefined: no such application, or one without. */
  rotateSecret(id: string, actor: Actor): Promise<string | undefined>;
  /** One that a policy names stays: without it the rule would hold for nobody. */
  delete(id: string, actor: Actor): Promise<'deleted' | 'missing' | 'in-use'>;
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

const secretPlace = (id: string): Place => ({ table: 'applications', column: 'secret_sealed', row: id });

export function openApplications(deps: Deps): Applications {
  const { storage, audit, clock } = deps;
  const { db, sealer } = storage;
  return {
    byId: async id => found(await rowOf(db, id)),
    async forSignIn(id) {
      const row = await rowOf(db, id);
      if (!row?.enabled) return undefined;
      const secret = row.secret_sealed
        ? sealer.open(secretPlace(row.id), row.secret_sealed).toString()
        : undefined;
      return { application: applicationOf(row), secret };
    },
    list: async () =>
      (await db.selectFrom('applications').selectAll().orderBy('id').execute()).map(applicationOf),
    async create(given, actor) {
      const read = applicationSchema.safeParse(given);
      if (!read.success) return { saved: false, problems: fieldProblems(read.error) };
      const { id, displayName, settings } = read.data;
      const secret = keepsSecret(settings) ? newSecret() : undefined;
      return storage.tx(async tx => {
        const row = await tx
          .insertInto('applications')
          .values({
            id,
            kind: settings.kind,
            display_name: displayName,
            settings: JSON.stringify(settings),
            secret_sealed: secret === undefined ? null : sealer.seal(secretPlace(id), secret),
            created_at: clock.now(),
          })
          .onConflict(conflict => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
        if (!row) return { saved: false, problems: [{ field: 'id', problem: 'taken' }] };
        await audit.record(tx, { kind: 'application.created', actor, application: id, detail: { settings } });
        return { saved: true, application: applicationOf(row), secret };
      });
    },
    update: (id, change, actor) => update(deps, id, change, actor),
    rotateSecret: (id, actor) =>
      storage.tx(async tx => {
        const secret = newSecret();
        const { numUpdatedRows } = await tx
          .updateTable('applications')
          .set({ secret_sealed: sealer.seal(secretPlace(id), secret) })
          .where('id', '=', id)
          .where('secret_sealed', 'is not', null)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return undefined;
        const detail = { changed: ['secret'] };
        await audit.record(tx, { kind: 'application.changed', actor, application: id, detail });
        return secret;
      }),
    delete: (id, actor) =>
      storage.tx(async tx => {
        const row = await rowCalled(tx, id).forUpdate().executeTakeFirst();
        if (!row) return 'missing';
        if (await isNamedByPolicies(tx, id)) return 'in-use';
        await tx.deleteFrom('applications').where('id', '=', id).execute();
        await audit.record(tx, { kind: 'application.deleted', actor, application: id });
        return 'deleted';
      }),
  };
}

async function update(
  { storage, audit }: Deps,
  id: string,
  change: Parameters<Applications['update']>[1],
  actor: Actor,
): Promise<ApplicationSaved | undefined> {
  const { sealer } = storage;
  return storage.tx(async tx => {
    // Held from here on: what another change says meanwhile, a new secret or a switch-off, is not undone by this one.
    const row = await rowCalled(tx, id).forUpdate().executeTakeFirst();
    if (!row) return undefined;
    const before = applicationOf(row);
    const read = applicationSchema.safeParse({
      id,
      displayName: change.displayName ?? before.displayName,
      settings: change.settings ?? before.settings,
    });
    if (!read.success) return { saved: false, problems: fieldProblems(read.error) };
    const { displayName, settings } = read.data;
    const secret = keepsSecret(settings) && !before.hasSecret ? newSecret() : undefined;
    const kept = keepsSecret(settings) ? row.secret_sealed : null;
    const after = await tx
      .updateTable('applications')
      .set({
        kind: settings.kind,
        display_name: displayName,
        settings: JSON.stringify(settings),
        enabled: change.enabled ?? before.enabled,
        secret_sealed: secret === undefined ? kept : sealer.seal(secretPlace(id), secret),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { settings, enabled: after.enabled };
    await audit.record(tx, { kind: 'application.changed', actor, application: id, detail });
    return { saved: true, application: applicationOf(after), secret };
  });
}

type Row = Selectable<Tables['applications']>;

const rowCalled = (db: Db | Tx, id: string) =>
  db.selectFrom('applications').selectAll().where('id', '=', id.replaceAll('\0', ''));

const rowOf = (db: Db | Tx, id: string): Promise<Row | undefined> => rowCalled(db, id).executeTakeFirst();

const found = (row: Row | undefined): Application | undefined => row && applicationOf(row);

const applicationOf = (row: Row): Application => ({
  id: row.id as ApplicationId,
  displayName: row.display_name,
  settings: applicationSettings.parse(row.settings),
  hasSecret: row.secret_sealed !== null,
  enabled: row.enabled,
  createdAt: row.created_at,
});
