import type { AllClientMetadata } from 'oidc-provider';
import type { Instant } from '../../kit/clock.ts';
import { seconds } from '../../kit/clock.ts';
import type { ApplicationId } from '../../kit/ids.ts';

/** An application that speaks OpenID Connect, as the directory knows it. */
export interface OidcApplication {
  readonly id: ApplicationId;
  readonly name: string;
  /** compared character by character */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** sent in the header or the body; absent: a public application (in a browser or on a phone), which cannot keep one */
  readonly secret?: string;
  /** on a phone or desktop: loopback redirects may have any port (RFC 8252 §7.3) */
  readonly native: boolean;
  /** only requests pushed beforehand (RFC 9126) */
  readonly requirePar: boolean;
  readonly refreshTokens: boolean;
  /** whether its refresh tokens live on when the person signs out */
  readonly offlineAccess: boolean;
  readonly idTokenSignedResponseAlg: 'RS256' | 'ES256';
  readonly backchannelLogoutUri?: string;
  readonly defaultAcr?: readonly string[];
  /** seconds */
  readonly defaultMaxAge?: number;
  /** a resource server: may ask about tokens that other applications hold */
  readonly introspectsAll: boolean;
}

/** Finds an enabled application. Asked for with every request. */
export type FindApplication = (id: string) => Promise<OidcApplication | undefined>;

export const metadataOf = (application: OidcApplication): AllClientMetadata => ({
  client_id: application.id,
  client_name: application.name,
  application_type: application.native ? 'native' : 'web',
  redirect_uris: application.redirectUris,
  post_logout_redirect_uris: application.postLogoutRedirectUris,
  response_types: ['code'],
  grant_types: application.refreshTokens ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
  id_token_signed_response_alg: application.idTokenSignedResponseAlg,
  require_pushed_authorization_requests: application.requirePar,
  ...(application.secret === undefined
    ? { token_endpoint_auth_method: 'none' }
    : { token_endpoint_auth_method: 'client_secret_basic', client_secret: application.secret }),
  ...(application.backchannelLogoutUri === undefined
    ? {}
    : {
        backchannel_logout_uri: application.backchannelLogoutUri,
        backchannel_logout_session_required: true,
      }),
  ...(application.defaultAcr === undefined ? {} : { default_acr_values: application.defaultAcr }),
  ...(application.defaultMaxAge === undefined ? {} : { default_max_age: application.defaultMaxAge }),
});

const remembered = seconds(1);
const mostRemembered = 1_000;

/** Asks at most once a second for each application: what the office changes holds a second later. */
export function remembering(find: FindApplication, now: () => Instant): FindApplication {
  const known = new Map<string, { at: Instant; found: ReturnType<FindApplication> }>();
  return id => {
    const last = known.get(id);
    if (last && last.at + remembered > now()) return last.found;
    if (known.size >= mostRemembered) known.clear();
    const found = find(id);
    known.set(id, { at: now(), found });
    // A failure is not an answer: the next one asks again.
    found.catch(() => known.delete(id));
    return found;
  };
}
