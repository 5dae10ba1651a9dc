import type { Instant } from '../kit/clock.ts';

export type MethodId =
  | 'password'
  | 'phone'
  | 'totp'
  | 'hardware-token'
  | 'authenticator'
  | 'passkey'
  | 'recovery-code'
  | 'temporary-access-pass'
  | 'app-password'
  /** the first proof, shown to whoever sent the person here; it exists within one attempt only */
  | 'federated';

export type Factor = 'knowledge' | 'possession' | 'inherence';
export type Trait = 'phishing-resistant' | 'user-verified' | 'phone-network' | 'single-use-pass';

/** What one successful method showed, and when. Policies look at this and at nothing else. */
export interface Evidence {
  readonly method: MethodId;
  readonly factors: readonly Factor[];
  readonly traits: readonly Trait[];
  /** RFC 8176 values */
  readonly amr: readonly string[];
  readonly at: Instant;
  /** when it stops counting, and with it what was begun on it: a pass of the office */
  readonly until?: Instant;
}

/** The best that a method can show. */
export type Offer = Omit<Evidence, 'at' | 'until'>;

const factors: readonly unknown[] = ['knowledge', 'possession', 'inherence'] satisfies Factor[];

/**
 * How many different kinds of factor were shown; two secrets are one kind. Evidence comes back from the database as
 * JSON: a factor that we do not know is no kind.
 */
export const kindsOf = (evidence: readonly Pick<Evidence, 'factors'>[]): ReadonlySet<Factor> =>
  new Set(evidence.flatMap(e => e.factors).filter(factor => factors.includes(factor)));
