import { isIPv4, isIPv6 } from 'node:net';

/** An IP address in the one form in which addresses are compared. An IPv4-mapped one (::ffff:a.b.c.d) is IPv4. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
  /** dotted decimal, or RFC 5952 */
  readonly text: string;
}

/** A CIDR block; host bits are cleared. */
export interface Network {
  readonly family: 4 | 6;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
  /** canonical, with the prefix: `192.0.2.0/24` */
  readonly text: string;
}

const longestText = 45;
const bitsOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

const dotted = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map(shift => String((value >> shift) & 0xffn)).join('.');

const undotted = (text: string): bigint =>
  text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);

const hextets = (text: string): number[] =>
  text === '' ? [] : text.split(':').map(h => Number.parseInt(h, 16));

function bitsOfIPv6(text: string): bigint {
  const colon = text.lastIndexOf(':');
  const last = text.slice(colon + 1);
  const quad = last.includes('.') ? undotted(last) : undefined;
  const hex =
    quad === undefined
      ? text
      : `${text.slice(0, colon + 1)}${(quad >> 16n).toString(16)}:${(quad & 0xffffn).toString(16)}`;
  const [head = '', tail] = hex.split('::');
  const left = hextets(head);
  const right = hextets(tail ?? '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return [...left, ...zeros, ...right].reduce((value, h) => (value << 16n) | BigInt(h), 0n);
}

/** RFC 5952 §4: lower case, no leading zeros, the first longest run of at least two zeros as `::`. */
function textOfIPv6(value: bigint): string {
  const parts = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (parts[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = parts.map(p => p.toString(16));
  if (best.length < 2) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

const ipv4 = (value: bigint): Address => ({ family: 4, value, text: dotted(value) });

const addressOf = (value: bigint): Address =>
  value >> 32n === 0xffffn ? ipv4(value & 0xffffffffn) : { family: 6, value, text: textOfIPv6(value) };

/**
 * Reads an address strictly: no zone, no octal or hexadecimal quads, no missing parts, no spaces, no port.
 * NAT64, 6to4 and Teredo addresses stay what they are, IPv6: anyone may choose the IPv4 address inside them.
 *
 * The grammar is Node's, the arithmetic ours: ipaddr.js takes `010.0.0.1` for 8.0.0.1 and `::192.0.2.1` for 192.0.2.1.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > longestText) return undefined;
  if (isIPv4(text)) return ipv4(undotted(text));
  return isIPv6(text) && !text.includes('%') ? addressOf(bitsOfIPv6(text)) : undefined;
}

const cidr = /^([^/]+)(?:\/(0|[1-9][0-9]{0,2}))?$/;

/** Reads `192.0.2.0/24`, `2001:db8::/32`, or one address alone, which is a network of one. */
export function parseNetwork(text: string): Network | undefined {
  const [, base = '', length] = cidr.exec(text) ?? [];
  const address = parseAddress(base);
  if (address === undefined) return undefined;
  const mapped = address.family === 4 && base.includes(':') ? 96 : 0;
  const bits = bitsOf(address.family);
  const prefix = length === undefined ? bits : Number(length) - mapped;
  if (prefix < 0 || prefix > bits) return undefined;
  const hosts = (1n << BigInt(bits - prefix)) - 1n;
  const first = address.value & ~hosts;
  const start = address.family === 4 ? dotted(first) : textOfIPv6(first);
  return { family: address.family, prefix, first, last: first | hosts, text: `${start}/${prefix}` };
}

export const overlap = (a: Network, b: Network): boolean =>
  a.family === b.family && a.first <= b.last && b.first <= a.last;

export const within = (inner: Network, outer: Network): boolean =>
  inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last;

/** Whether an address lies in a set of networks. */
export type Contains = (address: Address) => boolean;

type Interval = Pick<Network, 'first' | 'last'>;

function merged(networks: readonly Network[]): readonly Interval[] {
  const intervals: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of networks.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = intervals.at(-1);
    if (before === undefined || first > before.last + 1n) intervals.push({ first, last });
    else if (last > before.last) before.last = last;
  }
  return intervals;
}

function search(intervals: readonly Interval[], value: bigint): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = intervals[middle];
    if (at === undefined) return false;
    if (value < at.first) high = middle;
    else if (value > at.last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Prepares networks for matching: sorted and merged once, then a binary search for each address. */
export function compileNetworks(networks: readonly Network[]): Contains {
  const v4 = merged(networks.filter(n => n.family === 4));
  const v6 = merged(networks.filter(n => n.family === 6));
  return address => search(address.family === 4 ? v4 : v6, address.value);
}
