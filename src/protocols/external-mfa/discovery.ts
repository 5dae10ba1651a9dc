import type { FastifyInstance } from 'fastify';
import type { Signer } from './keys.ts';

/** What Entra reads once a day. */
export const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  jwks_uri: `${issuer}/jwks`,
  scopes_supported: ['openid'],
  response_types_supported: ['id_token'],
  response_modes_supported: ['form_post'],
  grant_types_supported: ['implicit'],
  subject_types_supported: ['pairwise', 'public'],
  id_token_signing_alg_values_supported: ['RS256'],
  claim_types_supported: ['normal'],
  claims_supported: ['iss', 'aud', 'exp', 'iat', 'sub', 'nonce', 'acr', 'amr'],
  claims_parameter_supported: true,
});

/** Whole answers with their length: Entra wants a valid Content-Length. */
export function discoveryRoutes(
  server: FastifyInstance,
  { issuer, signer }: { issuer: string; signer: Signer },
): void {
  const kept = 'public, max-age=3600';
  server.get('/external-mfa/.well-known/openid-configuration', async (_request, reply) =>
    reply
      .header('Cache-Control', kept)
      .type('application/json')
      .send(JSON.stringify(metadata(issuer))),
  );
  server.get('/external-mfa/jwks', async (_request, reply) =>
    reply
      .header('Cache-Control', kept)
      .type('application/json')
      .send(JSON.stringify(await signer.keySet())),
  );
}
