import type { Actor, Audit } from '../audit/index.ts';
import type { UserId } from '../kit/ids.ts';
import type { Db, Storage } from '../storage/index.ts';

/** What members of the office may do; the names are Entra's. */
export const roles = [
  'global-administrator',
  'authentication-policy-administrator',
  'authentication-administrator',
  'helpdesk-administrator',
  'application-administrator',
  'user-administrator',
  'reports-reader',
  'global-reader',
] as const;

export type Role = (typeof roles)[number];

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

export interface Roles {
  /** Who has which role. */
  members(role?: Role): Promise<readonly RoleMember[]>;
  /** Both return false when nothing changed. */
  add(role: Role, user: UserId, actor: Actor): Promise<boolean>;
  remove(role: Role, user: UserId, actor: Actor): Promise<boolean>;
}

export interface RoleMember {
  readonly role: Role;
  readonly user: { readonly id: UserId; readonly loginName: string; readonly displayName: string };
}

export function openRoles({ storage, audit }: { storage: Storage; audit: Audit }): Roles {
  return {
    members: role => members(storage.db, role),
    add: (role, user, actor) =>
      storage.tx(async tx => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('role_members')
          .columns(['user_id', 'role'])
          .expression(from =>
            from
              .selectFrom('users')
              .select(select => ['id', select.val(role).as('role')])
              .where('id', '=', user),
          )
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await audit.record(tx, { kind: 'role.changed', user, actor, detail: { role, change: 'added' } });
        return true;
      }),
    remove: (role, user, actor) =>
      storage.tx(async tx => {
        const { numDeletedRows } = await tx
          .deleteFrom('role_members')
          .where('user_id', '=', user)
          .where('role', '=', role)
          .executeTakeFirst();
        if (numDeletedRows !== 1n) return false;
        await audit.record(tx, { kind: 'role.changed', user, actor, detail: { role, change: 'removed' } });
        return true;
      }),
  };
}

async function members(db: Db, role: Role | undefined): Promise<readonly RoleMember[]> {
  const rows = await db
    .selectFrom('role_members')
    .innerJoin('users', 'users.id', 'role_members.user_id')
    .select(['role_members.role', 'users.id', 'users.login_name', 'users.display_name'])
    .$if(role !== undefined, found => found.where('role_members.role', '=', role ?? ''))
    .orderBy('role_members.role')
    .orderBy('users.login_name')
    .execute();
  return rows.flatMap(row =>
    isRole(row.role)
      ? [
          {
            role: row.role,
            user: { id: row.id as UserId, loginName: row.login_name, displayName: row.display_name },
          },
        ]
      : [],
  );
}
