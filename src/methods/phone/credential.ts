import { canBeTexted, maskPhoneNumber } from '../../gateways/index.ts';
import type { CredentialId } from '../../kit/ids.ts';
import type { Credential } from '../method.ts';
import type { Phone, PhoneWay } from './store.ts';

/** A phone as pages list it. A person has one of each kind, so the kind is its id. */
export function credentialOf(phone: Phone): Credential {
  return {
    id: phone.kind as string as CredentialId,
    method: 'phone',
    kind: phone.kind,
    detail: phone.extension ? `${maskPhoneNumber(phone.number)} (X)` : maskPhoneNumber(phone.number),
    createdAt: phone.createdAt,
    lastUsedAt: phone.lastUsedAt,
    ...(phone.importedFrom === undefined ? {} : { imported: true }),
    ways: waysOf(phone),
  };
}

/** The way that was chosen first. Only a mobile phone that is registered as such is texted. */
export function waysOf(phone: Phone): readonly PhoneWay[] {
  if (phone.kind !== 'mobile' || !canBeTexted(phone.number)) return ['call'];
  return phone.way === 'text' ? ['text', 'call'] : ['call', 'text'];
}
