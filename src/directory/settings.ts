import type { Actor, Audit } from '../audit/index.ts';
import { type Clock, days, type Instant } from '../kit/clock.ts';
import type { GroupId } from '../kit/ids.ts';
import type { Db, Storage } from '../storage/index.ts';
import { beginningOf } from './dates.ts';
import { missingGroups } from './references.ts';
import { type FieldProblem, fieldProblems } from './schema-problems.ts';
import {
  isSettingKey,
  type Setting,
  type SettingKey,
  type Settings,
  settingKeys,
  settingSchemas,
} from './setting-schemas.ts';

/** All settings, and the instants that their dates mean where the organisation is. */
export type Rules = Settings & {
  readonly registration: { readonly startsAt: Instant | undefined };
  readonly notices: { readonly preparingUntil: Instant | undefined };
};

/** From when on this person must have registered; undefined where no date concerns them. */
export const registrationStartOf = (
  { registration: { startsAt, groups } }: Pick<Rules, 'registration'>,
  person: { readonly groups: readonly GroupId[] },
): Instant | undefined =>
  groups.length === 0 || groups.some(group => person.groups.includes(group)) ? startsAt : undefined;

export type SettingSaved =
  | { readonly saved: true }
  | { readonly saved: false; readonly problems: readonly FieldProblem[] };

export interface SettingsStore {
  get<Key extends SettingKey>(key: Key): Promise<Setting<Key>>;
  /** Everything at once, in one query. */
  rules(): Promise<Rules>;
  /** Checks and keeps a whole value. */
  set(key: SettingKey, value: unknown, actor: Actor): Promise<SettingSaved>;
  /** Lets what holds by default hold again. False: it did already. */
  reset(key: SettingKey, actor: Actor): Promise<boolean>;
  /** The keys about which somebody said something. */
  said(): Promise<readonly SettingKey[]>;
}

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

export function openSettings({ storage, audit, clock }: Deps): SettingsStore {
  return {
    async get(key) {
      const row = await storage.db
        .selectFrom('settings')
        .select('value')
        .where('key', '=', key)
        .executeTakeFirst();
      return read(key, row?.value);
    },
    rules: async () => rulesOf(await all(storage.db)),
    async set(key, value, actor) {
      const parsed = settingSchemas[key].safeParse(value);
      if (!parsed.success) return { saved: false, problems: fieldProblems(parsed.error) };
      const row = { value: JSON.stringify(parsed.data), modified_at: clock.now() };
      const problems = await storage.tx(async tx => {
        const missing = 'groups' in parsed.data ? await missingGroups(tx, parsed.data.groups) : [];
        if (missing.length > 0) return missing;
        await tx
          .insertInto('settings')
          .values({ key, ...row })
          .onConflict(conflict => conflict.column('key').doUpdateSet(row))
          .execute();
        await audit.record(tx, {
          kind: 'setting.changed',
          actor,
          detail: { setting: key, ...changeOf(key, parsed.data) },
        });
        return missing;
      });
      return problems.length > 0 ? { saved: false, problems } : { saved: true };
    },
    reset: (key, actor) =>
      storage.tx(async tx => {
        const { numDeletedRows } = await tx.deleteFrom('settings').where('key', '=', key).executeTakeFirst();
        if (numDeletedRows !== 1n) return false;
        await audit.record(tx, { kind: 'setting.changed', actor, detail: { setting: key, change: 'reset' } });
        return true;
      }),
    async said() {
      const rows = await storage.db.selectFrom('settings').select('key').orderBy('key').execute();
      return rows.map(row => row.key).filter(isSettingKey);
    },
  };
}

/** What of a value the log keeps. Texts for people may name telephone numbers, and stay out of it. */
const changeOf = (key: SettingKey, value: object) =>
  key === 'organisation' || key === 'notices' || 'callsFrom' in value
    ? { changed: Object.keys(value) }
    : { value: JSON.parse(JSON.stringify(value)) };

const read = <Key extends SettingKey>(key: Key, value: unknown): Setting<Key> =>
  settingSchemas[key].parse(value ?? {}) as Setting<Key>;

async function all(db: Db): Promise<Settings> {
  const rows = await db.selectFrom('settings').select(['key', 'value']).execute();
  const kept = new Map(rows.map(row => [row.key, row.value]));
  return Object.fromEntries(settingKeys.map(key => [key, read(key, kept.get(key))])) as Settings;
}

function rulesOf(settings: Settings): Rules {
  const { timeZone } = settings.organisation;
  const { startsOn } = settings.registration;
  const { preparing } = settings.notices;
  return {
    ...settings,
    registration: {
      ...settings.registration,
      startsAt: startsOn === undefined ? undefined : beginningOf(startsOn, timeZone),
    },
    notices: {
      ...settings.notices,
      preparingUntil: preparing && beginningOf(preparing.until, timeZone) + days(1),
    },
  };
}
