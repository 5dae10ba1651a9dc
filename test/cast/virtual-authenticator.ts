import type { CDPSession } from 'playwright-core';
import type { Person } from './chromium.ts';

/** A device with a fingerprint reader, inside this person's browser (WebAuthn L3 §11). */
export interface VirtualAuthenticator {
  /** whose finger it is */
  recognises(whether: boolean): Promise<void>;
  /** whether it answers at once, or only when it is touched */
  isTouched(whether: boolean): Promise<void>;
  count(): Promise<number>;
  /** Sets the counter of its keys, as a copy would have it that was used less. */
  countsFrom(n: number): Promise<void>;
}

/** @param transport whether it is built in, or a key that is plugged in */
export async function virtualAuthenticator(
  who: Person,
  transport: 'internal' | 'usb' = 'internal',
): Promise<VirtualAuthenticator> {
  const session: CDPSession = await who.page.context().newCDPSession(who.page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const credentials = async () =>
    (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return {
    async recognises(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async isTouched(enabled) {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    count: async () => (await credentials()).length,
    async countsFrom(signCount) {
      for (const credential of await credentials()) {
        const { credentialId } = credential;
        await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
        await session.send('WebAuthn.addCredential', {
          authenticatorId,
          credential: { ...credential, signCount },
        });
      }
    },
  };
}
