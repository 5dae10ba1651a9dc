import { createPublicKey, X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { compactVerify, decodeProtectedHeader } from 'jose';

// What Microsoft's "external method provider reference" asks of a provider, sentence by sentence. Written from
// it alone: nothing here knows how Genkan does it.

export interface Metadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly jwks_uri: string;
}

interface Jwk {
  readonly kid: string;
  readonly kty: string;
  readonly use?: string;
  readonly n: string;
  readonly e: string;
  readonly x5c?: readonly string[];
}

/** What a day's look at a provider brings; kept for as long. */
export interface Provider {
  readonly metadata: Metadata;
  readonly keys: readonly Jwk[];
  readonly faults: readonly string[];
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Raw, so that a missing Content-Length is seen. */
const get = (address: string): Promise<Got> =>
  new Promise((resolve, reject) => {
    request(address, { headers: { Accept: 'application/json' } }, response => {
      const parts: Buffer[] = [];
      response.on('data', part => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    })
      .on('error', reject)
      .end();
  });

/** Reads a provider as Entra does. */
export async function readProvider(discoveryUrl: string): Promise<Provider> {
  const faults: string[] = [];
  const must = (holds: boolean, sentence: string): void => void (holds || faults.push(sentence));

  const found = await get(discoveryUrl);
  must(discoveryUrl.endsWith('/.well-known/openid-configuration'), 'the full discovery URL is configured');
  must(found.status === 200, 'the discovery URL answers');
  must(
    Number(found.headers['content-length']) === found.body.length,
    'the discovery document has a valid Content-Length',
  );
  const metadata = JSON.parse(found.body.toString()) as Metadata &
    Record<string, readonly string[] | undefined>;
  must(
    discoveryUrl.startsWith(`${metadata.issuer}/`) &&
      new URL(metadata.issuer).host === new URL(discoveryUrl).host,
    'issuer matches the URL of the discovery',
  );
  must(URL.canParse(metadata.authorization_endpoint), 'authorization_endpoint is there');
  must(URL.canParse(metadata.jwks_uri), 'jwks_uri is there');
  const has = (name: string, value: string): boolean => metadata[name]?.includes(value) ?? false;
  must(has('scopes_supported', 'openid'), 'scopes_supported holds openid');
  must(has('response_types_supported', 'id_token'), 'response_types_supported holds id_token');
  must((metadata.subject_types_supported?.length ?? 0) > 0, 'subject_types_supported is there');
  must(has('id_token_signing_alg_values_supported', 'RS256'), 'RS256 is supported');
  must(
    metadata.claim_types_supported === undefined || has('claim_types_supported', 'normal'),
    'claim_types_supported, if there, holds normal',
  );

  const published = await get(metadata.jwks_uri);
  must(
    Number(published.headers['content-length']) === published.body.length,
    'the keys have a valid Content-Length',
  );
  const { keys } = JSON.parse(published.body.toString()) as { keys: readonly Jwk[] };
  must(keys.length > 0, 'there is a key');
  for (const key of keys) {
    must(key.kty === 'RSA' && typeof key.n === 'string', 'keys are RSA');
    must(!('d' in key), 'no private key is published');
    must(/^[\w+/-]+=*$/.test(key.kid ?? ''), 'kid is base64');
    must((key.x5c?.length ?? 0) > 0, 'each key has x5c');
    const [certificate] = key.x5c ?? [];
    if (certificate)
      must(
        publicKeyOf(certificate).equals(createPublicKey({ key: { ...key }, format: 'jwk' })),
        'x5c holds the same key',
      );
  }
  return { metadata, keys, faults };
}

const publicKeyOf = (certificate: string) =>
  new X509Certificate(Buffer.from(certificate, 'base64')).publicKey;

/** What Entra remembers of a request that it made. */
export interface Asked {
  readonly clientId: string;
  readonly nonce: string;
  readonly state: string;
  readonly subject: string;
  readonly acr: readonly string[];
  readonly amr: readonly string[];
  readonly firstFactor: 'knowledge' | 'possession' | 'inherence';
  readonly at: number;
}

const inherence = ['face', 'fpt', 'iris', 'retina', 'vbm'];
const possession = ['fido', 'hwk', 'otp', 'pop', 'sc', 'sms', 'swk', 'tel'];
const forgottenAfter = 5 * 60_000;

/** What is wrong with an answer; nothing when the second factor is shown. */
export async function faultsOf(
  answer: URLSearchParams,
  asked: Asked | undefined,
  provider: Provider,
  now: number,
): Promise<{ faults: readonly string[]; claims: Record<string, unknown> }> {
  const faults: string[] = [];
  const must = (holds: boolean, sentence: string): void => void (holds || faults.push(sentence));
  if (!asked) return { faults: ['the state is known, and comes back once'], claims: {} };
  must(now - asked.at <= forgottenAfter, 'the answer comes within five minutes');
  must(answer.getAll('state').length === 1, 'state comes back once');
  const tokens = answer.getAll('id_token');
  if (tokens.length !== 1) return { faults: [...faults, 'there is one id_token'], claims: {} };
  const [token = ''] = tokens;

  const header = decodeProtectedHeader(token);
  const key = provider.keys.find(({ kid }) => kid === header.kid);
  must(header.alg === 'RS256', 'it is signed by RS256');
  if (!key) return { faults: [...faults, `its kid ${header.kid} is one that was published`], claims: {} };
  let claims: Record<string, unknown>;
  try {
    const { payload } = await compactVerify(token, publicKeyOf(key.x5c?.[0] ?? ''));
    claims = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return { faults: [...faults, 'the signature fits the certificate'], claims: {} };
  }
  must(claims.iss === provider.metadata.issuer, 'iss is the issuer of the discovery');
  must(claims.aud === asked.clientId, 'aud is the client id of Entra');
  must(typeof claims.exp === 'number' && claims.exp * 1000 > now, 'exp lies ahead');
  must(typeof claims.iat === 'number' && Math.abs(claims.iat * 1000 - now) < forgottenAfter, 'iat is now');
  must(claims.sub === asked.subject, 'sub is the sub of the hint');
  must(claims.nonce === asked.nonce, 'nonce is that of the request');
  must(
    typeof claims.acr === 'string' && asked.acr.includes(claims.acr),
    'acr is one value of those asked for',
  );
  must(Array.isArray(claims.amr) && claims.amr.length === 1, 'amr is a list of one value');
  const [amr] = Array.isArray(claims.amr) ? (claims.amr as string[]) : [];
  must(amr !== undefined && asked.amr.includes(amr), 'amr is one of those asked for');
  const kind = inherence.includes(amr ?? '')
    ? 'inherence'
    : possession.includes(amr ?? '')
      ? 'possession'
      : 'none';
  must(kind !== 'none' && kind !== asked.firstFactor, 'it is of another type than the first factor');
  must(String(claims.acr).includes(kind), 'acr and amr belong together');
  return { faults, claims };
}
