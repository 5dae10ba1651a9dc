import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../kit/clock.ts';
import { hashSecret, sameSecret } from '../../kit/secrets.ts';
import { isPassing, type Storage } from '../../storage/index.ts';
import type { FindApplication, OidcApplication } from './application.ts';
import { type FoundToken, findToken, keyOf, patiently } from './rows.ts';

export interface Introspection {
  /** Whether this request is of the usual kind; anything else is oidc-provider's. Asked before the body is read. */
  takes(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const path = '/oidc/token/introspection';
const longest = 8_192;

/**
 * RFC 7662, the usual way: a resource server asks about one token, with its secret in the header. It asks
 * with every request that it serves itself, so this spares it the tour through oidc-provider, and says
 * what that would say (introspection.test.ts compares the two).
 */
export function openIntrospection(deps: {
  storage: Storage;
  clock: Clock;
  issuer: string;
  applications: FindApplication;
  onError(error: unknown): void;
}): Introspection {
  const { storage, clock, issuer, applications } = deps;

  async function authenticated(header: string | undefined): Promise<OidcApplication | undefined> {
    const shown = credentialsOf(header);
    if (!shown) return undefined;
    const application = await applications(shown.id);
    if (!application?.secret) return undefined;
    return sameSecret(hashSecret(application.secret), hashSecret(shown.secret)) ? application : undefined;
  }

  /** Its own tokens, or everybody's for a resource server; never those of an application that is switched off. */
  async function mayAsk(asker: OidcApplication, holder: string): Promise<boolean> {
    return asker.id === holder || (asker.introspectsAll && (await applications(holder)) !== undefined);
  }

  async function judge(request: IncomingMessage): Promise<Answer> {
    const form = new URLSearchParams(await bodyOf(request));
    const asker = await authenticated(request.headers.authorization);
    if (!asker) return unauthenticated(issuer);
    const [token, ...others] = form.getAll('token');
    if (!token || others.length > 0 || form.has('client_secret') || !isAbout(form, asker)) return malformed;
    const found = await patiently(storage, db => findToken(db, keyOf('AccessToken', token)));
    const now = clock.now() / 1000;
    if (!found || !isAlive(found, now) || !(await mayAsk(asker, found.payload.clientId ?? '')))
      return { status: 200, body: { active: false } };
    const { accountId, clientId, exp, iat, sid, scope } = found.payload;
    const kind = found.model === 'AccessToken' ? { token_type: 'Bearer' } : {};
    return {
      status: 200,
      body: { active: true, sub: accountId, client_id: clientId, exp, iat, sid, iss: issuer, scope, ...kind },
    };
  }

  return {
    takes: ({ method, url, headers }) =>
      method === 'POST' &&
      url === path &&
      headers.origin === undefined &&
      headers.authorization?.slice(0, 6).toLowerCase() === 'basic ' &&
      headers['content-type']?.split(';')[0] === 'application/x-www-form-urlencoded' &&
      Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= longest,
    async answer(request, response) {
      try {
        send(response, await judge(request));
      } catch (error) {
        if (isPassing(error)) return send(response, unavailable);
        deps.onError(error);
        send(response, { status: 500, body: { error: 'server_error' } });
      }
    },
  };
}

/** Without the grant it came from, and the session if it depends on one, a token says nothing. */
function isAlive({ model, payload, consumedAt, grant, session }: FoundToken, now: number): boolean {
  if (model !== 'AccessToken' && model !== 'RefreshToken') return false;
  if (consumedAt !== undefined || !isBefore(now, payload.exp)) return false;
  if (!grant || !isBefore(now, grant.exp)) return false;
  if (grant.clientId !== payload.clientId || grant.accountId !== payload.accountId) return false;
  return payload.expiresWithSession !== true || isBefore(now, session?.exp);
}

const isBefore = (now: number, end: number | undefined): boolean => end !== undefined && end > now;

/** A `client_id` in the body must be the one that was authenticated. */
const isAbout = (form: URLSearchParams, asker: OidcApplication): boolean =>
  form.getAll('client_id').every(id => id === asker.id) && form.getAll('token_type_hint').length <= 1;

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function credentialsOf(header = ''): { id: string; secret: string } | undefined {
  const [id, secret] = Buffer.from(header.slice(6), 'base64').toString().split(/:(.*)/s);
  if (!id || !secret) return undefined;
  try {
    return { id: formDecoded(id), secret: formDecoded(secret) };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const malformed: Answer = {
  status: 400,
  body: { error: 'invalid_request', error_description: "missing required parameter(s) 'token'" },
};

const unauthenticated = (issuer: string): Answer => ({
  status: 401,
  body: { error: 'invalid_client', error_description: 'client authentication failed' },
  headers: { 'WWW-Authenticate': `Basic realm="${issuer}", error="invalid_client"` },
});

const unavailable: Answer = {
  status: 503,
  body: { error: 'temporarily_unavailable' },
  headers: { 'Retry-After': '2' },
};

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(text);
}
