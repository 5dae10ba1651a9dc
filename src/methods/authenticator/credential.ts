import type { Instant } from '../../kit/clock.ts';
import type { Evidence, Offer } from '../../policies/evidence.ts';
import type { Credential } from '../method.ts';
import type { Device } from './devices.ts';

export type Way = 'push' | 'code';

/** A device as pages list it. */
export const credentialOf = ({
  id,
  name,
  createdAt,
  lastUsedAt,
}: Pick<Device, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>): Credential => ({
  id,
  method: 'authenticator',
  kind: 'authenticator',
  detail: name,
  createdAt,
  lastUsedAt,
  ways: ['push', 'code'],
});

/**
 * RFC 8176: `swk`, a key that cannot be exported and that software keeps; we cannot know of better. Not
 * `user`: nobody checked whose hand holds the device. It can be relayed through another site, as numbers can.
 */
const amrOf: Readonly<Record<Way, readonly string[]>> = { push: ['swk'], code: ['otp'] };

export const offer: Omit<Offer, 'method'> = {
  factors: ['possession'],
  traits: [],
  amr: [...amrOf.push, ...amrOf.code],
};

export const evidenceOf = (way: Way, at: Instant): Evidence => ({
  method: 'authenticator',
  factors: ['possession'],
  traits: [],
  amr: amrOf[way],
  at,
});
