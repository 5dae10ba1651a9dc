import type { Instant } from '../kit/clock.ts';
import type { Evidence, MethodId, Offer } from './evidence.ts';
import { type Limits, strictest, young } from './freshness.ts';
import { counts, type Purpose } from './proof.ts';
import { type AccessRequest, purposeOf, registrableByDefault } from './request.ts';

/** What one person has shown, and could show, for one request at one moment. */
export interface Situation {
  readonly now: Instant;
  /** everything shown that counts for the purpose, however old */
  readonly everShown: readonly Evidence[];
  /** what counts and is young enough; the application's own max age always holds */
  shown(limits: Limits): readonly Evidence[];
  /** what could be shown now, each as if it had been */
  offers(): readonly Evidence[];
  /** what could be shown after registering it */
  registrable(): readonly Evidence[];
  /** the same person, judged for adding a method: recovery codes count too */
  toRegister(): Situation;
}

const strongestFirst: readonly MethodId[] = [
  'temporary-access-pass',
  'passkey',
  'authenticator',
  'hardware-token',
  'totp',
  'phone',
  'password',
  'app-password',
  'recovery-code',
];

/** The methods of offers, strongest first, each once. */
export const methodsOf = (offers: Iterable<Offer>): readonly MethodId[] => {
  const held = new Set([...offers].map(({ method }) => method));
  return strongestFirst.filter(method => held.has(method));
};

const likeness = ({ method, factors, traits, amr }: Offer): string =>
  [method, factors, traits, amr].map(part => [part].flat().toSorted().join()).join(';');

/** Two phones offer the same: one is enough to think with. */
const distinct = (offers: readonly Offer[], purpose: Purpose, now: Instant): readonly Evidence[] => [
  ...new Map(
    offers.filter(offer => counts(offer, purpose)).map(offer => [likeness(offer), { ...offer, at: now }]),
  ).values(),
];

export function situationOf(
  request: AccessRequest,
  evidence: readonly Evidence[],
  offers: readonly Offer[],
  now: Instant,
  purpose: Purpose = purposeOf(request),
): Situation {
  const everShown = evidence.filter(e => counts(e, purpose));
  const own: Limits = { any: request.demanded?.maxAge, second: undefined };
  return {
    now,
    everShown,
    shown: limits => young(everShown, strictest([limits, own]), now, request.since),
    offers: () => distinct(offers, purpose, now),
    toRegister: () => situationOf(request, evidence, offers, now, { ...purpose, registering: true }),
    registrable: () => distinct(request.registrable ?? registrableByDefault, purpose, now),
  };
}
