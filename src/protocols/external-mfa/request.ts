import { readWants, type Wants } from './claims.ts';
import { isRedirectUri } from './clouds.ts';
import type { Refusal } from './refusal.ts';

/** What Entra posts, as far as it concerns us: Microsoft's reference says to ignore the rest. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly nonce: string;
  readonly state: string | undefined;
  readonly hint: string;
  readonly wants: Wants;
  /** Entra's own number of it, for its support */
  readonly clientRequestId: string | undefined;
}

export type ReadRequest =
  | { readonly ok: true; readonly request: AuthorizationRequest }
  | { readonly ok: false; readonly refusal: Refusal; readonly clientRequestId: string | undefined };

const longest = { id_token_hint: 16_384, claims: 8_192, state: 8_192, nonce: 2_048 };

/** Reads the parameters of an authorization request, from a form or an address. */
export function readRequest(given: unknown, isOurs: (redirectUri: string) => boolean): ReadRequest {
  const parameters = new Map(Object.entries(typeof given === 'object' && given !== null ? given : {}));
  const text = (name: string): string | undefined => {
    const value: unknown = parameters.get(name);
    const most = longest[name as keyof typeof longest] ?? 1_024;
    return typeof value === 'string' && value.length <= most && !value.includes('\0') ? value : undefined;
  };
  const number = text('client-request-id');
  const clientRequestId = number && /^[\w-]{1,64}$/.test(number) ? number : undefined;
  const refused = (refusal: Refusal): ReadRequest => ({ ok: false, refusal, clientRequestId });

  const redirectUri = text('redirect_uri') ?? '';
  if (!isRedirectUri(redirectUri) && !isOurs(redirectUri)) return refused('redirect-not-allowed');
  const isScoped = (text('scope') ?? '').split(' ').includes('openid');
  // The reference spells it in two ways.
  const isForToken = text('response_type')?.toLowerCase() === 'id_token';
  if (!isScoped || !isForToken || text('response_mode') !== 'form_post') return refused('malformed');
  const state = parameters.has('state') ? text('state') : undefined;
  if (parameters.has('state') && state === undefined) return refused('malformed');
  const [clientId, nonce, hint, claims] = ['client_id', 'nonce', 'id_token_hint', 'claims'].map(text);
  if (!nonce) return refused('nonce-missing');
  if (!clientId || !hint) return refused('malformed');
  const wants = readWants(claims ?? '');
  if (!wants) return refused('cannot-answer');
  return { ok: true, request: { clientId, redirectUri, nonce, state, hint, wants, clientRequestId } };
}
