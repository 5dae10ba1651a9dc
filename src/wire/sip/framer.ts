import { headerOf, numberOf } from './message.ts';
import { blankBefore, headEnd, limits, type Parsed, parseMessage, readHead } from './parse.ts';

export type Framed =
  | Parsed
  /** CRLFCRLF: answered with CRLF (RFC 5626 §3.5.1) */
  | { readonly parsed: 'ping' }
  /** where the next message begins cannot be known: the connection is of no use any more */
  | { readonly parsed: 'lost'; readonly reason: string };

/** Cuts messages out of a stream by their Content-Length, which is required there (RFC 3261 §18.3). */
export function openFramer(): { push(chunk: Buffer): readonly Framed[] } {
  let waiting: Buffer = Buffer.alloc(0);
  /** where the search for the end of the head goes on, so that a slow head is not read from its start again */
  let looked = 0;
  let lost = false;

  function next(): Framed | undefined {
    const blank = blankBefore(waiting);
    if (blank > 0) {
      const ping = waiting.subarray(0, blank).includes('\r\n\r\n');
      waiting = waiting.subarray(blank);
      looked = 0;
      if (ping) return { parsed: 'ping' };
    }
    const end = headEnd(waiting, looked);
    if (!end) {
      looked = Math.max(0, waiting.length - 3);
      return waiting.length > limits.head ? { parsed: 'lost', reason: 'the head is too long' } : undefined;
    }
    const head = readHead(waiting.toString('utf8', 0, end.at));
    if ('broken' in head) return { parsed: 'lost', reason: head.broken };
    const length = numberOf(head, 'content-length');
    if (length === undefined) {
      const reason =
        headerOf(head, 'content-length') === undefined ? 'no Content-Length' : 'Content-Length is no number';
      return { parsed: 'lost', reason };
    }
    const total = end.after + length;
    if (total > limits.bytes) return { parsed: 'lost', reason: 'too long' };
    if (waiting.length < total) return undefined;
    const message = parseMessage(waiting.subarray(0, total));
    waiting = waiting.subarray(total);
    looked = 0;
    return message;
  }

  return {
    push(chunk) {
      if (lost) return [];
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      const found: Framed[] = [];
      for (let one = next(); one; one = next()) {
        found.push(one);
        if (one.parsed !== 'lost') continue;
        lost = true;
        waiting = Buffer.alloc(0);
        break;
      }
      return found;
    },
  };
}
