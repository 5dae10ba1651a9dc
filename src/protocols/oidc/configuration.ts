import type { JWK } from 'jose';
import type { AdapterFactory, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../../kit/clock.ts';
import { days, hours, minutes, seconds } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import { acrValues } from '../../policies/index.ts';
import type { FindApplication } from './application.ts';
import type { CookieKeys } from './cookie-keys.ts';
import type { SignInDoor } from './door.ts';
import { algorithms } from './keys.ts';
import { openPrompts } from './prompts.ts';
import { currentUnit } from './unit.ts';

/** What is known of people; the directory's side of claims. */
export interface Accounts {
  /** The claims of an enabled user for these scopes, `sub` left out; undefined when there is nobody. */
  claims(user: UserId, scopes: ReadonlySet<string>): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** What oidc-provider leaves to whoever has pages. */
export interface Screens {
  signOut(context: KoaContextWithOIDC): Promise<void>;
  signedOut(context: KoaContextWithOIDC): void;
}

/** Seconds, as oidc-provider counts. design.md §6 has the numbers. */
const lifetimes = {
  code: seconds(60),
  token: minutes(10),
  refreshIdle: hours(24),
  refreshAbsolute: days(14),
  interaction: minutes(20),
  /** of the session that oidc-provider keeps while nobody is signed in */
  nobody: hours(1),
};
const inSeconds = (milliseconds: number): number => Math.max(1, Math.floor(milliseconds / 1000));

export const interactionPath = (uid: string): string => `/oidc-interaction/${uid}`;

export function configurationOf(deps: {
  adapter: AdapterFactory;
  keys: readonly JWK[];
  cookieKeys: CookieKeys;
  secure: boolean;
  clock: Clock;
  door: SignInDoor;
  accounts: Accounts;
  applications: FindApplication;
  screens: Screens;
  locales: readonly string[];
}): Configuration {
  const { screens, clock } = deps;
  return {
    adapter: deps.adapter,
    jwks: { keys: [...deps.keys] },
    cookies: {
      keys: deps.cookieKeys,
      names: cookieNames(deps.secure),
      long: { httpOnly: true, sameSite: 'lax', secure: deps.secure, path: '/', signed: true },
      short: { httpOnly: true, sameSite: 'lax', secure: deps.secure, signed: true },
    },
    findAccount: async (_context, id) => ({
      accountId: id,
      async claims(use, scope, requested) {
        // Nothing but the subject goes into an ID token unless it was asked for by name.
        if (use === 'id_token' && Object.keys(requested).length === 0) return { sub: id };
        const scopes = new Set([...scope.split(' '), ...scopesOf(Object.keys(requested))]);
        return { ...(await deps.accounts.claims(id as UserId, scopes)), sub: id };
      },
    }),
    interactions: {
      policy: openPrompts({ door: deps.door, clock }),
      url: (_context, interaction) => interactionPath(interaction.uid),
    },
    loadExistingGrant: grantOf,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      claimsParameter: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => client.clientId === token.clientId,
      },
      introspection: {
        enabled: true,
        async allowedPolicy(_context, client, token) {
          if (client.clientId === token.clientId) return client.clientAuthMethod !== 'none';
          const [asks, holds] = await Promise.all([
            deps.applications(client.clientId),
            deps.applications(token.clientId ?? ''),
          ]);
          return asks?.introspectsAll === true && holds !== undefined;
        },
      },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: context => screens.signOut(context),
        postLogoutSuccessSource: context => screens.signedOut(context),
      },
    },
    renderError: (_context, out) => {
      currentUnit().trouble = { error: out.error, description: out.error_description };
    },
    acrValues,
    claims: claimsByScope,
    scopes: ['openid', 'offline_access', ...Object.keys(claimsByScope).filter(scope => scope !== 'openid')],
    discovery: {
      ui_locales_supported: [...deps.locales],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: { idTokenSigningAlgValues: [...algorithms] },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: (_context, origin, client) =>
      client.redirectUris?.some(uri => URL.parse(uri)?.origin === origin) ?? false,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async (_context, source) => {
      // What was begun on a pass of the office ends with it, also offline.
      if (currentUnit().known?.evidence.some(({ until }) => until !== undefined)) return true;
      if (source.scopes.has('offline_access')) return false;
      return (await deps.applications(source.clientId ?? ''))?.offlineAccess !== true;
    },
    rotateRefreshToken: true,
    revokeGrantPolicy: () => true,
    ttl: {
      AuthorizationCode: inSeconds(lifetimes.code),
      AccessToken: inSeconds(lifetimes.token),
      IdToken: inSeconds(lifetimes.token),
      RefreshToken: (_context, token) =>
        Math.max(
          1,
          Math.min(
            inSeconds(lifetimes.refreshIdle),
            inSeconds(lifetimes.refreshAbsolute) - token.totalLifetime(),
          ),
        ),
      // A day longer than the tokens that it carries, so that it is not written at each visit.
      Grant: inSeconds(lifetimes.refreshAbsolute + days(1)),
      Interaction: inSeconds(lifetimes.interaction),
      Session: () => {
        const { known } = currentUnit();
        return inSeconds(known ? known.expiresAt - clock.now() : lifetimes.nobody);
      },
    },
    fetch: post,
  };
}

/**
 * The only thing we send out is logout tokens, to addresses that the office registered. Applications
 * of an organisation often stand in its private networks, so oidc-provider's dispatcher, which refuses
 * those, is left out; the answer is read by nobody, and redirects are not followed.
 */
const post: typeof fetch = (url, { method, headers, body }: RequestInit = {}) =>
  fetch(url, {
    ...{ method: method ?? 'POST', headers: headers ?? {}, body: body ?? null },
    redirect: 'error',
    signal: AbortSignal.timeout(seconds(5)),
  });

const claimsByScope: Record<string, string[]> = {
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'preferred_username', 'locale'],
  email: ['email', 'email_verified'],
  groups: ['groups'],
};

const scopesOf = (claims: readonly string[]): readonly string[] =>
  Object.entries(claimsByScope).flatMap(([scope, names]) =>
    names.some(name => claims.includes(name)) ? [scope] : [],
  );

/** `__Host-` and `__Secure-`: no other host and no subdomain can plant them. They need https. */
const cookieNames = (secure: boolean) => ({
  session: secure ? '__Host-genkan-oidc' : 'genkan-oidc',
  // Bound to the path of one request, so that two tabs do not take each other's; `__Host-` would forbid that.
  interaction: secure ? '__Secure-genkan-oidc-interaction' : 'genkan-oidc-interaction',
  resume: secure ? '__Secure-genkan-oidc-resume' : 'genkan-oidc-resume',
});

/**
 * The grant of this person to this application, with all that is asked for now: our applications are
 * the organisation's own. It is written only when it changes or grows old.
 */
async function grantOf({ oidc }: KoaContextWithOIDC) {
  const { client, session, account, provider } = oidc;
  if (!client || !session || !account) return undefined;
  const id = session.grantIdFor(client.clientId);
  const existing = id === undefined ? undefined : await provider.Grant.find(id);
  const mine = existing?.accountId === account.accountId && existing.clientId === client.clientId;
  const grant =
    existing && mine
      ? existing
      : new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  const before = JSON.stringify([grant.getOIDCScope(), grant.getOIDCClaims()]);
  grant.addOIDCScope([...new Set(['openid', ...oidc.requestParamOIDCScopes])].join(' '));
  grant.addOIDCClaims([...oidc.requestParamClaims]);
  const after = JSON.stringify([grant.getOIDCScope(), grant.getOIDCClaims()]);
  if (before === after && grant.remainingTTL > inSeconds(lifetimes.refreshAbsolute)) return grant;
  grant.exp = Math.floor(Date.now() / 1000) + inSeconds(lifetimes.refreshAbsolute + days(1));
  await grant.save();
  return grant;
}
