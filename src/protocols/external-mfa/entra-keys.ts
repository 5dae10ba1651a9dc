import { importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { type Clock, days, type Instant, minutes } from '../../kit/clock.ts';
import { issuerOf, metadataOf } from './clouds.ts';

/** A key with which Entra signs what it tells us. */
export type EntraKey = Awaited<ReturnType<typeof importJWK>>;

export type FoundKey =
  | { readonly found: true; readonly key: EntraKey }
  /** fetched just now, and not there */
  | { readonly found: false; readonly because: 'unknown' | 'unavailable' };

export interface EntraKeys {
  /** @param tenant a key may be one tenant's only */
  find(authority: string, tenant: string, kid: string): Promise<FoundKey>;
}

/** Microsoft publishes no plan of its rotations: keys are read anew each day, and when one is not known. */
const freshFor = days(1);
/** When they cannot be read anew, what was read is believed this long, and then nothing is. */
const believedFor = days(2);
/** Whoever shows unknown keys makes us ask no more often. */
const pause = minutes(1);

const metadata = z.object({ jwks_uri: z.url() });
const jwk = z.object({
  kid: z.string().max(200),
  kty: z.literal('RSA'),
  n: z.string().max(2_000),
  e: z.string().max(20),
  use: z.literal('sig').optional(),
  issuer: z.string().max(300).optional(),
});
const keySet = z.object({ keys: z.array(z.unknown()).max(100) });

interface Published {
  readonly keys: ReadonlyMap<string, z.output<typeof jwk>>;
  readonly at: Instant;
}

/** The keys that Entra publishes, kept for as long as they may be. Fails closed. */
export function openEntraKeys(deps: {
  clock: Clock;
  fetch: typeof fetch;
  onError(error: unknown): void;
}): EntraKeys {
  const { clock } = deps;
  const known = new Map<string, Published>();
  const asked = new Map<string, { at: Instant; answer: Promise<void> }>();

  /** One request at a time for each cloud, and a pause between them. */
  function refresh(authority: string): Promise<void> {
    const last = asked.get(authority);
    if (last && last.at + pause > clock.now()) return last.answer;
    const answer = read(authority).then(
      keys => void known.set(authority, { keys, at: clock.now() }),
      deps.onError,
    );
    asked.set(authority, { at: clock.now(), answer });
    return answer;
  }

  async function read(authority: string): Promise<Published['keys']> {
    const { jwks_uri } = metadata.parse(await json(deps.fetch, metadataOf(authority)));
    if (new URL(jwks_uri).origin !== authority) throw new Error(`${authority} names keys of another host`);
    const { keys } = keySet.parse(await json(deps.fetch, jwks_uri));
    const fit = keys.flatMap(key => {
      const read = jwk.safeParse(key);
      return read.success ? [[read.data.kid, read.data] as const] : [];
    });
    if (fit.length === 0) throw new Error(`${authority} publishes no key`);
    return new Map(fit);
  }

  return {
    async find(authority, tenant, kid) {
      const has = (): boolean => known.get(authority)?.keys.has(kid) ?? false;
      const age = (): number => clock.now() - (known.get(authority)?.at ?? 0);
      if (!has() || age() > freshFor) await refresh(authority);
      if (age() > believedFor) return { found: false, because: 'unavailable' };
      const key = known.get(authority)?.keys.get(kid);
      const signsFor = key?.issuer?.replace('{tenantid}', tenant) ?? issuerOf(authority, tenant);
      if (!key || signsFor !== issuerOf(authority, tenant)) return { found: false, because: 'unknown' };
      const { issuer: _, ...plain } = key;
      return { found: true, key: await importJWK(plain as JWK, 'RS256') };
    },
  };
}

const mostBytes = 512 * 1024;
const patience = 5_000;

async function json(ask: typeof fetch, address: string): Promise<unknown> {
  const response = await ask(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
    headers: { Accept: 'application/json' },
  });
  if (!response.ok || !response.body) throw new Error(`${address} answers ${response.status}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error(`${address} sends more than a list of keys`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
