import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went over the wire for one request. */
export interface Weighed {
  readonly path: string;
  readonly status: number;
  /** of the body, as it was sent */
  readonly bytes: number;
}

/** Stands before a house, and weighs what it gives to browsers that take gzip: to pages, and to their workers. */
export interface Scales {
  readonly url: string;
  readonly weighed: readonly Weighed[];
  close(): Promise<void>;
}

export async function openScales(house: { readonly url: string }): Promise<Scales> {
  const weighed: Weighed[] = [];
  const server = createServer((asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const passed = request(
      new URL(url, house.url),
      { method, headers: { ...headers, 'accept-encoding': 'gzip' } },
      given => {
        let bytes = 0;
        given.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        given.on('end', () => weighed.push({ path: url, status: given.statusCode ?? 0, bytes }));
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weighed,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
