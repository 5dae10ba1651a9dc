import { z } from 'zod';
import type { Offer } from './evidence.ts';
import { dropping, idOf } from './graph-shape.ts';
import { isPhishingResistant, isTwoInOne, passesAsMultiFactor } from './proof.ts';

/**
 * Graph's authenticationMethodModes that we have. A custom strength is made of these combinations; each is at least
 * MFA, so that no custom strength is weaker than the built-in one.
 */
export const combinations = [
  'fido2',
  'deviceBasedPush',
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'password,microsoftAuthenticatorPush',
  'password,softwareOath',
  'password,hardwareOath',
  'password,sms',
  'password,voice',
] as const;
export type Combination = (typeof combinations)[number];

/** Graph's authenticationStrengthPolicy. */
export interface Strength {
  readonly id: string;
  readonly displayName: string;
  readonly policyType: 'builtIn' | 'custom';
  readonly requirementsSatisfied: 'mfa';
  readonly allowedCombinations: readonly Combination[];
}

export const multiFactorId = '00000000-0000-0000-0000-000000000002';
export const passwordlessId = '00000000-0000-0000-0000-000000000003';
export const phishingResistantId = '00000000-0000-0000-0000-000000000004';

const builtIn = { policyType: 'builtIn', requirementsSatisfied: 'mfa' } as const;

export const multiFactor: Strength = {
  ...builtIn,
  id: multiFactorId,
  displayName: 'Multifactor authentication',
  allowedCombinations: combinations,
};

/** Entra's three, with Entra's ids and names. */
export const builtInStrengths: readonly Strength[] = [
  multiFactor,
  {
    ...builtIn,
    id: passwordlessId,
    displayName: 'Passwordless MFA',
    allowedCombinations: ['fido2', 'deviceBasedPush'],
  },
  {
    ...builtIn,
    id: phishingResistantId,
    displayName: 'Phishing-resistant MFA',
    allowedCombinations: ['fido2'],
  },
];

const sorted = (combination: string): string => combination.split(',').toSorted().join();
const inOrder = new Map<string, Combination>(combinations.map(c => [sorted(c), c]));

const combination = z.string().transform((text, context): Combination => {
  const known = inOrder.get(sorted(text));
  if (known !== undefined) return known;
  context.addIssue({ code: 'custom', message: 'unknown-combination', params: { combination: text } });
  return z.NEVER;
});

/** A custom strength, as Graph writes it. The messages of its issues are keys, not sentences. */
export const strengthSchema = z.preprocess(
  dropping('combinationConfigurations'),
  z
    .strictObject({
      id: idOf<string>().refine(id => builtInStrengths.every(s => s.id !== id), 'built-in'),
      displayName: z.string().trim().min(1).max(256),
      description: z.string().nullish(),
      policyType: z.literal('custom').default('custom'),
      requirementsSatisfied: z.literal('mfa').default('mfa'),
      allowedCombinations: z.array(combination).min(1, 'needs-a-combination'),
      createdDateTime: z.string().nullish(),
      modifiedDateTime: z.string().nullish(),
    })
    .transform((s): Strength => ({ ...s, allowedCombinations: [...new Set(s.allowedCombinations)] })),
);

/** What one proof is called in Graph. A phone that offers both text and call has both modes. */
function modesOf(offer: Offer): readonly string[] {
  switch (offer.method) {
    case 'password':
    case 'federated':
      return ['password'];
    case 'phone':
      return [...(offer.amr.includes('sms') ? ['sms'] : []), ...(offer.amr.includes('tel') ? ['voice'] : [])];
    case 'totp':
      return ['softwareOath'];
    case 'hardware-token':
      return ['hardwareOath'];
    case 'authenticator':
      return [
        // The code that it shows is a code like any other.
        ...(offer.amr.includes('otp') ? ['softwareOath'] : []),
        ...(offer.amr.some(value => value !== 'otp') ? ['microsoftAuthenticatorPush'] : []),
        ...(isTwoInOne(offer) ? ['deviceBasedPush'] : []),
      ];
    case 'passkey':
      return isPhishingResistant([offer]) ? ['fido2'] : [];
    case 'temporary-access-pass':
      return offer.traits.includes('single-use-pass')
        ? ['temporaryAccessPassOneTime']
        : ['temporaryAccessPassMultiUse'];
    case 'recovery-code':
    case 'app-password':
      return [];
    default:
      return offer.method satisfies never;
  }
}

/**
 * Whether what was shown has a strength. The built-in ones are rules over kinds and traits, so that a method nobody
 * listed is judged by what it showed; custom ones are exactly their combinations.
 */
export function hasStrength(
  { id, policyType, allowedCombinations }: Strength,
  shown: readonly Offer[],
): boolean {
  if (policyType === 'custom') {
    const modes = new Set(shown.flatMap(modesOf));
    return allowedCombinations.some(c => c.split(',').every(mode => modes.has(mode)));
  }
  switch (id) {
    case multiFactorId:
      return passesAsMultiFactor(shown);
    case passwordlessId:
      return shown.some(isTwoInOne);
    case phishingResistantId:
      return isPhishingResistant(shown);
    default:
      return false;
  }
}
