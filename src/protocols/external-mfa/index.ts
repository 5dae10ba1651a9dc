import type { FastifyPluginAsync } from 'fastify';
import type { Audit } from '../../audit/index.ts';
import type { Pages } from '../../http/pages.ts';
import { type Clock, seconds } from '../../kit/clock.ts';
import { remembering } from '../../kit/remembering.ts';
import type { Storage } from '../../storage/index.ts';
import type { ProofDoor } from './door.ts';
import { openEntraKeys } from './entra-keys.ts';
import { ensureEntraKeys, openSigner } from './keys.ts';
import { removeExpired } from './requests.ts';
import { externalMfaRoutes } from './routes.ts';
import { listTenants } from './tenants.ts';

export { type Account, bind, objectOf, ownerOf, unbind } from './accounts.ts';
export { type Check, checkFromOutside } from './check.ts';
export { type Cloud, clouds, isAuthority, redirectUriOf } from './clouds.ts';
export { metadata } from './discovery.ts';
export type { ProofDoor, ProofWish, Proved } from './door.ts';
export { type Carried, carryOutEntra } from './import/carry-out.ts';
export { type EntraPlan, type ImportTrouble, planEntra } from './import/plan.ts';
export { type Entry, readExport } from './import/read.ts';
export { listEntraKeys, rotateEntraKeys, withdrawEntraKey } from './keys.ts';
export { type Readiness, readinessOf, type Todo } from './readiness.ts';
export { findTenant, listTenants, removeTenant, saveTenant, type Tenant } from './tenants.ts';

export interface ExternalMfa {
  /** everything under `/external-mfa/` */
  readonly routes: FastifyPluginAsync;
  /** Takes out what is over. */
  sweep(): Promise<void>;
}

/** Genkan as Microsoft Entra's External MFA method. The issuer is `url` + `/external-mfa`. */
export async function openExternalMfa(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  /** scheme, host and port, as people type it */
  url: string;
  door: ProofDoor;
  pages: Pages;
  onError(error: unknown): void;
}): Promise<ExternalMfa> {
  const { storage, audit, clock } = deps;
  await ensureEntraKeys({ storage, audit, clock });
  const tenants = remembering(() => listTenants(storage.db), { clock, life: seconds(1) });
  return {
    routes: externalMfaRoutes({
      ...deps,
      issuer: `${deps.url}/external-mfa`,
      signer: openSigner({ storage, clock }),
      keys: openEntraKeys({ clock, fetch: globalThis.fetch, onError: deps.onError }),
      tenants,
    }),
    sweep: () => removeExpired(storage.db, clock.now()),
  };
}
