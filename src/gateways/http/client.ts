import * as http from 'node:http';
import * as https from 'node:https';
import { z } from 'zod';
import { seconds } from '../../kit/clock.ts';
import { isOwnHouse } from '../private-network.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Answered =
  | { readonly is: 'answered'; readonly status: number; readonly body: string }
  /** the connection did not come about: nothing left this machine */
  | { readonly is: 'not-sent'; readonly why: string }
  /** the request went out, and no answer to it came back whole */
  | { readonly is: 'unanswered'; readonly why: string };

export interface HttpClient {
  /** Asks once, follows nowhere, and says what became of it. Never throws. */
  ask(request: Request, signal?: AbortSignal): Promise<Answered>;
  close(): void;
}

const mostAnswer = 64 * 1024;

/** @param options.ca certificates (PEM) to believe instead of the world's; there is no way to believe any */
export function openHttpClient(options: { ca?: string; timeout?: number } = {}): HttpClient {
  const { ca, timeout = seconds(10) } = options;
  // Servers close idle connections after five seconds or more; one that closes under a request costs an answer.
  const pool = { keepAlive: true, maxSockets: 100, timeout: seconds(4) };
  const plain = new http.Agent(pool);
  const secure = new https.Agent({ ...pool, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) });

  return {
    ask: (request, signal) =>
      new Promise(resolve => {
        let sent = false;
        const isSecure = request.url.protocol === 'https:';
        const body = request.body === undefined ? undefined : Buffer.from(request.body);
        const headers = {
          'user-agent': 'Genkan',
          accept: 'application/json, text/plain, */*',
          ...request.headers,
          ...(body ? { 'content-length': String(body.length) } : {}),
        };
        const impossible = Object.entries(headers).find(([, value]) => !isHeaderText(value));
        if (impossible)
          return resolve({ is: 'not-sent', why: `the header ${impossible[0]} cannot be written` });
        const asked = (isSecure ? https : http).request(request.url, {
          method: request.method,
          agent: isSecure ? secure : plain,
          signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
          headers,
        });
        const failed = (error: Error): void => {
          const why = whyOf(error);
          resolve(sent ? { is: 'unanswered', why } : { is: 'not-sent', why });
        };
        asked.on('socket', socket => {
          if (!socket.connecting) sent = true;
          else socket.once(isSecure ? 'secureConnect' : 'connect', () => (sent = true));
        });
        asked.on('error', failed);
        asked.on('response', answer => {
          const parts: Buffer[] = [];
          let length = 0;
          answer.on('data', (part: Buffer) => {
            length += part.length;
            if (length > mostAnswer) asked.destroy(new Error('the answer is too long'));
            else parts.push(part);
          });
          answer.on('error', failed);
          answer.on('end', () =>
            resolve({
              is: 'answered',
              status: answer.statusCode ?? 0,
              body: Buffer.concat(parts).toString(),
            }),
          );
        });
        asked.end(body);
      }),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** RFC 9110 §5.5: a sender's name in Japanese belongs into a body. */
const isHeaderText = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

/** What an operator can use: no address with a secret in it, and no text of the other side. */
function whyOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (error.name === 'AbortError' || error.name === 'TimeoutError' || code === 'ABORT_ERR')
    return 'no answer in time';
  return code ?? error.message;
}

/**
 * What an answer's status says when it is no success: these may come from between us and who does the work. 520 and
 * 524 are said by Cloudflare, 598 and 599 by other proxies, of a server that was asked and did not answer well.
 */
export const mayHaveWorked = (status: number): boolean =>
  [408, 500, 502, 504, 520, 524, 598, 599].includes(status);

/** An address that texts with codes may be sent to: in clear only within one's own house. */
export const providerUrl = z
  .string()
  .refine(text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'an address: https://…')
  .refine(
    text => !URL.canParse(text) || new URL(text).protocol === 'https:' || isOwnHouse(new URL(text).hostname),
    'https, since texts carry codes; http only to this machine or a private network',
  )
  .refine(text => !URL.canParse(text) || new URL(text).username === '', 'no password in an address');

/** The address of one thing below another: `base` may have a path of its own, with or without a slash at its end. */
export const below = (base: string, path: string): string => `${base.replace(/\/+$/, '')}/${path}`;
