import { lookup, resolveSrv } from 'node:dns/promises';
import { isIP } from 'node:net';
import { paramOf, type SipUri } from '../../../wire/sip/index.ts';
import type { Protocol, Target } from './transport.ts';

export interface Srv {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** What is asked of the name service; what it does not know is an empty list. */
export interface Names {
  srv(name: string): Promise<readonly Srv[]>;
  addresses(host: string): Promise<readonly string[]>;
}

export const systemNames: Names = {
  srv: name => resolveSrv(name).catch(() => []),
  addresses: host =>
    lookup(host, { all: true }).then(
      found => found.map(({ address }) => address),
      () => [],
    ),
};

/** Nothing for what cannot be spoken here, such as WebSockets. */
export function protocolOf(uri: SipUri): Protocol | undefined {
  if (uri.scheme === 'sips') return 'tls';
  const asked = (paramOf(uri.params, 'transport') ?? 'udp').toLowerCase();
  return asked === 'udp' || asked === 'tcp' || asked === 'tls' ? asked : undefined;
}

const services: Readonly<Record<Protocol, string>> = {
  udp: '_sip._udp',
  tcp: '_sip._tcp',
  tls: '_sips._tcp',
};

const defaultPort = (protocol: Protocol): number => (protocol === 'tls' ? 5061 : 5060);

/** Every address of a URI in the order in which to try them (RFC 3263 §4.2, without NAPTR). */
export async function targetsOf(uri: SipUri, names: Names, random = Math.random): Promise<readonly Target[]> {
  const protocol = protocolOf(uri);
  if (!protocol) return [];
  const host = paramOf(uri.params, 'maddr') ?? uri.host;
  if (isIP(host) !== 0)
    return [{ protocol, address: host, port: uri.port ?? defaultPort(protocol), name: host }];
  const records =
    uri.port === undefined ? inOrder(await names.srv(`${services[protocol]}.${host}`), random) : [];
  const places = records.length > 0 ? records : [{ name: host, port: uri.port ?? defaultPort(protocol) }];
  const found = await Promise.all(
    places.map(async place => {
      const addresses = await names.addresses(place.name);
      // The certificate is that of the name that was configured, not of where SRV points (RFC 5922 §4).
      return addresses.map(address => ({ protocol, address, port: place.port, name: host }));
    }),
  );
  return found.flat();
}

/** By priority, and by lot among equals, in which weight counts (RFC 2782). */
export function inOrder(records: readonly Srv[], random: () => number): readonly Srv[] {
  const drawn = records.map(record => ({ record, lot: random() ** (1 / Math.max(record.weight, 0.01)) }));
  return drawn
    .sort((a, b) => a.record.priority - b.record.priority || b.lot - a.lot)
    .map(({ record }) => record);
}
