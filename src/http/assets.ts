import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyPluginAsync } from 'fastify';
import { ofPagesOnly } from './headers.ts';

/** Scripts, styles and sounds: read once, named by their content, compressed once. */
export interface Assets {
  /** The address of an asset by its file name; changes when its content does. */
  href(name: string): string;
  readonly routes: FastifyPluginAsync;
  /** Where the build left an app that runs in the browser by itself. */
  appFolder(name: string): string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.png': 'image/png',
};

export function openAssets(folders: readonly string[]): Assets {
  const files = new Map(
    folders.flatMap(folder =>
      readdirSync(folder)
        .filter(name => types[extname(name)])
        .map(name => [name, prepare(join(folder, name), name)] as const),
    ),
  );
  return {
    href(name) {
      const file = files.get(name);
      if (!file) throw new Error(`There is no asset ${name}: was the build made?`);
      return `/assets/${name}?v=${file.version}`;
    },
    appFolder(name) {
      const found = folders
        .map(folder => join(folder, name))
        .find(path => existsSync(join(path, 'index.html')));
      if (!found) throw new Error(`There is no app ${name}: was the build made?`);
      return found;
    },
    routes: async server => {
      server.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
        const file = files.get(request.params.name);
        if (!file) return reply.callNotFound();
        reply.header('Content-Type', file.type);
        reply.header('Cache-Control', 'public, max-age=31536000, immutable');
        reply.header('Vary', 'Accept-Encoding');
        if (file.isPartOfPages) for (const name of ofPagesOnly) reply.raw.removeHeader(name);
        const accepted = request.headers['accept-encoding'] ?? '';
        if (file.brotli && /\bbr\b/.test(accepted))
          return reply.header('Content-Encoding', 'br').send(file.brotli);
        if (file.gzip && /\bgzip\b/.test(accepted))
          return reply.header('Content-Encoding', 'gzip').send(file.gzip);
        return reply.send(file.plain);
      });
    },
  };
}

function prepare(path: string, name: string) {
  const plain = readFileSync(path);
  const version = createHash('sha256').update(plain).digest('base64url').slice(0, 10);
  const type = types[extname(name)] ?? 'application/octet-stream';
  const compressible = !type.startsWith('audio') && !type.startsWith('image/png');
  return {
    isPartOfPages: /^text\/(?:css|javascript)/.test(type),
    plain,
    version,
    type,
    brotli: compressible ? brotliCompressSync(plain) : undefined,
    gzip: compressible ? gzipSync(plain, { level: 9 }) : undefined,
  };
}
