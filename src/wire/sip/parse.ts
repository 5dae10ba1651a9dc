import {
  addressOf,
  callIdOf,
  cseqOf,
  type Header,
  headerOf,
  numberOf,
  type SipMessage,
  viaOf,
} from './message.ts';
import { isToken } from './params.ts';

export type Parsed =
  | { readonly parsed: true; readonly message: SipMessage }
  | { readonly parsed: false; readonly reason: string };

/** More than any honest peer sends; a datagram ends at 65,507 anyway. */
export const limits = { bytes: 65_535, head: 32_768, headers: 256 } as const;

const compact: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

/** Reads one whole message: a datagram, or what the framer cut out of a stream. Never throws. */
export function parseMessage(bytes: Buffer): Parsed {
  if (bytes.length > limits.bytes) return refused('too long');
  const start = blankBefore(bytes);
  const end = headEnd(bytes, start);
  if (!end) return refused('no end of the head');
  const head = readHead(bytes.toString('utf8', start, end.at));
  if ('broken' in head) return refused(head.broken);
  const rest = bytes.length - end.after;
  const length =
    numberOf(head, 'content-length') ?? (headerOf(head, 'content-length') === undefined ? rest : -1);
  if (length < 0) return refused('Content-Length is no number');
  if (length > rest) return refused('the body is shorter than Content-Length');
  const message = { ...head, body: bytes.subarray(end.after, end.after + length) };
  const lacking = whatLacks(message);
  return lacking ? refused(lacking) : { parsed: true, message };
}

const refused = (reason: string): Parsed => ({ parsed: false, reason });

/** Line breaks before a message are a keepalive (RFC 3261 §7.5). */
export function blankBefore(bytes: Buffer, from = 0): number {
  let at = from;
  while (bytes[at] === 13 || bytes[at] === 10) at++;
  return at;
}

/** Where the head ends and the body begins; peers that write LF alone are understood. */
export function headEnd(
  bytes: Buffer,
  start: number,
): { readonly at: number; readonly after: number } | undefined {
  const crlf = bytes.indexOf('\r\n\r\n', start);
  const lf = bytes.indexOf('\n\n', start);
  if (crlf === -1 && lf === -1) return undefined;
  if (lf === -1 || (crlf !== -1 && crlf < lf)) return { at: crlf, after: crlf + 4 };
  return { at: lf, after: lf + 2 };
}

type Head =
  | {
      readonly is: 'request';
      readonly method: string;
      readonly uri: string;
      readonly headers: readonly Header[];
    }
  | {
      readonly is: 'response';
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly Header[];
    };

export function readHead(text: string): Head | { readonly broken: string } {
  if (text.length > limits.head) return { broken: 'the head is too long' };
  const [first = '', ...lines] = text.split(/\r?\n/);
  if (/[\r\0]/.test(text.replaceAll('\r\n', ''))) return { broken: 'a control character in the head' };
  const headers = readHeaders(lines);
  if ('broken' in headers) return headers;
  const [, status, reason] = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(first) ?? [];
  if (status !== undefined)
    return { is: 'response', status: Number(status), reason: reason ?? '', ...headers };
  const [, method, uri] = /^(\S{1,32}) (\S+) SIP\/2\.0$/i.exec(first) ?? [];
  if (method === undefined || uri === undefined || !isToken(method))
    return { broken: 'no SIP/2.0 start line' };
  return { is: 'request', method, uri, ...headers };
}

function readHeaders(
  lines: readonly string[],
): { readonly headers: readonly Header[] } | { readonly broken: string } {
  const headers: { name: string; value: string }[] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (!last) return { broken: 'a folded line without a header' };
      last.value = `${last.value} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!isToken(name)) return { broken: 'a line that is no header' };
    headers.push({ name: compact[name] ?? name, value: line.slice(colon + 1).trim() });
    if (headers.length > limits.headers) return { broken: 'too many headers' };
  }
  return { headers };
}

/** What every message must have (RFC 3261 §8.1.1, §8.2.6.2). */
function whatLacks(message: SipMessage): string | undefined {
  if (!viaOf(message)) return 'no Via that can be read';
  if (!addressOf(message, 'from')) return 'no From that can be read';
  if (!addressOf(message, 'to')) return 'no To that can be read';
  if (!callIdOf(message)) return 'no Call-ID';
  const cseq = cseqOf(message);
  if (!cseq) return 'no CSeq that can be read';
  if (message.is === 'request' && cseq.method !== message.method) return 'CSeq names another method';
  return undefined;
}
