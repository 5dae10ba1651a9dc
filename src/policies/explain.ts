import type { Instant } from '../kit/clock.ts';
import type { Policies } from './compile.ts';
import type { ConditionResult } from './conditions.ts';
import { isMet } from './decide.ts';
import type { Evidence, Offer } from './evidence.ts';
import { blocks, judge } from './judge.ts';
import type { PolicyRef, PolicyState } from './policy.ts';
import type { AccessRequest } from './request.ts';
import { situationOf } from './situation.ts';

/** What one policy asks for, as data. Ages in ms. */
export type RequirementExplanation =
  | { readonly kind: 'none' | 'block' }
  | { readonly kind: 'strength'; readonly id: string; readonly displayName: string };

/** One policy's row: whether it applies and why, what it asks for, and whether that was shown. */
export interface Explanation {
  readonly policy: PolicyRef;
  readonly state: PolicyState;
  readonly applies: boolean;
  readonly conditions: readonly ConditionResult[];
  readonly requirement: RequirementExplanation;
  readonly maxAge: number | undefined;
  readonly secondFactorMaxAge: number | undefined;
  readonly persistentBrowser: 'always' | 'never' | undefined;
  /** undefined: it does not apply */
  readonly met: boolean | undefined;
  readonly fault: string | undefined;
}

/**
 * Every policy, in order, also those that are off or in report-only, as `decide` sees them for the same arguments.
 * May throw where `decide` blocks: evidence or offers that have not their shape.
 */
export function explain(
  policies: Policies,
  request: AccessRequest,
  evidence: readonly Evidence[],
  offers: readonly Offer[],
  now: Instant,
): readonly Explanation[] {
  const situation = situationOf(request, evidence, offers, now);
  return judge(policies, request).map((judgement): Explanation => {
    const { policy, applies, conditions, fault } = judgement;
    const { requirement, session } = policy;
    return {
      policy: policy.ref,
      state: policy.state,
      applies,
      conditions,
      requirement:
        requirement.kind === 'strength'
          ? { kind: 'strength', id: requirement.strength.id, displayName: requirement.strength.displayName }
          : { kind: requirement.kind },
      maxAge: session.limits.any,
      secondFactorMaxAge: session.limits.second,
      persistentBrowser: session.persistentBrowser,
      met: applies ? !blocks(judgement) && isMet(judgement, situation) : undefined,
      fault,
    };
  });
}
