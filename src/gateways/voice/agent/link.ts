import type { Readable, Writable } from 'node:stream';
import type { ZodType } from 'zod';

/** Messages both ways, one JSON value on each line. */
export interface Link<Out> {
  send(message: Out): void;
  close(because?: string): void;
}

const longestLine = 65_536;
const longestQueue = 4_000_000;

/** `ended` is told once: by the other end, by a message that is none, or because nobody reads there any more. */
export function openLink<In, Out>(
  ends: { readonly from: Readable; readonly to: Writable },
  schema: ZodType<In>,
  on: { message(message: In): void; ended(because: string): void },
): Link<Out> {
  let waiting = '';
  let over = false;

  const end = (because: string): void => {
    if (over) return;
    over = true;
    ends.from.destroy();
    ends.to.destroy();
    on.ended(because);
  };

  function take(line: string): void {
    const read = schema.safeParse(parsed(line));
    if (read.success) on.message(read.data);
    // What exactly was wrong may be a secret: only that it was.
    else end('a message that is none');
  }

  ends.from.setEncoding('utf8');
  ends.from.on('data', (text: string) => {
    waiting += text;
    for (let at = waiting.indexOf('\n'); at !== -1 && !over; at = waiting.indexOf('\n')) {
      const line = waiting.slice(0, at);
      waiting = waiting.slice(at + 1);
      if (line !== '') take(line);
    }
    if (waiting.length > longestLine) end('a message without an end');
  });
  ends.from.once('end', () => end('the other end closed'));
  ends.from.once('close', () => end('the other end closed'));
  for (const stream of new Set([ends.from, ends.to])) stream.on('error', error => end(error.message));

  return {
    send(message) {
      if (over) return;
      if (ends.to.writableLength > longestQueue) return end('nobody reads at the other end');
      ends.to.write(`${JSON.stringify(message)}\n`);
    },
    close: (because = 'closed here') => end(because),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No JSON is no message, as the schema will say.
    return undefined;
  }
}
