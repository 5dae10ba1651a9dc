import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from './headers.ts';

export interface WebAppOptions {
  /** what the build made: `index.html`, and all that it loads */
  readonly folder: string;
  /** its address, which is also the scope of its worker: `/authenticator` */
  readonly at: string;
  /** whether it is reached by https; if not, neither are the others that it speaks with */
  readonly secure: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** A name that has its content in it: `main-Dk3_x9aQ.js`. It never changes. */
const isNamedByContent = (name: string): boolean => /-[\w-]{8}\.(?:js|css)$/.test(name);

/** An app that runs in the browser by itself: one page at `at`, its files below, the same for everybody. */
export function webApp({ folder, at, secure }: WebAppOptions): FastifyPluginAsync {
  const files = new Map(
    readdirSync(folder)
      .filter(name => types[extname(name)])
      .map(name => [name, prepare(join(folder, name), name)] as const),
  );
  const policy = [
    contentSecurityPolicy("'none'").replace(
      "connect-src 'self'",
      // The same app serves several organisations, each at an origin of its own.
      `connect-src 'self' https:${secure ? '' : ' http://localhost:* http://127.0.0.1:*'}`,
    ),
    "manifest-src 'self'",
    "worker-src 'self'",
  ].join('; ');

  const give = (name: string, request: FastifyRequest, reply: FastifyReply) => {
    const file = files.get(name);
    if (!file) return reply.callNotFound();
    reply.header('Content-Type', file.type);
    reply.header('Content-Security-Policy', policy);
    reply.header('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    reply.header(
      'Cache-Control',
      isNamedByContent(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    reply.header('ETag', file.version);
    reply.header('Vary', 'Accept-Encoding');
    // A worker governs what lies below its own folder, unless it is allowed more (Service Workers §6.5).
    if (name === 'sw.js') reply.header('Service-Worker-Allowed', at);
    if (request.headers['if-none-match'] === file.version) return reply.code(304).send();
    const accepted = request.headers['accept-encoding'] ?? '';
    if (file.brotli && /\bbr\b/.test(accepted))
      return reply.header('Content-Encoding', 'br').send(file.brotli);
    if (file.gzip && /\bgzip\b/.test(accepted))
      return reply.header('Content-Encoding', 'gzip').send(file.gzip);
    return reply.send(file.plain);
  };

  return async server => {
    server.get(at, async (request, reply) => give('index.html', request, reply));
    server.get(`${at}/`, async (_request, reply) => reply.redirect(at, 308));
    server.get<{ Params: { file: string } }>(`${at}/:file`, async (request, reply) =>
      give(request.params.file, request, reply),
    );
  };
}

function prepare(path: string, name: string) {
  const plain = readFileSync(path);
  const type = types[extname(name)] ?? 'application/octet-stream';
  const compressible = !type.startsWith('image/png');
  return {
    plain,
    type,
    version: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`,
    brotli: compressible ? brotliCompressSync(plain) : undefined,
    gzip: compressible ? gzipSync(plain, { level: 9 }) : undefined,
  };
}
