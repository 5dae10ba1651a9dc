import { sql } from 'kysely';
import type { GroupId, UserId } from '../kit/ids.ts';
import type { Db } from '../storage/index.ts';
import { credentialTables } from './belongings.ts';
import type { User } from './user.ts';
import type { Users } from './users.ts';

/** How far registration has come; only enabled users count. */
export interface RegistrationReport {
  readonly total: number;
  readonly registered: number;
  readonly groups: readonly { readonly group: string; readonly total: number; readonly registered: number }[];
  /** who has no way to prove who they are but the password, in order of login name */
  readonly missing: readonly {
    readonly loginName: string;
    readonly displayName: string;
    readonly mail: string | undefined;
    readonly groups: readonly string[];
  }[];
}

export interface Reports {
  registration(of: { readonly group?: GroupId | undefined }): Promise<RegistrationReport>;
  /** How many credentials a user has, by the table that holds them: `phone`, `totp`, `passkey`. */
  methodsOf(user: UserId): Promise<readonly { readonly method: string; readonly n: number }[]>;
  /** Everybody with the names of their groups, in order of login name, a portion at a time. */
  allUsers(of: {
    readonly group?: GroupId | undefined;
    readonly portion: number;
  }): AsyncIterable<{ readonly user: User; readonly groups: readonly string[] }>;
}

const hasRegistered = sql.join(
  credentialTables.map(table => sql`exists (select from ${sql.table(table)} c where c.user_id = u.id)`),
  sql` or `,
);

/** What a table of credentials is called when a person counts them. */
const methodOf: Readonly<Record<(typeof credentialTables)[number], string>> = {
  phones: 'phone',
  totp_credentials: 'totp',
  hardware_token_holders: 'hardware-token',
  passkeys: 'passkey',
  authenticator_devices: 'authenticator',
};

export function openReports(db: Db, users: Users): Reports {
  return {
    registration: ({ group }) => registration(db, group),
    async methodsOf(user) {
      const counted = await Promise.all(
        credentialTables.map(async table => {
          const { rows } = await sql<{
            n: number;
          }>`select count(*) as n from ${sql.table(table)} where user_id = ${user}`.execute(db);
          return { method: methodOf[table], n: rows[0]?.n ?? 0 };
        }),
      );
      return counted.filter(({ n }) => n > 0);
    },
    async *allUsers({ group, portion }) {
      for (let after: string | undefined; ; ) {
        const page = await users.list({ group, after, limit: portion });
        const names = await groupNames(
          db,
          page.users.map(user => user.id),
        );
        for (const user of page.users) yield { user, groups: names.get(user.id) ?? [] };
        after = page.next;
        if (after === undefined) return;
      }
    },
  };
}

async function groupNames(db: Db, users: readonly UserId[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (users.length === 0) return new Map();
  const rows = await db
    .selectFrom('group_members')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .select(['group_members.user_id', 'groups.display_name'])
    .where('group_members.user_id', 'in', users)
    .orderBy('groups.display_name')
    .execute();
  const byUser = Map.groupBy(rows, row => row.user_id);
  return new Map([...byUser].map(([user, all]) => [user, all.map(row => row.display_name)]));
}

async function registration(db: Db, group: GroupId | undefined): Promise<RegistrationReport> {
  const inGroup =
    group === undefined
      ? sql`true`
      : sql`exists (select from group_members m where m.user_id = u.id and m.group_id = ${group})`;
  const counted = await sql<{ total: number; registered: number }>`
    select count(*) as total, count(*) filter (where ${hasRegistered}) as registered
    from users u where u.enabled and ${inGroup}`.execute(db);
  const byGroup = await sql<{ group: string; total: number; registered: number }>`
    select g.display_name as "group", count(*) as total, count(*) filter (where ${hasRegistered}) as registered
    from groups g join group_members m on m.group_id = g.id join users u on u.id = m.user_id
    where u.enabled and ${group === undefined ? sql`true` : sql`g.id = ${group}`}
    group by g.id, g.display_name order by g.display_name`.execute(db);
  const missing = await sql<{
    login_name: string;
    display_name: string;
    mail: string | null;
    groups: string[];
  }>`
    select u.login_name, u.display_name, u.mail, array(select g.display_name from groups g
      join group_members m on m.group_id = g.id where m.user_id = u.id order by g.display_name) as groups
    from users u where u.enabled and ${inGroup} and not (${hasRegistered}) order by u.login_name`.execute(db);
  const { total = 0, registered = 0 } = counted.rows[0] ?? {};
  return {
    total,
    registered,
    groups: byGroup.rows,
    missing: missing.rows.map(row => ({
      loginName: row.login_name,
      displayName: row.display_name,
      mail: row.mail ?? undefined,
      groups: row.groups,
    })),
  };
}
