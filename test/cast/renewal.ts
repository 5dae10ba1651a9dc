import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a house whose app is renewed while people have it: from then on its page and its worker are the next ones. */
export interface Renewal {
  readonly url: string;
  renew(): void;
  close(): Promise<void>;
}

/** The attribute of the document by which the renewed page is known. */
export const mark = 'data-renewed';

export async function openRenewal(house: { readonly url: string }): Promise<Renewal> {
  let isRenewed = false;
  const next = (text: string): string =>
    text
      .replace('<html ', `<html ${mark} `)
      .replace(/genkan-authenticator-[\w-]{8}/, name => `${name.slice(0, -7)}renewed`);

  async function give(path: string): Promise<{ status: number; headers: Headers; body: string }> {
    const given = await fetch(`${house.url}${path}`);
    const body = await given.text();
    return { status: given.status, headers: given.headers, body: isRenewed ? next(body) : body };
  }

  const server = createServer((asked, answer) => {
    give(asked.url ?? '/').then(
      ({ status, headers, body }) => {
        const kept = ['content-type', 'cache-control', 'content-security-policy', 'service-worker-allowed'];
        for (const name of kept) {
          const value = headers.get(name);
          if (value !== null) answer.setHeader(name, value);
        }
        answer.writeHead(status).end(body);
      },
      () => answer.destroy(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    renew() {
      isRenewed = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
