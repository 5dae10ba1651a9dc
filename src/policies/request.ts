import type { Address } from '../http/address.ts';
import type { Instant } from '../kit/clock.ts';
import type { ApplicationId, GroupId, UserId } from '../kit/ids.ts';
import type { Offer } from './evidence.ts';
import type { ClientType } from './policy.ts';
import type { LeadTo, Purpose } from './proof.ts';

/** Who wants what, from where, with what. */
export interface AccessRequest {
  readonly user: {
    readonly id: UserId;
    readonly groups: readonly GroupId[];
    readonly roles: readonly string[];
  };
  readonly target:
    | { readonly application: ApplicationId }
    | { readonly userAction: 'register-security-info' };
  /** undefined: unknown. Every condition on locations then holds. */
  readonly address: Address | undefined;
  readonly clientType: ClientType;
  /** what the application itself asks for; it gets that or `unmet`, wherever the person is */
  readonly demanded?: {
    /** any of these: essential `acr` values, RequestedAuthnContext. Stronger is enough */
    readonly acr?: readonly string[];
    /** the id of an authentication strength */
    readonly strength?: string;
    /** ms: older evidence does not count. 0: all of it anew */
    readonly maxAge?: number;
  };
  /** when this attempt began: what was shown since then is never too old */
  readonly since?: Instant;
  /** where a recovery code leads; absent: to a new method, and into no application */
  readonly recoveryCodes?: LeadTo;
  /** what this person may register; absent: every method that people can register themselves */
  readonly registrable?: readonly Offer[];
}

/** What evidence is needed for; see proof.ts. */
export const purposeOf = ({
  target,
  clientType,
  recoveryCodes = 'security-info',
}: AccessRequest): Purpose => ({
  registering: 'userAction' in target,
  recoveryCodes,
  pageless: clientType === 'other' || clientType === 'exchangeActiveSync',
});

/** The best that each method shows which people can register themselves. */
export const registrableByDefault: readonly Offer[] = [
  {
    method: 'passkey',
    factors: ['possession', 'inherence'],
    traits: ['phishing-resistant', 'user-verified'],
    amr: ['hwk', 'user'],
  },
  { method: 'authenticator', factors: ['possession'], traits: [], amr: ['swk', 'otp'] },
  { method: 'hardware-token', factors: ['possession'], traits: [], amr: ['otp'] },
  { method: 'totp', factors: ['possession'], traits: [], amr: ['otp'] },
  { method: 'phone', factors: ['possession'], traits: ['phone-network'], amr: ['sms', 'tel'] },
];
