import { cut, type Param, paramOf, readParams, writeParams } from './params.ts';
import { hostPort } from './uri.ts';

/** One hop that a request came over. */
export interface Via {
  readonly protocol: string;
  readonly host: string;
  readonly port?: number;
  readonly params: readonly Param[];
}

const shape =
  /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9+-]{1,16})\s+(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?:\s*:\s*(\d{1,5}))?$/i;

export function readVia(text: string): Via | undefined {
  const [first, ...rest] = cut(text, ';');
  const [, protocol, host, port] = shape.exec(first ?? '') ?? [];
  const params = readParams(rest);
  if (!protocol || !host || !params) return undefined;
  return {
    protocol: protocol.toUpperCase(),
    host: host.replace(/^\[|\]$/g, ''),
    ...(port === undefined ? {} : { port: Number(port) }),
    params,
  };
}

export const writeVia = ({ protocol, host, port, params }: Via): string =>
  `SIP/2.0/${protocol} ${hostPort(host, port)}${writeParams(params)}`;

export const branchOf = (via: Via): string | undefined => paramOf(via.params, 'branch');

/** What a server adds to the topmost Via: where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4). */
export function received(via: Via, from: { readonly address: string; readonly port: number }): Via {
  const asked = via.params.some(({ name }) => name === 'rport');
  if (!asked && via.host === from.address) return via;
  const others = via.params.filter(({ name }) => name !== 'received' && name !== 'rport');
  return {
    ...via,
    params: [
      ...others,
      { name: 'received', value: from.address },
      ...(asked ? [{ name: 'rport', value: String(from.port) }] : []),
    ],
  };
}
