import { cut, type Param, readParams } from './params.ts';

/** `sip:user@host:port;params`; the headers of a URI (after `?`) are dropped, nothing here may use them. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** as written, escapes kept */
  readonly user?: string;
  /** without brackets */
  readonly host: string;
  readonly port?: number;
  readonly params: readonly Param[];
}

const shape =
  /^(sips?):(?:([^@\s<>"]+)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?(;[^?\s<>"]*)?(\?\S*)?$/i;

export function readUri(text: string): SipUri | undefined {
  const [, scheme, user, host, port, params] = shape.exec(text) ?? [];
  if (!scheme || !host) return undefined;
  const number = port === undefined ? undefined : Number(port);
  if (number !== undefined && (number < 1 || number > 65_535)) return undefined;
  const read = readParams(cut(params ?? '', ';'));
  if (!read) return undefined;
  return {
    scheme: scheme.toLowerCase() === 'sips' ? 'sips' : 'sip',
    ...(user === undefined ? {} : { user }),
    host: host.replace(/^\[|\]$/g, ''),
    ...(number === undefined ? {} : { port: number }),
    params: read,
  };
}

export const writeUri = ({ scheme, user, host, port, params }: SipUri): string =>
  `${scheme}:${user === undefined ? '' : `${user}@`}${hostPort(host, port)}${params.map(plain).join('')}`;

/** There are no quotes in a URI. */
const plain = ({ name, value }: Param): string => `;${name}${value === undefined ? '' : `=${value}`}`;

/** `host:port` with the brackets that IPv6 needs. */
export const hostPort = (host: string, port?: number): string =>
  `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;

/** A user part may hold these as they are (RFC 3261 §25.1); the rest is escaped. */
export const escapeUser = (text: string): string =>
  text.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu, char => encodeURIComponent(char));
