import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';

export interface Registration {
  readonly issuer: string;
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What must come back with the answer to one request. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** the acr that was asked for, and must have been reached */
  readonly acr: string | undefined;
}

export interface Tokens {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  /** ms since 1970 */
  readonly receivedAt: number;
  readonly accessTokenUntil: number;
  readonly scope: string;
}

export interface RelyingParty {
  /** An address to send the browser to, and what to remember until it is back. */
  begin(how: { acr?: string; locale: string }): Promise<{ to: URL; pending: Pending }>;
  /** Throws `AuthorizationResponseError` when Genkan answered with an error. */
  finish(answer: URL, pending: Pending): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  signOut(tokens: Tokens): Promise<URL>;
  /** Who is gone, as a logout token says. Throws when it is not from Genkan or not for us. */
  readLogout(token: string): Promise<{ sub: string | undefined; sid: string | undefined }>;
}

/** An application's side of OpenID Connect, in the few lines that `openid-client` leaves. */
export function openRelyingParty(registration: Registration): RelyingParty {
  const { issuer, url, clientId, clientSecret } = registration;
  const redirectUri = `${url}/callback`;
  const discover = once(() =>
    client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      // The demo runs on this machine alone.
      execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    }),
  );
  const keys = once(async () => {
    const { jwks_uri } = (await discover()).serverMetadata();
    return createRemoteJWKSet(new URL(jwks_uri ?? ''));
  });

  return {
    async begin({ acr, locale }) {
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        acr,
      };
      const to = client.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email groups',
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        state: pending.state,
        nonce: pending.nonce,
        ui_locales: locale,
        ...(acr ? { acr_values: acr } : {}),
      });
      return { to, pending };
    },
    async finish(answer, pending) {
      const configuration = await discover();
      const tokens = await client.authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: pending.verifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('an answer without an ID token');
      if (pending.acr && claims.acr !== pending.acr) throw new Error(`asked for ${pending.acr}`);
      const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      return tokensOf(tokens, { ...more, ...claims });
    },
    async refresh(old) {
      const tokens = await client.refreshTokenGrant(await discover(), old.refreshToken ?? '');
      return tokensOf(tokens, { ...old.claims, ...tokens.claims() }, old);
    },
    signOut: async tokens =>
      client.buildEndSessionUrl(await discover(), {
        id_token_hint: tokens.idToken,
        post_logout_redirect_uri: `${url}/`,
      }),
    async readLogout(token) {
      const { payload } = await jwtVerify(token, await keys(), {
        issuer,
        audience: clientId,
        typ: 'logout+jwt',
        requiredClaims: ['iat', 'jti', 'events'],
        maxTokenAge: '3 minutes',
      });
      const events = payload.events as Record<string, unknown>;
      if (!('http://schemas.openid.net/event/backchannel-logout' in events) || 'nonce' in payload)
        throw new Error('not a logout token');
      const sid = payload.sid;
      return { sub: payload.sub, sid: typeof sid === 'string' ? sid : undefined };
    },
  };
}

function tokensOf(
  tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  claims: Readonly<Record<string, unknown>>,
  old?: Tokens,
): Tokens {
  const receivedAt = Date.now();
  return {
    claims,
    idToken: tokens.id_token ?? old?.idToken ?? '',
    refreshToken: tokens.refresh_token ?? old?.refreshToken,
    receivedAt,
    accessTokenUntil: receivedAt + (tokens.expires_in ?? 0) * 1000,
    scope: tokens.scope ?? old?.scope ?? '',
  };
}

/** Asked when first needed, because Genkan may start after us; and again when that failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
}
