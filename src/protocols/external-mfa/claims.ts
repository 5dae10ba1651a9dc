import { z } from 'zod';
import type { Evidence } from '../../policies/evidence.ts';

/** What Entra wants to be told, of what it asked for and we know. */
export interface Wants {
  readonly acr: readonly string[];
  readonly amr: readonly string[];
}

export interface Told {
  readonly acr: string;
  readonly amr: string;
}

type Kind = 'knowledge' | 'possession' | 'inherence';

/** Microsoft's two tables: which kinds a level accepts, and of which kind a proof is for it. */
const kindsOf = new Map<string, readonly Kind[]>([
  ['possessionorinherence', ['possession', 'inherence']],
  ['knowledgeorpossession', ['knowledge', 'possession']],
  ['knowledgeorinherence', ['knowledge', 'inherence']],
  ['knowledgeorpossessionorinherence', ['knowledge', 'possession', 'inherence']],
  ['knowledge', ['knowledge']],
  ['possession', ['possession']],
  ['inherence', ['inherence']],
]);
const kindOf = new Map<string, Kind>([
  ...['fido', 'hwk', 'otp', 'pop', 'sc', 'sms', 'swk', 'tel'].map(amr => [amr, 'possession'] as const),
  ...['face', 'fpt', 'iris', 'retina', 'vbm'].map(amr => [amr, 'inherence'] as const),
]);

const values = z
  .object({ value: z.string().optional(), values: z.array(z.string()).max(50).optional() })
  .transform(({ value, values }) => [...(value === undefined ? [] : [value]), ...(values ?? [])]);

const request = z.object({ id_token: z.object({ acr: values, amr: values.nullish() }) });

/**
 * Reads the `claims` parameter (OpenID Connect Core §5.5). Undefined: it asks for nothing that we could
 * answer. It comes unsigned through the browser; whether the answer is enough is Entra's to say.
 */
export function readWants(claims: string): Wants | undefined {
  const read = request.safeParse(jsonOf(claims));
  if (!read.success) return undefined;
  const { acr, amr } = read.data.id_token;
  const wants: Wants = {
    acr: acr.filter(value => kindsOf.has(value)),
    amr: (amr ?? [...kindOf.keys()]).filter(value => kindOf.has(value)),
  };
  return acceptedBy(wants).length > 0 ? wants : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const levelFor = ({ acr }: Wants, amr: string): string | undefined => {
  const kind = kindOf.get(amr);
  return acr.find(level => kind && kindsOf.get(level)?.includes(kind));
};

/** The proofs that would answer. */
export const acceptedBy = (wants: Wants): readonly string[] =>
  wants.amr.filter(amr => levelFor(wants, amr) !== undefined);

/** Exactly one of each, for the last proof that answers; undefined when none does. */
export function toldOf(wants: Wants, evidence: readonly Evidence[]): Told | undefined {
  for (const { method, amr } of evidence.toReversed()) {
    if (method === 'federated') continue;
    const value = amr.find(one => wants.amr.includes(one) && levelFor(wants, one) !== undefined);
    const acr = value && levelFor(wants, value);
    if (value && acr) return { acr, amr: value };
  }
  return undefined;
}
