import { isAcr, satisfiesAcr } from './assurance.ts';
import type { CompiledPolicy, Policies } from './compile.ts';
import type { Evidence } from './evidence.ts';
import { isFirstFactor } from './proof.ts';
import type { AccessRequest } from './request.ts';
import { hasStrength, type Strength } from './strengths.ts';

/** Something that evidence must amount to. More evidence never makes a met demand unmet. */
export type Demand =
  | { readonly kind: 'first-factor' }
  /** `strength` is undefined when nobody knows the id: such a demand is never met */
  | { readonly kind: 'strength'; readonly id: string; readonly strength: Strength | undefined }
  | { readonly kind: 'acr'; readonly acr: readonly string[] };

export const firstFactor: Demand = { kind: 'first-factor' };

export const demandOf = (strength: Strength): Demand => ({ kind: 'strength', id: strength.id, strength });

/** Whether evidence, already filtered by purpose and age, meets a demand. */
export function meets(shown: readonly Evidence[], demand: Demand): boolean {
  switch (demand.kind) {
    case 'first-factor':
      return shown.some(isFirstFactor);
    case 'strength':
      return demand.strength !== undefined && hasStrength(demand.strength, shown);
    case 'acr':
      return demand.acr.some(acr => satisfiesAcr(acr, shown));
    default:
      return demand satisfies never;
  }
}

export const meetsAll = (shown: readonly Evidence[], demands: readonly Demand[]): boolean =>
  demands.every(demand => meets(shown, demand));

/** Whether there is any evidence at all that could meet it. */
export const isPossible = (demand: Demand): boolean =>
  demand.kind === 'acr'
    ? demand.acr.some(isAcr)
    : demand.kind !== 'strength' || demand.strength !== undefined;

/** What policies demand together; that somebody is there at all is demanded always. */
export const demandsOf = (policies: readonly CompiledPolicy[]): readonly Demand[] => {
  const strengths = policies.flatMap(({ requirement }) =>
    requirement.kind === 'strength' ? [requirement.strength] : [],
  );
  return [firstFactor, ...[...new Set(strengths)].map(demandOf)];
};

/** What the application demands. */
export const demandsOfApplication = (
  { demanded: { acr, strength } = {} }: AccessRequest,
  policies: Policies,
): readonly Demand[] => [
  ...(acr === undefined ? [] : [{ kind: 'acr', acr } as const]),
  ...(strength === undefined
    ? []
    : [{ kind: 'strength', id: strength, strength: policies.strength(strength) } as const]),
];

/** A demand that is not met, as data. */
export type Missing = {
  /** it was shown once, and is too old */
  readonly stale: boolean;
} & (
  | { readonly kind: 'first-factor' }
  | { readonly kind: 'strength'; readonly strength: string }
  | { readonly kind: 'acr'; readonly acr: readonly string[] }
);

/** The demands that `shown` does not meet; `everShown` tells whether age is the reason. */
export const missingFrom = (
  demands: readonly Demand[],
  shown: readonly Evidence[],
  everShown: readonly Evidence[],
): readonly Missing[] =>
  demands
    .filter(demand => !meets(shown, demand))
    .map(demand => {
      const stale = meets(everShown, demand);
      return demand.kind === 'strength'
        ? { kind: 'strength', strength: demand.id, stale }
        : { ...demand, stale };
    });
