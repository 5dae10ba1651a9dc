import type { TLSSocket } from 'node:tls';
import { listenWithSecret } from './secret.ts';
import { serveLink } from './serving.ts';

/** An agent that waits for servers on another machine, next to the switchboard. */
export interface RemoteAgent {
  readonly port: number;
  close(): Promise<void>;
}

/** Servers at once: a cluster's nodes, and one that is just being replaced. */
const mostServers = 32;

export async function openRemoteAgent(options: {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly say: (line: string) => void;
}): Promise<RemoteAgent> {
  const { host, port, secret, say } = options;
  const sockets = new Set<TLSSocket>();
  const serving = new Set<Promise<unknown>>();
  const server = listenWithSecret(secret, socket => {
    if (sockets.size >= mostServers) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.setKeepAlive(true, 10_000);
    const from = socket.remoteAddress ?? 'somewhere';
    say(`A server at ${from} has a line.`);
    const served: Promise<unknown> = serveLink({ from: socket, to: socket }).then(because => {
      sockets.delete(socket);
      serving.delete(served);
      say(`The server at ${from} is gone: ${because}.`);
    });
    serving.add(served);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const place = server.address();
  return {
    port: place !== null && typeof place === 'object' ? place.port : port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all(serving);
    },
  };
}
