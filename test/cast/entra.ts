import type { ApplicationId } from '../../src/kit/ids.ts';
import { saveTenant } from '../../src/protocols/external-mfa/index.ts';
import { type Entra, type EntraTenant, openEntra } from '../peers/entra/entra.ts';
import type { House } from './house.ts';
import type { Visitor } from './visitor.ts';

/** Opens a stand-in for Microsoft Entra that looks at this house. */
export const entraFor = (house: House): Promise<Entra> =>
  openEntra({
    discoveryUrl: `${house.url}/external-mfa/.well-known/openid-configuration`,
    now: () => house.clock.now(),
  });

/** A tenant that the house knows. */
export async function tenantOf(
  house: House,
  entra: Entra,
  application = 'microsoft-365',
): Promise<EntraTenant> {
  const tenant = entra.tenant();
  const { id, appId, clientId } = tenant;
  await house.foundation.storage.tx(tx =>
    saveTenant(tx, {
      id,
      displayName: 'Microsoft 365',
      enabled: true,
      createdAt: house.clock.now(),
      authority: entra.authority,
      appId,
      clientId,
      audience: clientId,
      application: application as ApplicationId,
    }),
  );
  house.clock.pass(1_001);
  return tenant;
}

/** From Microsoft's page to the first question of ours. */
export async function arrive(
  visitor: Visitor,
  entra: Entra,
  user: Parameters<Entra['signInOf']>[0],
): Promise<void> {
  await visitor.open(entra.signInOf(user));
  await visitor.send('/external-mfa/authorize');
  await visitor.moveOn();
}

/** From the page that says that all was proved back to Microsoft. */
export async function goBack(visitor: Visitor): Promise<void> {
  await visitor.moveOn();
  await visitor.send('/externalauthprovider');
}
