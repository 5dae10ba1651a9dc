import type { Readable, Writable } from 'node:stream';
import { type Exchange, openExchange } from './exchange.ts';
import { type Heartbeat, heartbeatEvery, openHeartbeat } from './heartbeat.ts';
import { openLink } from './link.ts';
import { type FromAgent, type ToAgent, toAgent } from './messages.ts';

/**
 * The agent's end of a link: a line for the server at the other end, and its calls. When the link ends, nobody
 * waits for the calls any more, and they are hung up; and so when a server that used to ask whether we are there
 * does not any more. Resolves when that is done.
 */
export function serveLink(
  ends: { readonly from: Readable; readonly to: Writable },
  askedEvery: number = heartbeatEvery,
): Promise<string> {
  let exchange: Exchange | undefined;
  let server: Heartbeat | undefined;

  return new Promise(resolve => {
    const link = openLink<ToAgent, FromAgent>(ends, toAgent, {
      message(message) {
        if (message.is === 'are-you-there') {
          server ??= openHeartbeat({ ask: () => undefined, lost: () => link.close(silent) }, askedEvery);
          server.heard();
          link.send({ is: 'here' });
        } else if (message.is === 'line') exchange ??= begin(message.line);
        else if (message.is === 'hang-up') exchange?.hangUp(message.id);
        else {
          const taken = exchange?.call(message.id, message.to, message.script) ?? false;
          link.send({ is: taken ? 'taken' : 'full', id: message.id });
        }
      },
      ended(because) {
        server?.stop();
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

const silent = 'the server says nothing any more';
