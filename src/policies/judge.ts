import type { CompiledPolicy, Policies } from './compile.ts';
import type { ConditionResult } from './conditions.ts';
import type { AccessRequest } from './request.ts';

/** What one policy says to one request. */
export interface Judgement {
  readonly policy: CompiledPolicy;
  readonly applies: boolean;
  readonly conditions: readonly ConditionResult[];
  /** what went wrong; the policy then applies and blocks */
  readonly fault: string | undefined;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function judgeOne(policy: CompiledPolicy, request: AccessRequest): Judgement {
  const wrong = policy.requirement.kind === 'block' ? policy.requirement.fault : undefined;
  try {
    const conditions = policy.conditions.map(condition => condition(request));
    const applies = conditions.every(({ matched }) => matched);
    return { policy, applies, conditions, fault: applies ? wrong : undefined };
  } catch (error) {
    return { policy, applies: true, conditions: [], fault: messageOf(error) };
  }
}

/** The one loop over the policies, for deciding and for explaining. */
export const judge = (policies: Policies, request: AccessRequest): readonly Judgement[] =>
  policies.all.map(policy => judgeOne(policy, request));

export const blocks = ({ policy, applies, fault }: Judgement): boolean =>
  applies && (fault !== undefined || policy.requirement.kind === 'block');
