import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { newId } from '../kit/ids.ts';
import type { Assets } from './assets.ts';
import type { BrowserCookies } from './browser.ts';
import { guardForms } from './csrf.ts';
import { setSecurityHeaders } from './headers.ts';

/** A protocol that reads requests itself; it gets them before anything is parsed. */
export interface Mount {
  /** `/oidc/`: everything below it */
  readonly prefix: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface HttpOptions {
  /** scheme, host and port, as people type it */
  readonly url: string;
  readonly browsers: BrowserCookies;
  readonly assets: Pick<Assets, 'routes'>;
  readonly mounts: readonly Mount[];
  readonly logger: FastifyBaseLogger;
}

/** The server with what no route can forget: security headers, cookies, forms that only our pages can send. */
export async function openServer(options: HttpOptions): Promise<FastifyInstance> {
  const secure = options.url.startsWith('https:');
  // Browsers connect before they have anything to ask, and Node does not call such a connection idle.
  const unasked = new Set<Socket>();
  const server = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 30_000,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
    serverFactory: handler =>
      createServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
        unasked.delete(request.socket);
        setSecurityHeaders(response, secure, request.url);
        request.url = pathIn(request.url ?? '/');
        const mount = options.mounts.find(({ prefix }) => request.url?.startsWith(prefix));
        if (mount) mount.handle(request, response);
        else handler(request, response);
      }).on('connection', (socket: Socket) => {
        unasked.add(socket);
        socket.once('close', () => unasked.delete(socket));
      }),
  });
  server.addHook('preClose', async () => {
    for (const socket of unasked) socket.destroy();
  });
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: 64 * 1024 });
  guardForms(server, { origin: options.url, browsers: options.browsers });
  await server.register(options.assets.routes);
  return server;
}

/**
 * The path of a first line that names a whole address (RFC 9112 §3.2.2). What stands before the path
 * is the sender's word, and where a sign-in returns to is made of the path.
 */
function pathIn(url: string): string {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return legible(path.startsWith('/') ? path : `/${path}`);
}

/** A link that a mail program broke is an address that nobody has, with a page that says so: it is no reason to speak JSON. */
function legible(address: string): string {
  const [path = ''] = address.split('?', 1);
  try {
    decodeURIComponent(path);
    return address;
  } catch {
    return path.replaceAll('%', '%25') + address.slice(path.length);
  }
}
