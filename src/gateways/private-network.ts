import { compileNetworks, parseAddress, parseNetwork } from '../http/address.ts';

const networks = (...texts: readonly string[]) =>
  compileNetworks(texts.flatMap(text => parseNetwork(text) ?? []));

/** RFC 1918, RFC 4193, and this machine. */
const house = networks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', '127.0.0.0/8', '::1');

/** What a carrier gives to its customers (RFC 6598), and what nobody was given (RFC 3927, RFC 4291). */
const betweenHouses = networks('100.64.0.0/10', '169.254.0.0/16', 'fe80::/10', '0.0.0.0/8', '::');

/** This machine, a private network, or a name without a dot: what is said there stays within one's own house. */
export function isOwnHouse(host: string): boolean {
  const address = parseAddress(host.replace(/^\[|\]$/g, ''));
  return address ? house(address) : !host.includes('.');
}

/** An address that nobody can be reached at from the Internet: who names it stands behind address translation. */
export function isBehindNat(text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && (house(address) || betweenHouses(address));
}
