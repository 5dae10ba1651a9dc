import type { Instant } from '../../kit/clock.ts';
import { seconds } from '../../kit/clock.ts';
import type { Evidence } from '../../policies/evidence.ts';
import { assurance, isAcr, satisfiesAcr } from '../../policies/index.ts';
import type { OidcApplication } from './application.ts';
import type { Demand } from './door.ts';

/** The parameters of an authorization request that say how much proof is wanted. */
export interface Asked {
  readonly acr_values?: string | undefined;
  readonly max_age?: string | number | undefined;
  readonly prompt?: string | undefined;
  readonly claims?: string | undefined;
}

interface AcrClaim {
  readonly essential?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
}

/**
 * An application that asks for an acr gets it or an error, whichever way it asks; that is stricter
 * than OpenID Connect Core §5.5.1.1 for `acr_values`. Values that nobody here knows are passed over
 * when they are voluntary, and can never be reached when they are essential.
 *
 * @param since when the request was first seen; what is proved later answers `prompt=login`
 */
export function demandOf(
  { id, native }: Pick<OidcApplication, 'id' | 'native'>,
  asked: Asked,
  since: Instant,
): Demand {
  const claim = acrClaim(asked.claims);
  const essential = claim?.essential === true ? valuesOf(claim) : [];
  const voluntary = [...valuesOf(claim), ...(asked.acr_values?.split(' ') ?? [])].filter(isAcr);
  const prompts = asked.prompt?.split(' ') ?? [];
  return {
    application: id,
    native,
    acr: essential.length > 0 ? essential : voluntary,
    maxAge: asked.max_age === undefined ? undefined : seconds(Number(asked.max_age)),
    notBefore: prompts.some(p => p === 'login' || p === 'select_account') ? since : undefined,
  };
}

function acrClaim(claims: string | undefined): AcrClaim | undefined {
  if (claims === undefined) return undefined;
  const parsed = JSON.parse(claims) as { id_token?: { acr?: AcrClaim | null } };
  return parsed.id_token?.acr ?? undefined;
}

const valuesOf = (claim: AcrClaim | undefined): readonly string[] =>
  [claim?.value, ...(Array.isArray(claim?.values) ? claim.values : [])].filter(v => typeof v === 'string');

/**
 * Whether the evidence itself answers the demand. What was shown after `since` is always young
 * enough: a person who needs a minute must not be asked for ever.
 */
export function answers(
  demand: Demand,
  evidence: readonly Evidence[],
  now: Instant,
  since: Instant,
): boolean {
  const { at } = assurance(evidence);
  if (demand.notBefore !== undefined && at < demand.notBefore) return false;
  if (demand.maxAge !== undefined && at < Math.min(now - demand.maxAge, since)) return false;
  return demand.acr.length === 0 || demand.acr.some(acr => satisfiesAcr(acr, evidence));
}

/** The acr to tell: the first demanded one that the evidence reaches, else what it is worth. */
export const acrToTell = (demand: Demand, evidence: readonly Evidence[]): string =>
  demand.acr.find(acr => satisfiesAcr(acr, evidence)) ?? assurance(evidence).acr;
