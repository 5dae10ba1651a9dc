import { type Clock, seconds } from '../../../kit/clock.ts';
import type { SipUri } from '../../../wire/sip/index.ts';
import { type Names, targetsOf } from './resolve.ts';
import { isSamePlace, type Target } from './transport.ts';

/** The ways into the telephone network, in the order of the configuration; those that failed of late come last. */
export interface Proxies {
  targets(): Promise<readonly Target[]>;
  /** Whether somebody at this address is one of them. */
  has(target: Target): boolean;
  failed(target: Target): void;
  worked(target: Target): void;
}

const avoidFor = seconds(30);
const askNamesEvery = seconds(60);

export function openProxies(deps: {
  readonly uris: readonly SipUri[];
  readonly names: Names;
  readonly clock: Clock;
}): Proxies {
  const { uris, names, clock } = deps;
  const avoid = new Map<string, number>();
  let known: { readonly at: number; readonly targets: readonly Target[] } | undefined;

  const isAvoided = (target: Target): boolean => (avoid.get(keyOf(target)) ?? 0) > clock.now();

  return {
    async targets() {
      if (!known || known.targets.length === 0 || clock.now() - known.at > askNamesEvery) {
        const found = await Promise.all(uris.map(uri => targetsOf(uri, names)));
        // A name service that is silent for a while does not take away what it said before.
        if (found.flat().length > 0 || !known) known = { at: clock.now(), targets: found.flat() };
      }
      const { targets } = known;
      return [...targets.filter(target => !isAvoided(target)), ...targets.filter(isAvoided)];
    },
    has: target => known?.targets.some(one => isSamePlace(one, target)) ?? false,
    failed: target => void avoid.set(keyOf(target), clock.now() + avoidFor),
    worked: target => void avoid.delete(keyOf(target)),
  };
}

const keyOf = ({ protocol, address, port }: Target): string => `${protocol} ${address} ${port}`;
