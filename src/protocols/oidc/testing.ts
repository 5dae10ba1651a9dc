import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import * as client from 'openid-client';
import { openAudit } from '../../audit/index.ts';
import { setSecurityHeaders } from '../../http/headers.ts';
import { type Clock, hours, type Instant, systemClock } from '../../kit/clock.ts';
import { type ApplicationId, newId, type UserId } from '../../kit/ids.ts';
import { type Evidence, satisfiesAcr } from '../../policies/index.ts';
import { testStorage } from '../../storage/testing.ts';
import type { Judgement, Known, LogoutNotice, OidcApplication, SignInDoor, Wish } from './index.ts';
import { openOidc } from './index.ts';

export const redirectUri = 'http://127.0.0.1:9/callback';
export const afterSignOut = 'http://127.0.0.1:9/bye';

export const password = (at: Instant = Date.now()): Evidence => ({
  method: 'password',
  factors: ['knowledge'],
  traits: [],
  amr: ['pwd'],
  at,
});
export const text = (at: Instant = Date.now()): Evidence => ({
  method: 'phone',
  factors: ['possession'],
  traits: ['phone-network'],
  amr: ['sms'],
  at,
});

const application = (id: string, more: Partial<OidcApplication> = {}): OidcApplication => ({
  id: id as ApplicationId,
  name: `The ${id}`,
  redirectUris: [redirectUri],
  postLogoutRedirectUris: [afterSignOut],
  secret: `${id}-secret`,
  native: false,
  requirePar: false,
  refreshTokens: true,
  offlineAccess: false,
  idTokenSignedResponseAlg: 'ES256',
  introspectsAll: false,
  ...more,
});

/**
 * The protocol on a real server and the real database. Behind its door stands a person whose
 * answers a test decides beforehand.
 */
export async function startTestProvider(clock: Clock = systemClock) {
  const storage = await testStorage();
  const audit = openAudit({ storage, clock });
  const listener: { handle: (request: IncomingMessage, response: ServerResponse) => void } = {
    handle: (_request, response) => response.end(),
  };
  const server = createServer((request, response) => {
    setSecurityHeaders(response, false);
    listener.handle(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const user = await addUser('hanako');
  const applications = new Map<string, OidcApplication>(
    [
      application('portal'),
      application('library', { idTokenSignedResponseAlg: 'RS256' }),
      application('pushed', { requirePar: true }),
      application('kept', { offlineAccess: true }),
      application('told', { backchannelLogoutUri: 'http://127.0.0.1:9/backchannel' }),
      application('resource', { introspectsAll: true, refreshTokens: false }),
      publicApplication(),
    ].map(each => [each.id, each]),
  );

  const sessions = new Map<string, Known>();
  const wishes: Wish[] = [];
  const notices: LogoutNotice[] = [];
  const errors: unknown[] = [];
  const person: {
    /** what happens at the next sign-in: proofs are given, or it is given up */
    answer: (wish: Wish) => readonly Evidence[] | 'gives-up' | 'cannot';
    who: UserId;
    judge: (known: Known) => Judgement;
    /** whether one more stranger may be kept */
    admits: boolean;
  } = { answer: () => [password()], who: user, judge: () => 'enough', admits: true };

  const cookieOf = (request: IncomingMessage) => /(?:^|; )me=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const known = (evidence: readonly Evidence[]): Known => ({
    user: person.who,
    evidence,
    startedAt: Date.now(),
    expiresAt: Date.now() + hours(24),
    ref: newId(),
    address: '192.0.2.1',
  });
  const door: SignInDoor = {
    current: async request => sessions.get(cookieOf(request) ?? ''),
    judge: async session => person.judge(session),
    admits: async () => person.admits,
    // Its sessions lie in memory: there is no row to hold.
    holding: () => ({ name: 'signed_in', sql: () => 'select 1' }),
    async begin(_request, reply, wish) {
      wishes.push(wish);
      const answer = person.answer(wish);
      if (answer === 'gives-up') return void reply.redirect(wish.deniedTo, 303);
      if (answer === 'cannot') return void reply.redirect(wish.unmetTo, 303);
      const token = randomBytes(16).toString('hex');
      sessions.set(token, known(answer));
      reply.header('Set-Cookie', `me=${token}; Path=/`).redirect(wish.returnTo, 303);
    },
    async end(session) {
      for (const [token, each] of sessions) if (each.ref === session.ref) sessions.delete(token);
    },
  };

  const oidc = await openOidc({
    storage,
    audit,
    clock,
    url,
    applications: async id => applications.get(id),
    accounts: {
      claims: async (_user, scopes) => ({
        ...(scopes.has('profile') ? { name: '京大 花子', preferred_username: 'hanako' } : {}),
        ...(scopes.has('email') ? { email: 'hanako@example.ac.jp' } : {}),
      }),
    },
    door,
    pages: {
      // The look is tested elsewhere; here, what a page would do.
      send: async (_request, reply, page, options = {}) => {
        const { to, trouble, action } = page.props as { to?: string; trouble?: object; action?: string };
        return reply
          .code(options.status ?? 200)
          .type('text/html')
          .send(JSON.stringify({ to, trouble, action }));
      },
    },
    locales: ['ja', 'en'],
    notify: async (_tx, notice) => void notices.push(notice),
    onError: error => errors.push(error),
  });
  const web = Fastify({
    serverFactory: handler => {
      listener.handle = (request, response) =>
        request.url?.startsWith('/oidc/') ? oidc.callback(request, response) : handler(request, response);
      return server;
    },
  });
  await web.register(oidc.interaction);
  await web.ready();

  async function addUser(name: string): Promise<UserId> {
    const id = newId<'user'>();
    await storage.db
      .insertInto('users')
      .values({
        id,
        login_name: name,
        display_name: name,
        mail: null,
        language: null,
        preferred_method: null,
        valid_from: Date.now(),
        created_at: Date.now(),
      })
      .execute();
    return id;
  }

  return {
    url,
    issuer: `${url}/oidc`,
    storage,
    audit,
    oidc,
    user,
    addUser,
    applications,
    sessions,
    wishes,
    notices,
    errors,
    person,
    /** openid-client for one of the applications */
    async as(id: string): Promise<client.Configuration> {
      const { secret, idTokenSignedResponseAlg } = applications.get(id) ?? application(id);
      return client.discovery(
        new URL(`${url}/oidc`),
        id,
        { id_token_signed_response_alg: idTokenSignedResponseAlg },
        secret === undefined ? client.None() : client.ClientSecretBasic(secret),
        { execute: [client.allowInsecureRequests] },
      );
    },
    async close() {
      await oidc.close();
      await new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await storage.close();
    },
  };
}

function publicApplication(): OidcApplication {
  const { secret: _, ...rest } = application('spa');
  return rest;
}

export type TestProvider = Awaited<ReturnType<typeof startTestProvider>>;

/** A browser without script: cookies with paths, redirects, and pages that move on. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  header(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([key, cookie]) => `${key.split(' ')[0]}=${cookie.value}`)
      .join('; ');
  }

  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const at = new URL(url);
    const response = await fetch(at, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.header(at.pathname), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const path = attributes.find(a => a.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    if (value === '') this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { value, path });
  }

  forget(): void {
    this.#cookies.clear();
  }

  /** Follows until the application's own address, or a page that stays. */
  async open(
    url: string | URL,
    init?: RequestInit,
  ): Promise<{ at: URL; status: number; body: string; hops: number }> {
    let at = new URL(url);
    let response = await this.fetch(at, init);
    for (let hops = 1; hops < 30; hops++) {
      const body = await response.text();
      const location = response.headers.get('location') ?? movesOn(body);
      if (!location) return { at, status: response.status, body, hops };
      at = new URL(location, at);
      if (at.port === '9') return { at, status: response.status, body, hops };
      response = await this.fetch(at);
    }
    throw new Error(`a loop at ${at.href}`);
  }
}

function movesOn(body: string): string | undefined {
  try {
    const { to } = JSON.parse(body) as { to?: unknown };
    return typeof to === 'string' ? to : undefined;
  } catch {
    return undefined;
  }
}

/** An authorization request with everything that it needs, and the pieces to check the answer with. */
export async function newRequest(more: Record<string, string> = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  return {
    verifier,
    state,
    nonce,
    parameters: {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...more,
    },
  };
}

/** Signs in to an application as it would, and returns its tokens. */
export async function signIn(
  provider: TestProvider,
  id: string,
  more: Record<string, string> = {},
  browser = new Browser(),
) {
  const configuration = await provider.as(id);
  const request = await newRequest(more);
  const answer = await browser.open(client.buildAuthorizationUrl(configuration, request.parameters));
  const tokens = await client.authorizationCodeGrant(configuration, answer.at, {
    pkceCodeVerifier: request.verifier,
    expectedState: request.state,
    expectedNonce: request.nonce,
  });
  return { tokens, configuration, browser, answer, request };
}

export { satisfiesAcr };
