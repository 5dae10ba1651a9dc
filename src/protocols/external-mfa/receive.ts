import type { Audit } from '../../audit/index.ts';
import type { Clock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import { isRedirectUri, redirectUriOf } from './clouds.ts';
import type { EntraKeys } from './entra-keys.ts';
import { believedFor, readHint } from './hint.ts';
import { type Refusal, refusals } from './refusal.ts';
import { readRequest } from './request.ts';
import { keep, type RequestId, spendHint } from './requests.ts';
import type { Tenant } from './tenants.ts';

/** Where Entra hears that there will be no proof. */
export interface Back {
  readonly to: string;
  readonly error: string;
  readonly state: string | undefined;
}

export type Received =
  | { readonly is: 'kept'; readonly id: RequestId }
  | {
      readonly is: 'refused';
      readonly refusal: Refusal;
      /** absent: nobody trustworthy is there to hear it */
      readonly back: Back | undefined;
      readonly clientRequestId: string | undefined;
    };

/**
 * Verifies a request of Entra and keeps it. Nothing here looks at the browser: it comes from another site,
 * without our cookies, and whoever sends it gains nothing but a question for somebody else.
 */
export async function receive(
  given: unknown,
  deps: {
    storage: Storage;
    audit: Audit;
    clock: Clock;
    keys: EntraKeys;
    tenants: () => Promise<readonly Tenant[]>;
  },
): Promise<Received> {
  const { storage, audit, clock } = deps;
  const tenants = await deps.tenants();
  const isOurs = (uri: string): boolean => tenants.some(tenant => redirectUriOf(tenant.authority) === uri);
  const read = readRequest(given, isOurs);
  if (!read.ok) return refused(read.refusal, backOf(given, isOurs, read.refusal), read.clientRequestId);
  const { request } = read;
  const { redirectUri, state, clientRequestId } = request;
  const no = (refusal: Refusal): Received =>
    refused(refusal, backTo(redirectUri, state, refusal), clientRequestId);

  const now = clock.now();
  const found = await readHint(request.hint, {
    keys: deps.keys,
    tenant: async id => tenants.find(tenant => tenant.id === id),
    now,
  });
  if (!found.ok) return no(found.refusal);
  const { hint, tenant } = found;
  if (redirectUri !== redirectUriOf(tenant.authority)) return no('redirect-not-allowed');
  if (request.clientId !== tenant.clientId) return no('unknown-client');

  const id: RequestId = newId(now);
  const isFirst = await storage.tx(async tx => {
    if (!(await spendHint(tx, request.hint, now + 2 * believedFor))) {
      const detail = { tenant: tenant.id, clientRequestId, because: 'hint-replayed' };
      await audit.record(tx, { kind: 'proof.refused', application: tenant.application, detail });
      return false;
    }
    const { hint: _, ...rest } = request;
    await keep(tx, id, { ...rest, ...hint }, now);
    return true;
  });
  return isFirst ? { is: 'kept', id } : no('hint-replayed');
}

const refused = (
  refusal: Refusal,
  back: Back | undefined,
  clientRequestId: string | undefined,
): Received => ({ is: 'refused', refusal, back, clientRequestId });

export function backTo(to: string, state: string | undefined, refusal: Refusal): Back | undefined {
  const { error } = refusals[refusal];
  return error === undefined ? undefined : { to, error, state };
}

/** A request that cannot be read may still say where it came from. */
function backOf(given: unknown, isOurs: (uri: string) => boolean, refusal: Refusal): Back | undefined {
  const { redirect_uri: to, state } = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof to !== 'string' || !(isRedirectUri(to) || isOurs(to))) return undefined;
  return backTo(to, typeof state === 'string' ? state : undefined, refusal);
}
