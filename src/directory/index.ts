import type { Audit } from '../audit/index.ts';
import type { Clock } from '../kit/clock.ts';
import type { Storage } from '../storage/index.ts';
import { type Access, openAccess } from './access.ts';
import { type Applications, openApplications } from './applications.ts';
import { type Groups, openGroups } from './groups.ts';
import { type Office, openOffice } from './office.ts';
import { openReports, type Reports } from './reports.ts';
import { openRoles, type Roles } from './roles.ts';
import { openSettings, type SettingsStore } from './settings.ts';
import { openUsers, type Users } from './users.ts';

export type { Access, Saved } from './access.ts';
export { type ApplicationSettings, portal } from './application-settings.ts';
export type { Application, ApplicationSaved, Applications, NewApplication } from './applications.ts';
export { countIn, credentialTables, type PersonEnded, type ProofTable, personEnded } from './belongings.ts';
export { instantOf } from './dates.ts';
export type { Group, GroupCreated, Groups } from './groups.ts';
export { loggable, nameKey, type TextProblem } from './names.ts';
export { type Office, temporaryPasswordLives } from './office.ts';
export { endBefore, passwordPlace, setPassword } from './passwords.ts';
export { askPerson, type KeptPassword, type KeptPhone, type Person, readPerson } from './person.ts';
export type { RegistrationReport, Reports } from './reports.ts';
export { isRole, type Role, type RoleMember, type Roles, roles } from './roles.ts';
export type { FieldProblem } from './schema-problems.ts';
export {
  defaultOf,
  isSettingKey,
  type Setting,
  type SettingKey,
  type Settings,
  settingKeys,
  settingParts,
} from './setting-schemas.ts';
export { type Rules, registrationStartOf, type SettingSaved, type SettingsStore } from './settings.ts';
export * from './sources/csv/index.ts';
export {
  type NewPassword,
  type NewUser,
  readDetails,
  readLanguage,
  type User,
  type UserChange,
  type UserProblem,
} from './user.ts';
export type { Created, Updated, UserPage, UserQuery, Users } from './users.ts';

/** Who exists, and what administrators said: one door for everything that is not a person's own credential. */
export interface Directory {
  readonly users: Users;
  readonly groups: Groups;
  readonly roles: Roles;
  readonly applications: Applications;
  readonly settings: SettingsStore;
  /** policies and named locations */
  readonly access: Access;
  readonly office: Office;
  readonly reports: Reports;
}

export function openDirectory(deps: { storage: Storage; audit: Audit; clock: Clock }): Directory {
  const users = openUsers(deps);
  return {
    users,
    groups: openGroups(deps),
    roles: openRoles(deps),
    applications: openApplications(deps),
    settings: openSettings(deps),
    access: openAccess(deps),
    office: openOffice(deps),
    reports: openReports(deps.storage.db, users),
  };
}
