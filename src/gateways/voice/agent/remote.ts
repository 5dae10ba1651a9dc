import type { TLSSocket } from 'node:tls';
import { listenWithSecret } from './secret.ts';
import { serveLink } from './serving.ts';

/** An agent that waits for servers on another machine, next to the switchboard. */
export interface RemoteAgent {
  readonly port: number;
  close(): Promise<void>;
}

/** For the log: which servers came and went. */
export type ServerEvent =
  | { readonly is: 'came'; readonly from: string }
  | { readonly is: 'left'; readonly from: string; readonly because: string };

/** Servers at once: a cluster's nodes, and one that is just being replaced. */
const mostServers = 32;

export async function openVoiceAgent(options: {
  /** every address of this machine when not said */
  readonly host?: string;
  readonly port: number;
  readonly secret: string;
  readonly on: (event: ServerEvent) => void;
}): Promise<RemoteAgent> {
  const { host, port, secret } = options;
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
    options.on({ is: 'came', from });
    const served: Promise<unknown> = serveLink({ from: socket, to: socket }).then(because => {
      sockets.delete(socket);
      serving.delete(served);
      options.on({ is: 'left', from, because });
    });
    serving.add(served);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
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
