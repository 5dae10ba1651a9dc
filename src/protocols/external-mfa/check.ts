import { createPublicKey, X509Certificate } from 'node:crypto';
import { metadata } from './discovery.ts';

export type CheckName =
  | 'https'
  | 'discovery'
  | 'length'
  | 'issuer'
  | 'metadata'
  | 'keys'
  | 'x5c'
  | 'authorize';

export interface Check {
  readonly name: CheckName;
  readonly holds: boolean;
  /** what was seen instead, for the administrator */
  readonly seen?: string;
}

const local = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\])/;
const patience = 10_000;

/** Looks at Genkan as Microsoft Entra will, through whatever stands between. */
export async function checkFromOutside(url: string, ask: typeof fetch): Promise<readonly Check[]> {
  const issuer = `${url}/external-mfa`;
  const expected = metadata(issuer);
  const checks: Check[] = [];
  const add = (name: CheckName, holds: boolean, seen?: string): void =>
    void checks.push({ name, holds, ...(holds || seen === undefined ? {} : { seen }) });
  const { protocol, hostname } = new URL(url);
  add('https', protocol === 'https:' && !local.test(hostname), url);

  const found = await look(ask, `${issuer}/.well-known/openid-configuration`);
  add('discovery', found.status === 200, found.seen);
  add('length', found.hasLength, 'Content-Length');
  const told = found.json as Partial<typeof expected>;
  add('issuer', told.issuer === issuer, told.issuer);
  add(
    'metadata',
    told.authorization_endpoint === expected.authorization_endpoint &&
      told.jwks_uri === expected.jwks_uri &&
      JSON.stringify(told.response_types_supported) === JSON.stringify(expected.response_types_supported),
    told.authorization_endpoint,
  );
  const published = await look(ask, expected.jwks_uri);
  add('keys', published.status === 200 && published.hasLength, published.seen);
  const { keys = [] } = published.json as { keys?: readonly { kid?: string; x5c?: readonly string[] }[] };
  add('x5c', keys.length > 0 && keys.every(isCertified), keys.map(({ kid }) => kid).join(' '));
  // An empty form is refused by a page of ours: whatever else answers is something in between.
  const posted = await look(ask, expected.authorization_endpoint, new URLSearchParams());
  add('authorize', posted.status === 400, posted.seen);
  return checks;
}

function isCertified(key: { readonly x5c?: readonly string[] }): boolean {
  const [certificate] = key.x5c ?? [];
  if (!certificate) return false;
  return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey.equals(
    createPublicKey({ key, format: 'jwk' }),
  );
}

interface Looked {
  readonly status: number;
  readonly hasLength: boolean;
  readonly json: unknown;
  readonly seen: string;
}

async function look(ask: typeof fetch, address: string, form?: URLSearchParams): Promise<Looked> {
  try {
    const response = await ask(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
      headers: { 'Accept-Encoding': 'identity' },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      hasLength: Number(response.headers.get('content-length') ?? -1) === bytes.length,
      json: isJson ? JSON.parse(bytes.toString('utf8')) : {},
      seen: `${address}: ${response.status}`,
    };
  } catch (error) {
    const why = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    return { status: 0, hasLength: false, json: {}, seen: `${address}: ${why}` };
  }
}
