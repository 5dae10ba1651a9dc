import type { Application, Directory } from '../directory/index.ts';
import type { UserId } from '../kit/ids.ts';
import type { OidcApplication } from './oidc/index.ts';

/** An application of the directory, as OpenID Connect needs it. */
export function oidcApplicationOf(
  { id, displayName, settings }: Application,
  secret: string | undefined,
): OidcApplication | undefined {
  if (settings.kind !== 'oidc') return undefined;
  const { tokenEndpointAuthMethod: _, startAddress: __, firstParty: ___, kind: ____, ...rest } = settings;
  const { backchannelLogoutUri, defaultAcr, defaultMaxAge, ...always } = rest;
  return {
    ...always,
    id,
    name: displayName,
    ...(secret === undefined ? {} : { secret }),
    ...(backchannelLogoutUri === undefined ? {} : { backchannelLogoutUri }),
    ...(defaultAcr === undefined ? {} : { defaultAcr }),
    ...(defaultMaxAge === undefined ? {} : { defaultMaxAge }),
  };
}

/** OpenID Connect Core §5.4: what each scope lets an application know of a person. */
export async function claimsOf(
  directory: Directory,
  user: UserId,
  scopes: ReadonlySet<string>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const person = await directory.users.forSignIn({ id: user });
  if (!person?.enabled) return undefined;
  return {
    ...(scopes.has('profile')
      ? {
          name: person.displayName,
          preferred_username: person.loginName,
          ...(person.language ? { locale: person.language } : {}),
        }
      : {}),
    // The office entered it; nobody proved that they read it.
    ...(scopes.has('email') && person.mail ? { email: person.mail, email_verified: false } : {}),
    ...(scopes.has('groups') ? { groups: await groupNames(directory, person.groups) } : {}),
  };
}

async function groupNames(directory: Directory, ids: readonly string[]): Promise<string[]> {
  const groups = await Promise.all(ids.map(id => directory.groups.byId(id)));
  return groups.flatMap(group => (group ? [group.displayName] : []));
}
