export { type Acr, type Assurance, acrValues, assurance, isAcr, satisfiesAcr } from './assurance.ts';
export { compilePolicies, type Policies } from './compile.ts';
export type { ConditionName, ConditionResult, Why } from './conditions.ts';
export { decide } from './decide.ts';
export type { BlockReason, Decision, Fault, ReportOnly, SessionControls } from './decision.ts';
export type { Missing } from './demands.ts';
export { type Evidence, type Factor, kindsOf, type MethodId, type Offer, type Trait } from './evidence.ts';
export { type Explanation, explain, type RequirementExplanation } from './explain.ts';
export { compileLocations, type NamedLocation, namedLocationSchema, type Places } from './named-location.ts';
export {
  type ClientType,
  clientTypeOf,
  clientTypes,
  type Policy,
  type PolicyRef,
  type PolicyState,
  policySchema,
  policyStates,
} from './policy.ts';
export { counts, type LeadTo } from './proof.ts';
export { type AccessRequest, registrableByDefault } from './request.ts';
export {
  builtInStrengths,
  type Combination,
  combinations,
  multiFactorId,
  passwordlessId,
  phishingResistantId,
  type Strength,
  strengthSchema,
} from './strengths.ts';
export { campusSkip, multiFactorEverywhere, type Named, securityInfoOffCampus } from './templates.ts';
export { type PolicyWarning, warningsOf } from './warnings.ts';
