// A house with applications of every kind, and what they and their people do.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { acrValues } from '../../src/policies/index.ts';
import { password } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';
import { asClient, type Tokens } from './grants.ts';
import { type Resident, scene } from './scene.ts';

export const callback = 'http://localhost:9/portal/callback';
export const bye = 'http://localhost:9/portal/bye';
export const office = { is: 'office', name: 'test' } as const;
export const [, multiFactor] = acrValues;

interface Asked {
  readonly client: string;
  readonly verifier: string;
  readonly parameters: Record<string, string>;
}

export function ask(client = 'portal', more: Record<string, string> = {}): Asked {
  const verifier = randomBytes(32).toString('base64url');
  return {
    client,
    verifier,
    parameters: {
      client_id: client,
      response_type: 'code',
      redirect_uri: `http://localhost:9/${client}/callback`,
      scope: 'openid profile',
      state: randomBytes(8).toString('hex'),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    },
  };
}

export const authorize = (parameters: Record<string, string>): string =>
  `/oidc/auth?${new URLSearchParams(parameters)}`;

export const claimsOf = (tokens: Tokens): Record<string, unknown> =>
  JSON.parse(Buffer.from(tokens.id_token?.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

export function oidcScene() {
  const apps = new Map<string, string>();

  const at = scene(async house => {
    await house.given.campusSkip();
    for (const [id, settings] of Object.entries({
      portal: { redirectUris: [callback], postLogoutRedirectUris: [bye] },
      library: { redirectUris: ['http://localhost:9/library/callback'] },
      kept: { redirectUris: ['http://localhost:9/kept/callback'], offlineAccess: true },
      pushed: { redirectUris: ['http://localhost:9/pushed/callback'], requirePar: true },
      onPhone: {
        redirectUris: ['http://localhost:9/onPhone/callback'],
        tokenEndpointAuthMethod: 'none' as const,
        native: true,
      },
      spa: { redirectUris: ['http://localhost:9/spa/callback'], tokenEndpointAuthMethod: 'none' as const },
    })) {
      const { secret } = await house.given.application(id, settings);
      apps.set(id, secret ?? '');
    }
  });
  const clientOf = (id: string) => asClient(at.house, id, apps.get(id));

  /** Follows redirects and pages that move on, answers what it is asked, and stops where the application would take over. */
  async function go(
    visitor: Visitor,
    path: string,
    who?: Resident & { readonly temporary?: string },
  ): Promise<URL | undefined> {
    let next = path;
    for (let hop = 0; hop < 40; hop++) {
      const at9 = new URL(next, at.house.url);
      if (at9.port === '9') return at9;
      const response = await visitor.request(next);
      const html = await response.text();
      const location =
        response.headers.get('location') ?? /http-equiv="refresh" content="0;url=([^"]*)"/.exec(html)?.[1];
      if (location) {
        next = new URL(location.replaceAll('&amp;', '&'), at9).href;
        continue;
      }
      if (!/\/sign-in\//.test(at9.pathname) || !who) {
        await visitor.open(next);
        return undefined;
      }
      await visitor.open(next);
      const has = (end: string): boolean => visitor.page.forms.some(({ action }) => action.endsWith(end));
      const form = (end: string) => visitor.page.forms.find(({ action }) => action.endsWith(end));
      const fields = has('/identify')
        ? { account: who.loginName }
        : has('/password')
          ? { password: who.temporary ?? password }
          : has('/answer')
            ? { code: await who.phone.code() }
            : has('/ask')
              ? { way: 'mobile text' }
              : has('/change-password')
                ? { password, repeated: password }
                : has('/stay')
                  ? { stay: 'no' }
                  : undefined;
      const end = ['/identify', '/password', '/answer', '/ask', '/change-password', '/stay'].find(has);
      if (!fields || !end) return undefined;
      const sent = await visitor.request(new URL(form(end)?.action ?? '', visitor.page.url).pathname, {
        method: 'POST',
        body: new URLSearchParams({ csrf: form(end)?.fields.csrf ?? '', ...fields }),
      });
      const page = await sent.text();
      const moved =
        sent.headers.get('location') ?? /http-equiv="refresh" content="0;url=([^"]*)"/.exec(page)?.[1];
      if (!moved) return undefined;
      next = new URL(moved.replaceAll('&amp;', '&'), at9).href;
    }
    throw new Error('a loop');
  }

  const redeem = (asked: Asked, code: string, more: Record<string, string> = {}): Promise<Tokens> =>
    clientOf(asked.client).token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: asked.parameters.redirect_uri ?? '',
      code_verifier: asked.verifier,
      ...more,
    });

  async function signIn(
    visitor: Visitor,
    who: Parameters<typeof go>[2] & {},
    asked = ask(),
  ): Promise<Tokens> {
    const answer = await go(visitor, authorize(asked.parameters), who);
    assert.ok(answer?.searchParams.get('code'), `${answer} ${visitor.page.text}`);
    return redeem(asked, answer?.searchParams.get('code') ?? '');
  }

  return { at, clientOf, go, redeem, signIn };
}
