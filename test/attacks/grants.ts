import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { House } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';

/** What an application asks for, and what it must keep to itself until it redeems the code. */
export interface Asked {
  readonly path: string;
  readonly verifier: string;
}

export interface Tokens {
  readonly status: number;
  readonly access_token?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly error?: string;
}

/** An application of a story: it asks who somebody is, and redeems what it was given. */
export interface App {
  ask(more?: Record<string, string>): Asked;
  /** The code for a visitor who is signed in already and is asked for nothing; undefined where there is none. */
  codeFor(visitor: Visitor, asked: Asked): Promise<string | undefined>;
  redeem(asked: Asked, code: string): Promise<Tokens>;
  refresh(token: string | undefined): Promise<Tokens>;
  /** How the person's claims are answered to whoever shows this token. */
  look(token: string | undefined): Promise<number>;
  isActive(token: string | undefined): Promise<boolean>;
  post(path: string, fields: Record<string, string>): Promise<Response>;
}

/** What an application says to us behind the browser's back, by its secret where it has one. */
export function asClient(house: House, id: string, secret: string | undefined) {
  const post = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`${house.url}/oidc${path}`, {
      method: 'POST',
      headers: secret ? { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } : {},
      body: new URLSearchParams(secret ? fields : { client_id: id, ...fields }),
    });
  return {
    post,
    async token(fields: Record<string, string>): Promise<Tokens> {
      const response = await post('/token', fields);
      return { ...((await response.json()) as object), status: response.status };
    },
    async look(value: string | undefined): Promise<number> {
      const response = await fetch(`${house.url}/oidc/me`, { headers: { authorization: `Bearer ${value}` } });
      await response.arrayBuffer();
      return response.status;
    },
    async isActive(value = ''): Promise<boolean> {
      const response = await post('/token/introspection', { token: value });
      return ((await response.json()) as { active?: boolean }).active === true;
    },
  };
}

export async function application(
  house: House,
  id: string,
  settings: Parameters<House['given']['application']>[1] = {},
): Promise<App> {
  const { secret } = await house.given.application(id, settings);
  const redirectUri = `http://localhost:9/${id}/callback`;
  const client = asClient(house, id, secret);
  return {
    ...client,
    ask(more = {}) {
      const verifier = randomBytes(32).toString('base64url');
      const parameters = {
        client_id: id,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'openid profile',
        state: 'state',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...more,
      };
      return { verifier, path: `/oidc/auth?${new URLSearchParams(parameters)}` };
    },
    async codeFor(visitor, { path }) {
      const response = await visitor.request(path);
      await response.arrayBuffer();
      const to = response.headers.get('location') ?? '';
      return to.startsWith(redirectUri) ? (new URL(to).searchParams.get('code') ?? undefined) : undefined;
    },
    redeem: ({ verifier }, code) =>
      client.token({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    refresh: (value = '') => client.token({ grant_type: 'refresh_token', refresh_token: value }),
  };
}

/** What an application holds of somebody who is signed in. */
export async function tokensOf(app: App, visitor: Visitor): Promise<Tokens> {
  const asked = app.ask();
  const code = await app.codeFor(visitor, asked);
  assert.ok(code, 'no code for whoever is signed in');
  return app.redeem(asked, code);
}
