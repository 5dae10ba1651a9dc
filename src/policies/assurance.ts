import type { Instant } from '../kit/clock.ts';
import type { Evidence } from './evidence.ts';
import { isFirstFactor, isMultiFactor, isPhishingResistant } from './proof.ts';

/**
 * What applications may ask for and be told, weakest first:
 *
 * - REFEDS SFA: one factor; ours are long enough, throttled and stored as its §4 asks.
 * - REFEDS MFA: two different kinds of factor.
 * - `phr`: phishing-resistant, of OpenID Connect EAP ACR Values 1.0.
 *
 * REFEDS MFA 2.0 has an identifier of its own for the last; it is added here once its text has been read.
 */
export const acrValues = ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa', 'phr'] as const;
export type Acr = (typeof acrValues)[number];

/** OpenID Connect Core §2: "0" says that no level was reached. It is never granted, nor announced. */
const noAcr = '0';

/** RFC 8176 §2; `mfa` is left out because we conclude it ourselves. */
const registeredAmr = new Set(
  'face fpt geo hwk iris kba mca otp pin pop pwd rba retina sc sms swk tel user vbm wia'.split(' '),
);

export interface Assurance {
  readonly acr: Acr | typeof noAcr;
  /** RFC 8176 values, sorted */
  readonly amr: readonly string[];
  /** when the last of it was shown: `auth_time`; 0 without evidence */
  readonly at: Instant;
}

/** No proof for an application's eyes: an app password, and what was shown to somebody else. */
const claimed = ({ method }: Evidence): boolean => method !== 'app-password' && method !== 'federated';

function acrOf(evidence: readonly Evidence[]): Assurance['acr'] {
  const shown = evidence.filter(claimed);
  const [sfa, mfa, phr] = acrValues;
  if (!shown.some(isFirstFactor)) return noAcr;
  if (isPhishingResistant(shown)) return phr;
  return isMultiFactor(shown) ? mfa : sfa;
}

/**
 * What may honestly be said about evidence that counts (proof.ts), and no more: networks, remembered devices and passes of the office raise
 * nothing here (NIST SP 800-63B §2, REFEDS). A recovery code that counts is something that one has: a look-up secret
 * of NIST SP 800-63B §3.1.2.
 */
export function assurance(evidence: readonly Evidence[]): Assurance {
  const acr = acrOf(evidence);
  const amr = new Set(evidence.flatMap(e => e.amr).filter(value => registeredAmr.has(value)));
  if (isMultiFactor(evidence.filter(claimed))) amr.add('mfa');
  return { acr, amr: [...amr].sort(), at: Math.max(0, ...evidence.map(e => e.at)) };
}

const levels: readonly string[] = acrValues;

/** Whether an acr is one that can be reached here at all. */
export const isAcr = (acr: string): acr is Acr => levels.includes(acr);

/** Whether evidence reaches an acr, or passes it. An acr that we do not know is never reached. */
export const satisfiesAcr = (acr: string, evidence: readonly Evidence[]): boolean =>
  isAcr(acr) && levels.indexOf(assurance(evidence).acr) >= levels.indexOf(acr);
