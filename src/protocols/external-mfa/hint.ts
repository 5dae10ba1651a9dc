import { compactVerify, decodeJwt, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import { type Instant, minutes } from '../../kit/clock.ts';
import { issuerOf } from './clouds.ts';
import type { EntraKeys } from './entra-keys.ts';
import type { Refusal } from './refusal.ts';
import type { Tenant } from './tenants.ts';

/** What Entra says of the person who proved one thing to it, and shall prove another to us. */
export interface Hint {
  readonly tenant: string;
  /** `oid`: with the tenant, it names the account for ever */
  readonly object: string;
  /** `sub`, to be given back as it is */
  readonly subject: string;
  /** `preferred_username`: for finding whose account it is, once */
  readonly name: string | undefined;
}

export type ReadHint =
  | { readonly ok: true; readonly hint: Hint; readonly tenant: Tenant }
  | { readonly ok: false; readonly refusal: Refusal };

const guid = z.guid().transform(text => text.toLowerCase());
const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  tid: guid,
  oid: guid,
  sub: z.string().min(1).max(512),
  iat: z.number().int().positive(),
  preferred_username: z.string().max(512).optional(),
});

/**
 * A hint is issued as expired, so that it is good for nothing else; `exp` says nothing here, and its age
 * does. No attempt at Entra lives as long as this.
 */
export const believedFor = minutes(10);
const skew = minutes(5);

const refused = (refusal: Refusal): ReadHint => ({ ok: false, refusal });

export async function readHint(
  token: string,
  deps: { keys: EntraKeys; tenant(id: string): Promise<Tenant | undefined>; now: Instant },
): Promise<ReadHint> {
  const said = unverified(token);
  if (!said) return refused('hint-malformed');
  const tenant = await deps.tenant(said.tid);
  if (!tenant?.enabled) return refused('unknown-tenant');
  const found = await deps.keys.find(tenant.authority, tenant.id, said.kid);
  if (!found.found) return refused(found.because === 'unknown' ? 'hint-not-signed' : 'keys-unavailable');
  const payload = await verified(token, found.key);
  if (!payload) return refused('hint-not-signed');
  const read = claims.safeParse(payload);
  if (!read.success) return refused('hint-malformed');
  const { iss, aud, tid, oid, sub, iat, preferred_username } = read.data;
  if (iss !== issuerOf(tenant.authority, tenant.id) || tid !== tenant.id || aud !== tenant.audience)
    return refused('hint-for-another');
  const issuedAt = iat * 1000;
  if (issuedAt < deps.now - believedFor || issuedAt > deps.now + skew) return refused('hint-too-old');
  return { ok: true, tenant, hint: { tenant: tid, object: oid, subject: sub, name: preferred_username } };
}

/** Which tenant and key it claims: enough to look them up, and believed in nothing. */
function unverified(token: string): { tid: string; kid: string } | undefined {
  try {
    const read = z
      .object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) })
      .safeParse(decodeProtectedHeader(token));
    const tid = guid.safeParse(decodeJwt(token).tid);
    return read.success && tid.success ? { tid: tid.data, kid: read.data.kid } : undefined;
  } catch (error) {
    if (error instanceof TypeError || error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

async function verified(token: string, key: Parameters<typeof compactVerify>[1]): Promise<unknown> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: ['RS256'] });
    return JSON.parse(new TextDecoder().decode(payload));
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
