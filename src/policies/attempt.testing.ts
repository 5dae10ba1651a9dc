import { compilePolicies } from './compile.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Evidence } from './evidence.ts';
import type { AccessRequest } from './request.ts';
import { campusSkip } from './templates.ts';
import { applications, cast, locations, now, policyId, shown } from './testing.ts';

export type Person = keyof typeof cast;

/** Who comes from where, for what, with what. */
export interface Attempt {
  readonly who: Person;
  readonly where: AccessRequest['address'];
  readonly target?: AccessRequest['target'];
  readonly shown?: readonly Evidence[];
  readonly more?: Partial<AccessRequest>;
}

/** What somebody would do at their security information. */
export const registering = { userAction: 'register-security-info' } as const;

/** What is decided of one who comes. */
export function attempt(
  policies: readonly unknown[],
  { who, where, target, shown: evidence, more }: Attempt,
): Decision {
  const request: AccessRequest = {
    user: cast[who].user,
    target: target ?? { application: applications.mail },
    address: where,
    clientType: 'browser',
    ...more,
  };
  return decide(compilePolicies(policies, locations), request, evidence ?? [], cast[who].has, now);
}

/** A decision in a few words: `ask phone totp`, `grant`, `block policy`. */
export function inShort(decision: Decision): string {
  switch (decision.outcome) {
    case 'grant':
    case 'unmet':
      return decision.outcome;
    case 'block':
      return `block ${decision.reason}`;
    default:
      return `${decision.outcome} ${decision.methods.join(' ')}`;
  }
}

export const password = [shown('password')];
export const skip = campusSkip({ id: policyId(1), displayName: 'Campus skip', state: 'enabled' });
export const named = (n: number, state: 'enabled' | 'enabledForReportingButNotEnforced' | 'disabled') => ({
  id: policyId(n),
  displayName: `Policy ${n}`,
  state,
});
