import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import type { DriverDeps } from '../driver.ts';
import type { CallState, Reports, TextGateway, TextOutcome, VoiceGateway, Which } from '../gateway.ts';
import { standingClock } from '../testing.ts';
import { webhookRoutes } from '../webhooks.ts';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A provider on this machine that keeps what it hears, and answers as the test says. */
export async function openProvider(
  answer: (heard: Heard, response: ServerResponse) => void,
): Promise<{ url: string; heard: Heard[]; server: Server; close(): Promise<void> }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const told = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    };
    heard.push(told);
    answer(told, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    server,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

export const driverDeps = (changes: Partial<DriverDeps> = {}): DriverDeps => ({
  clock: standingClock(),
  url: 'https://id.example',
  dataFolder: tmpdir(),
  key: purpose => createHmac('sha256', 'test').update(purpose).digest(),
  log: () => undefined,
  ...changes,
});

/** A gateway's side that providers call, and what it reported. */
export async function openWebhooks(gateway: TextGateway | VoiceGateway): Promise<{
  server: FastifyInstance;
  reported: { which: Which; state: TextOutcome | CallState }[];
}> {
  const reported: { which: Which; state: TextOutcome | CallState }[] = [];
  const reports: Reports = {
    text: (which, state) => void reported.push({ which, state }),
    call: (which, state) => void reported.push({ which, state }),
  };
  gateway.listen(reports);
  const server = Fastify();
  await server.register(
    webhookRoutes({ gateways: [gateway], clock: standingClock(), addressOf: () => undefined }),
  );
  return { server, reported };
}

export const never = new AbortController().signal;
