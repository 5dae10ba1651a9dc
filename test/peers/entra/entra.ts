import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Asked, faultsOf, type Provider, readProvider } from './requirements.ts';

/** An organisation at Microsoft, and how it was told of the provider. */
export interface EntraTenant {
  readonly id: string;
  readonly appId: string;
  readonly clientId: string;
}

export interface EntraUser {
  readonly tenant: EntraTenant;
  readonly oid: string;
  readonly upn: string;
  readonly name: string;
}

/** How one answer was judged. */
export interface Judged {
  readonly user: EntraUser | undefined;
  readonly faults: readonly string[];
  readonly error: string | undefined;
  readonly claims: Record<string, unknown>;
}

/** A stand-in for Microsoft Entra, made from its documentation: asks a provider for the second factor, and judges. */
export interface Entra {
  /** scheme, host and port, in place of https://login.microsoftonline.com */
  readonly authority: string;
  /** the application that the person wants: it gets the browser when all is well */
  readonly application: string;
  readonly judged: readonly Judged[];
  tenant(): EntraTenant;
  user(tenant: EntraTenant, upn: string, name?: string): EntraUser;
  /** Looks at the provider, as once a day; what it saw is kept until the next look. */
  look(): Promise<Provider>;
  /** The address where this person's password was just right, and the second factor is asked for. */
  signInOf(user: EntraUser): string;
  /** The form of such a request, to be tampered with. */
  request(
    user: EntraUser,
    other?: { hint?: Record<string, unknown>; key?: CryptoKey; kid?: string },
  ): Promise<{
    action: string;
    fields: Record<string, string>;
  }>;
  /** Signs with a new key from now on. */
  rotate(): Promise<void>;
  /** How often its keys were asked for. */
  readonly keysRead: number;
  close(): Promise<void>;
}

const allAmr = 'face fido fpt hwk iris otp pop retina sc sms swk tel vbm'.split(' ');

export async function openEntra(options: { discoveryUrl: string; now: () => number }): Promise<Entra> {
  const { now } = options;
  const judged: Judged[] = [];
  const waiting = new Map<string, Asked & { user: EntraUser }>();
  const users = new Map<string, EntraUser>();
  let signing = await newKey();
  const published = [signing];
  let provider: Provider | undefined;
  let keysRead = 0;

  const look = async (): Promise<Provider> => {
    provider = await readProvider(options.discoveryUrl);
    return provider;
  };

  async function request(
    user: EntraUser,
    { hint = {}, key = signing.privateKey, kid = signing.kid }: Parameters<Entra['request']>[1] = {},
  ) {
    const { metadata } = provider ?? (await look());
    const { tenant, oid, upn, name } = user;
    const asked: Asked & { user: EntraUser } = {
      user,
      clientId: tenant.clientId,
      nonce: randomBytes(18).toString('base64url'),
      state: randomBytes(60).toString('base64'),
      subject: Buffer.from(`${tenant.appId} ${oid}`).toString('base64url').slice(0, 43),
      acr: ['possessionorinherence'],
      amr: allAmr,
      firstFactor: 'knowledge',
      at: now(),
    };
    waiting.set(asked.state, asked);
    const issued = Math.floor(now() / 1000);
    const idTokenHint = await new SignJWT({
      ver: '2.0',
      iss: `${authority}/${tenant.id}/v2.0`,
      sub: asked.subject,
      aud: tenant.clientId,
      // Issued as expired, so that it is good for nothing but a hint.
      exp: issued - 1,
      iat: issued,
      nbf: issued,
      name,
      preferred_username: upn,
      oid,
      tid: tenant.id,
      uti: randomBytes(12).toString('base64url'),
      ...hint,
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
      .sign(key);
    return {
      action: metadata.authorization_endpoint,
      fields: {
        scope: 'openid',
        response_mode: 'form_post',
        response_type: 'id_token',
        client_id: tenant.clientId,
        redirect_uri: `${authority}/common/federation/externalauthprovider`,
        claims: JSON.stringify({
          id_token: {
            acr: { essential: true, values: asked.acr },
            amr: { essential: true, values: asked.amr },
          },
        }),
        nonce: asked.nonce,
        id_token_hint: idTokenHint,
        'client-request-id': randomUUID(),
        state: asked.state,
        // Not in the table of parameters: to be passed over.
        'x-client-SKU': 'stand-in',
      },
    };
  }

  async function receive(body: string, response: ServerResponse): Promise<void> {
    const answer = new URLSearchParams(body);
    const state = answer.get('state') ?? '';
    const asked = waiting.get(state);
    waiting.delete(state);
    const error = answer.get('error') ?? undefined;
    const { faults, claims } = await faultsOf(answer, asked, provider ?? (await look()), now());
    judged.push({ user: asked?.user, error, faults: error ? [] : faults, claims });
    if (!error && faults.length === 0) {
      response.writeHead(302, {
        Location: `${application}/?as=${encodeURIComponent(asked?.user.upn ?? '')}`,
      });
      response.end();
      return;
    }
    response.end(page(`サインインできません: ${error ?? faults.join('; ')}`));
  }

  const server = await listen('127.0.0.1', async (incoming, response) => {
    const at = new URL(incoming.url ?? '/', authority);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (at.pathname === '/common/v2.0/.well-known/openid-configuration') {
      response.end(JSON.stringify({ jwks_uri: `${authority}/common/discovery/v2.0/keys` }));
    } else if (at.pathname === '/common/discovery/v2.0/keys') {
      keysRead += 1;
      const keys = published.map(({ jwk, kid }) => ({
        ...jwk,
        kid,
        use: 'sig',
        issuer: `${authority}/{tenantid}/v2.0`,
      }));
      response.end(JSON.stringify({ keys }));
    } else if (at.pathname === '/sign-in') {
      const user = users.get(at.searchParams.get('oid') ?? '');
      if (!user) return void response.writeHead(404).end();
      const { action, fields } = await request(user);
      response.end(page('Microsoft', form(action, fields)));
    } else if (at.pathname === '/common/federation/externalauthprovider' && incoming.method === 'POST') {
      await receive(await bodyOf(incoming), response);
    } else response.writeHead(404).end();
  });
  const authority = `http://127.0.0.1:${portOf(server)}`;
  const app = await listen('127.0.0.1', async (incoming, response) => {
    const as = new URL(incoming.url ?? '/', authority).searchParams.get('as');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page(`Microsoft 365: ${as}`));
  });
  const application = `http://127.0.0.1:${portOf(app)}`;

  return {
    authority,
    application,
    judged,
    get keysRead() {
      return keysRead;
    },
    tenant() {
      const appId = randomUUID();
      return { id: randomUUID(), appId, clientId: appId };
    },
    user(tenant, upn, name = upn) {
      const user = { tenant, oid: randomUUID(), upn, name };
      users.set(user.oid, user);
      return user;
    },
    look,
    signInOf: user => `${authority}/sign-in?oid=${user.oid}`,
    request,
    async rotate() {
      signing = await newKey();
      published.push(signing);
    },
    async close() {
      for (const one of [server, app]) {
        one.closeAllConnections();
        await new Promise(resolve => one.close(resolve));
      }
    },
  };
}

async function newKey() {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid: randomBytes(20).toString('base64url'), jwk: await exportJWK(publicKey), privateKey };
}

async function listen(
  host: string,
  answer: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Server> {
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>(resolve => server.listen(0, host, resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of incoming) body += part;
  return body;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const page = (title: string, content = ''): string =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Microsoft</title><h1>${escaped(title)}</h1>${content}`;

const form = (action: string, fields: Record<string, string>): string =>
  `<form method="post" action="${escaped(action)}">${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}" />`)
    .join('')}<button>続行</button></form><script>document.forms[0].submit()</script>`;
