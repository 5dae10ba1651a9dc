import type { IncomingMessage } from 'node:http';
import { type Address, type Contains, compileNetworks, parseAddress, parseNetwork } from './address.ts';

type Header = string | readonly string[] | undefined;

export interface Hops {
  /** the socket's other end */
  readonly peer: string | undefined;
  /** X-Forwarded-For */
  readonly forwardedFor: Header;
  /** Forwarded (RFC 7239) */
  readonly forwarded: Header;
  readonly trustedProxies: Contains;
}

/** Prepares the list of believed proxies. Throws on what is not an address or a network: a setting, not an input. */
export function compileProxies(proxies: readonly string[]): Contains {
  return compileNetworks(
    proxies.map(text => {
      const network = parseNetwork(text);
      if (network === undefined) throw new Error(`not an address or a network: ${text}`);
      return network;
    }),
  );
}

/** An address as proxies write it, with or without brackets and port. */
const node = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::[0-9]{1,5})?$/;

function addressOfNode(text: string): Address | undefined {
  const [, bracketed, plain] = node.exec(text) ?? [];
  if (bracketed !== undefined) return bracketed.includes(':') ? parseAddress(bracketed) : undefined;
  return plain === undefined ? undefined : parseAddress(plain);
}

/** One hop: its address, or undefined where the header does not tell (`unknown`, an obfuscated name, garbage). */
type Hop = Address | undefined;

const joined = (header: Header): string | undefined =>
  header === undefined || typeof header === 'string' ? header : header.join(',');

const hopsOfForwardedFor = (header: string): readonly Hop[] =>
  header
    .split(',')
    .map(part => part.replace(/^[ \t]+|[ \t]+$/g, ''))
    .map(part => parseAddress(part) ?? addressOfNode(part));

const pair =
  /[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[\t \x21\x23-\x5b\x5d-\x7e]|\\[\t \x21-\x7e])*)")[ \t]*(;|,|$)/y;

/** RFC 7239 §4. A header that does not follow the grammar has no hops that can be believed: undefined. */
function hopsOfForwarded(header: string): readonly Hop[] | undefined {
  const hops: Hop[] = [];
  let element = new Map<string, string>();
  pair.lastIndex = 0;
  for (;;) {
    const [matched, name, token, quoted, end] = pair.exec(header) ?? [];
    if (matched === undefined || name === undefined) return undefined;
    const key = name.toLowerCase();
    if (element.has(key)) return undefined;
    element.set(key, token ?? (quoted ?? '').replace(/\\(.)/g, '$1'));
    if (end === ';') continue;
    hops.push(addressOfNode(element.get('for') ?? ''));
    element = new Map();
    if (end !== ',') return hops;
  }
}

/** The first hop from the right that is not one of the proxies. Beyond a hop that cannot be read, nothing is believed. */
function firstStranger(hops: readonly Hop[] | undefined, isProxy: Contains): Address | undefined {
  const stranger = hops?.findLastIndex(hop => hop === undefined || !isProxy(hop)) ?? -1;
  return stranger < 0 ? undefined : hops?.[stranger];
}

/**
 * Where a request comes from: the socket's peer; or, only when that is a listed proxy, the hop before the proxies as
 * the headers tell it.
 *
 * undefined means unknown, which no policy takes for a trusted network: a header that cannot be read, two headers
 * that disagree (a proxy writes one and passes the other on as the client wrote it), a chain of nothing but proxies.
 * A proxy's own address is never the answer: proxies often stand inside the trusted network.
 */
export function clientAddress({ peer, forwardedFor, forwarded, trustedProxies }: Hops): Address | undefined {
  const socket = peer === undefined ? undefined : parseAddress(peer);
  if (socket === undefined || !trustedProxies(socket)) return socket;
  const told = [
    { header: joined(forwardedFor), read: hopsOfForwardedFor },
    { header: joined(forwarded), read: hopsOfForwarded },
  ].flatMap(({ header, read }) =>
    header === undefined ? [] : [firstStranger(read(header), trustedProxies)],
  );
  const [client] = told;
  return told.every(address => address !== undefined && address.text === client?.text) ? client : undefined;
}

/** Reads where a request comes from. Throws on a proxy that is no address: a setting, not an input. */
export function addressReader(proxies: readonly string[]): (request: IncomingMessage) => Address | undefined {
  const trustedProxies = compileProxies(proxies);
  return request =>
    clientAddress({
      peer: request.socket.remoteAddress,
      forwardedFor: request.headers['x-forwarded-for'],
      forwarded: request.headers.forwarded,
      trustedProxies,
    });
}
