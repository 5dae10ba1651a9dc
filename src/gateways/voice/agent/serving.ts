import type { Readable, Writable } from 'node:stream';
import { type Exchange, openExchange } from './exchange.ts';
import { openLink } from './link.ts';
import { type FromAgent, type ToAgent, toAgent } from './messages.ts';

/**
 * The agent's end of a link: a line for the server at the other end, and its calls. When the link ends, nobody
 * waits for the calls any more, and they are hung up. Resolves when that is done.
 */
export function serveLink(ends: { readonly from: Readable; readonly to: Writable }): Promise<string> {
  let exchange: Exchange | undefined;

  return new Promise(resolve => {
    const link = openLink<ToAgent, FromAgent>(ends, toAgent, {
      message(message) {
        if (message.is === 'line') exchange ??= begin(message.line);
        else if (message.is === 'hang-up') exchange?.hangUp(message.id);
        else {
          const taken = exchange?.call(message.id, message.to, message.script) ?? false;
          link.send({ is: taken ? 'taken' : 'full', id: message.id });
        }
      },
      ended(because) {
        void (exchange?.close() ?? Promise.resolve()).then(() => resolve(because));
      },
    });

    function begin(line: (ToAgent & { is: 'line' })['line']): Exchange | undefined {
      try {
        return openExchange(line, {
          state: state => link.send({ is: 'state', state }),
          call: (id, state) => link.send({ is: 'call', id, state }),
          gone: id => link.send({ is: 'gone', id }),
          note: text => link.send({ is: 'note', text }),
        });
      } catch (error) {
        const because = error instanceof Error ? error.message : String(error);
        link.send({ is: 'state', state: { is: 'down', because } });
        return undefined;
      }
    }
  });
}
