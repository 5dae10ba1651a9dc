import { kindsOf, type Offer } from './evidence.ts';

/** What the evidence is for; some of it counts in one place only. */
export interface Purpose {
  /** to change security information, rather than to enter an application */
  readonly registering: boolean;
  /** by a program that cannot show pages: an old mail program, RADIUS, LDAP */
  readonly pageless: boolean;
  /** where the organisation lets recovery codes lead */
  readonly recoveryCodes: LeadTo;
}

/** To a new method only, or into applications as well. */
export type LeadTo = 'security-info' | 'applications';

/**
 * Whether a method counts for a purpose at all. A recovery code leads to a new method, and into applications only where
 * the organisation says so; an app password is for the programs for which it was made.
 */
export function counts({ method }: Offer, purpose: Purpose): boolean {
  if (method === 'recovery-code') return purpose.registering || purpose.recoveryCodes === 'applications';
  if (method === 'app-password') return purpose.pageless;
  return true;
}

/** An app password is a password that a program keeps: never a kind of its own beside the person's. */
const kindsShown = (shown: readonly Offer[]): number =>
  kindsOf(shown.filter(({ method }) => method !== 'app-password')).size;

/** Two kinds by itself: a passkey with its PIN, an authenticator that asked for the fingerprint. */
export const isTwoInOne = (offer: Offer): boolean =>
  offer.method !== 'recovery-code' && offer.method !== 'temporary-access-pass' && kindsShown([offer]) >= 2;

/** Whether a method can be the first thing that a stranger shows. A text message is never sent to a mere name. */
export function isFirstFactor(offer: Offer): boolean {
  if (offer.method === 'recovery-code') return false;
  return (
    offer.method === 'app-password' ||
    offer.method === 'temporary-access-pass' ||
    offer.factors.includes('knowledge') ||
    isTwoInOne(offer)
  );
}

/** What sign-in frequency calls the secondary authentication: everything except a secret that one knows. */
export const isSecondary = (offer: Offer): boolean =>
  offer.method === 'recovery-code' ||
  offer.method === 'temporary-access-pass' ||
  offer.factors.some(factor => factor !== 'knowledge');

/** Two different kinds of factor were shown. Two secrets are one kind. */
export const isMultiFactor = (shown: readonly Offer[]): boolean => kindsShown(shown) >= 2;

/**
 * What a policy accepts as MFA: two kinds; or a temporary access pass, for which the office has looked at the person
 * (as Entra). Claims to applications are stricter: see assurance.ts.
 */
export const passesAsMultiFactor = (shown: readonly Offer[]): boolean =>
  isMultiFactor(shown) || shown.some(({ method }) => method === 'temporary-access-pass');

/** A single proof of two kinds that cannot be relayed through another site (SR-S03). */
export const isPhishingResistant = (shown: readonly Offer[]): boolean =>
  shown.some(offer => offer.traits.includes('phishing-resistant') && isTwoInOne(offer));
