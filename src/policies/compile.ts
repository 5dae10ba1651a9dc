import { days, hours, minutes } from '../kit/clock.ts';
import { isId, type PolicyId } from '../kit/ids.ts';
import { type Condition, compileConditions } from './conditions.ts';
import { type Limits, noLimits } from './freshness.ts';
import { compileLocations, type Places } from './named-location.ts';
import { type Policy, type PolicyRef, type PolicyState, policySchema, policyStates } from './policy.ts';
import { builtInStrengths, multiFactorId, type Strength, strengthSchema } from './strengths.ts';

/** What a policy asks for. A policy that we cannot understand blocks, and says what is wrong with it. */
export type Requirement =
  | { readonly kind: 'none' }
  | { readonly kind: 'strength'; readonly strength: Strength }
  | { readonly kind: 'block'; readonly fault: string | undefined };

/** What a policy says about the session that it lets begin. */
export interface SessionRules {
  readonly limits: Limits;
  readonly persistentBrowser: 'always' | 'never' | undefined;
}

export interface CompiledPolicy {
  readonly ref: PolicyRef;
  readonly state: PolicyState;
  readonly conditions: readonly Condition[];
  readonly requirement: Requirement;
  readonly session: SessionRules;
}

/** Policies, locations and strengths, prepared once for many decisions. */
export interface Policies {
  readonly all: readonly CompiledPolicy[];
  readonly places: Places;
  strength(id: string): Strength | undefined;
}

/** "Every time" forgives five minutes, as Entra does. */
const everyTime = minutes(5);

function limitsOf(frequency: NonNullable<Policy['sessionControls']>['signInFrequency']): Limits {
  if (!frequency?.isEnabled) return noLimits;
  const limit =
    frequency.frequencyInterval === 'everyTime'
      ? everyTime
      : frequency.type === 'days'
        ? days(frequency.value)
        : hours(frequency.value);
  return frequency.authenticationType === 'secondaryAuthentication'
    ? { any: undefined, second: limit }
    : { any: limit, second: undefined };
}

function requirementOf(grant: Policy['grantControls'], strength: Policies['strength']): Requirement {
  if (grant === null) return { kind: 'none' };
  if (grant.builtInControls.includes('block')) return { kind: 'block', fault: undefined };
  const id = grant.authenticationStrength?.id ?? multiFactorId;
  const asked = strength(id);
  return asked === undefined
    ? { kind: 'block', fault: `unknown-strength ${id}` }
    : { kind: 'strength', strength: asked };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Stands for a policy that cannot be read: it applies to everybody and blocks, unless it says that it is not on. */
function unreadable(policy: unknown, fault: string): CompiledPolicy {
  const { id, displayName, state }: { id?: unknown; displayName?: unknown; state?: unknown } =
    typeof policy === 'object' && policy !== null ? policy : {};
  return {
    ref: { id: (isId(text(id)) ? text(id) : '') as PolicyId, displayName: text(displayName) },
    state: policyStates.find(known => known === state) ?? 'enabled',
    conditions: [],
    requirement: { kind: 'block', fault },
    session: { limits: noLimits, persistentBrowser: undefined },
  };
}

/**
 * Prepares policies as they come from the database; their shapes are checked here, once. What cannot be read fails
 * closed: such a policy blocks, such a location contains nobody, such a strength is not there.
 */
export function compilePolicies(
  policies: readonly unknown[],
  locations: readonly unknown[] = [],
  customStrengths: readonly unknown[] = [],
): Policies {
  const places = compileLocations(locations);
  const custom = customStrengths.flatMap(s => {
    const parsed = strengthSchema.safeParse(s);
    return parsed.success ? [parsed.data] : [];
  });
  const byId = new Map([...custom, ...builtInStrengths].map(s => [s.id, s]));
  const strength = (id: string) => byId.get(id);
  const all = policies.map((policy): CompiledPolicy => {
    const parsed = policySchema.safeParse(policy);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return unreadable(policy, `malformed ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
    }
    const { id, displayName, state, conditions, grantControls, sessionControls } = parsed.data;
    const browser = sessionControls?.persistentBrowser;
    return {
      ref: { id, displayName },
      state,
      conditions: compileConditions(conditions, places),
      requirement: requirementOf(grantControls, strength),
      session: {
        limits: limitsOf(sessionControls?.signInFrequency),
        persistentBrowser: browser?.isEnabled ? browser.mode : undefined,
      },
    };
  });
  return { all, places, strength };
}
