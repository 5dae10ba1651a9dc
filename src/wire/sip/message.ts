import { type Address, readAddress } from './address.ts';
import { cut } from './params.ts';
import { readVia, type Via } from './via.ts';

/** Names are in their long form and in lower case. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface SipRequest {
  readonly is: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export interface SipResponse {
  readonly is: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export type SipMessage = SipRequest | SipResponse;

type Headed = { readonly headers: readonly Header[] };

/** The first value of a header as it was sent. */
export const headerOf = ({ headers }: Headed, name: string): string | undefined =>
  headers.find(header => header.name === name)?.value;

/** Every line of a header as it was sent; for those that have commas inside, such as challenges. */
export const linesOf = ({ headers }: Headed, name: string): readonly string[] =>
  headers.flatMap(header => (header.name === name ? [header.value] : []));

/** Every value of a header, in several lines or in one with commas. */
export const valuesOf = (message: Headed, name: string): readonly string[] =>
  linesOf(message, name).flatMap(line => cut(line, ','));

export const hasOption = (message: Headed, name: string, option: string): boolean =>
  valuesOf(message, name).some(value => value.toLowerCase() === option);

export const viaOf = (message: Headed): Via | undefined => {
  const [top] = valuesOf(message, 'via');
  return top === undefined ? undefined : readVia(top);
};

export const addressOf = (message: Headed, name: 'from' | 'to' | 'contact'): Address | undefined => {
  const [first] = name === 'contact' ? valuesOf(message, name) : linesOf(message, name);
  return first === undefined ? undefined : readAddress(first);
};

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

export function cseqOf(message: Headed): CSeq | undefined {
  const [, number, method] = /^(\d{1,10})\s+(\S{1,32})$/.exec(headerOf(message, 'cseq') ?? '') ?? [];
  if (number === undefined || method === undefined || Number(number) >= 2 ** 31) return undefined;
  return { number: Number(number), method };
}

export const callIdOf = (message: Headed): string | undefined => headerOf(message, 'call-id');

/** A header that is a number of seconds or the like; parameters after it are not looked at. */
export function numberOf(message: Headed, name: string): number | undefined {
  const [, digits] = /^(\d{1,10})(?:\s*[;(].*)?$/s.exec(headerOf(message, name) ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** How names are written where it is not just a capital after each hyphen. */
const written: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  rack: 'RAck',
  rseq: 'RSeq',
  'min-se': 'Min-SE',
};

const nameOf = (name: string): string =>
  written[name] ??
  name.replace(/(^|-)([a-z])/g, (_, hyphen: string, letter: string) => hyphen + letter.toUpperCase());

/** The bytes for the wire. Content-Length is counted here. A line break in a value becomes a space. */
export function writeMessage(message: SipMessage): Buffer {
  const first =
    message.is === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const lines = message.headers
    .filter(({ name }) => name !== 'content-length')
    .map(({ name, value }) => `${nameOf(name)}: ${oneLine(value)}`);
  const head = [oneLine(first), ...lines, `Content-Length: ${message.body.length}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), message.body]);
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ');
