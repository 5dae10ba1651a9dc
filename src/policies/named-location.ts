import { z } from 'zod';
import {
  type Address,
  compileNetworks,
  type Network,
  overlap,
  parseNetwork,
  within,
} from '../http/address.ts';
import type { NamedLocationId } from '../kit/ids.ts';
import { dropping, idOf } from './graph-shape.ts';

/** As Entra: 2,000 ranges in one location. */
const mostRanges = 2000;

const network = (text: string): Network => {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(`not a network: ${text}`);
  return parsed;
};

/** Where an organisation may hold more than a /16, and where nobody else's packets come from (RFC 1918, loopback). */
const ownNetworks = ['10.0.0.0/8', '172.16.0.0/12', '127.0.0.0/8'].map(network);

/** Translated and tunnelled space: NAT64 (RFC 6052, 8215), 6to4, Teredo. Its users are not where it seems. */
const borrowedNetworks = ['64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'].map(network);

type RangeProblem = 'not-a-network' | 'too-wide' | 'too-wide-to-trust' | 'translated-network-not-trusted';

/**
 * What is wrong with a range. Any range: at least /8 (IPv4) and /12 (IPv6), never everything.
 * A trusted one lets people skip a proof: at least /16 and /32, except in private space.
 */
function problemOf(range: string, trusted: boolean): RangeProblem | undefined {
  const parsed = parseNetwork(range);
  if (parsed === undefined) return 'not-a-network';
  if (parsed.prefix < (parsed.family === 4 ? 8 : 12)) return 'too-wide';
  if (!trusted) return undefined;
  if (borrowedNetworks.some(borrowed => overlap(parsed, borrowed))) return 'translated-network-not-trusted';
  if (ownNetworks.some(own => within(parsed, own))) return undefined;
  return parsed.prefix < (parsed.family === 4 ? 16 : 32) ? 'too-wide-to-trust' : undefined;
}

/** Graph writes a range as an object with `cidrAddress`; a bare string will do. */
const range = z
  .preprocess(dropping(), z.union([z.string(), z.strictObject({ cidrAddress: z.string() })]))
  .transform(r => (typeof r === 'string' ? r : r.cidrAddress));

const ranges = z.array(range).min(1, 'needs-a-range').max(mostRanges, 'too-many-ranges');

/**
 * Graph's ipNamedLocation. Ranges come out canonical, without repetition.
 * The messages of its issues are keys, not sentences.
 */
export const namedLocationSchema = z.preprocess(
  dropping(),
  z
    .strictObject({
      id: idOf<NamedLocationId>(),
      displayName: z.string().trim().min(1).max(256),
      isTrusted: z.boolean().default(false),
      ipRanges: ranges,
      createdDateTime: z.string().nullish(),
      modifiedDateTime: z.string().nullish(),
    })
    .superRefine((location, context) => {
      location.ipRanges.forEach((text, i) => {
        const problem = problemOf(text, location.isTrusted);
        if (problem === undefined) return;
        context.addIssue({
          code: 'custom',
          path: ['ipRanges', i],
          message: problem,
          params: { range: text },
        });
      });
    })
    .transform(location => ({
      ...location,
      ipRanges: [...new Set(location.ipRanges.map(text => parseNetwork(text)?.text ?? text))],
    })),
);

export type NamedLocation = z.output<typeof namedLocationSchema>;

/** Networks that policies can speak of, ready for matching. */
export interface Places {
  /** undefined: there is no such location */
  has(id: string, address: Address): boolean | undefined;
  nameOf(id: string): string | undefined;
  /** the trusted location in which an address lies */
  trusted(address: Address): NamedLocation | undefined;
}

/**
 * Prepares locations. One that does not have the right shape is as if it did not exist: nobody is inside it,
 * and a policy that names it applies to everybody.
 */
export function compileLocations(locations: readonly unknown[]): Places {
  const known = locations.flatMap(location => {
    const parsed = namedLocationSchema.safeParse(location);
    return parsed.success ? [parsed.data] : [];
  });
  const compiled = known.map(location => {
    const networks = location.ipRanges.map(network);
    return { location, networks, contains: compileNetworks(networks) };
  });
  const byId = new Map<string, (typeof compiled)[number]>(compiled.map(c => [c.location.id, c]));
  const trustedOnes = compiled.filter(c => c.location.isTrusted);
  const inAnyTrusted = compileNetworks(trustedOnes.flatMap(c => c.networks));
  return {
    has: (id, address) => byId.get(id)?.contains(address),
    nameOf: id => byId.get(id)?.location.displayName,
    trusted: address =>
      inAnyTrusted(address) ? trustedOnes.find(c => c.contains(address))?.location : undefined,
  };
}
