import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { hash, verify } from '@node-rs/argon2';
import Provider from 'oidc-provider';
import { argon2id } from '../src/methods/password/hashing.ts';
import { password } from '../test/cast/given.ts';
import type { BareWish } from './bare.ts';

/** oidc-provider alone, with everything in memory: one password, no second proof, no log, no database. */
const wish = JSON.parse(process.argv[2] ?? '{}') as BareWish;
const url = `http://localhost:${wish.port}`;
const encoded = await hash(password, argon2id);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const provider = new Provider(url, {
  clients: [
    {
      client_id: wish.application.id,
      client_secret: wish.application.secret,
      redirect_uris: [wish.application.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  cookies: { keys: ['a key that signs cookies of a measurement'] },
  features: { devInteractions: { enabled: false }, introspection: { enabled: true } },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'] },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  issueRefreshToken: async () => true,
  async loadExistingGrant({ oidc }) {
    const { client, session } = oidc;
    if (!client || !session?.accountId) return undefined;
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope('openid profile offline_access');
    await grant.save();
    return grant;
  },
});

const page = '<!doctype html><form method="post"><input name="account"><input name="password"></form>';
const callback = provider.callback();

async function interaction(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return void response.setHeader('content-type', 'text/html').end(page);
  let body = '';
  for await (const piece of request) body += String(piece);
  const fields = new URLSearchParams(body);
  if (!(await verify(encoded, fields.get('password') ?? ''))) return void response.writeHead(403).end();
  const accountId = fields.get('account') ?? '';
  await provider.interactionFinished(request, response, { login: { accountId } });
}

const server = createServer((request, response) => {
  if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
  interaction(request, response).catch(() => response.writeHead(500).end());
});
server.listen(wish.port, '127.0.0.1', () => process.send?.('ready'));
process.on('disconnect', () => process.exit());
