import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { bundleWeb } from '../../setup/bundle-web.mjs';
import { setSecurityHeaders } from '../../src/http/headers.ts';
import { renderPage } from '../../src/http/page.tsx';
import { isLanguage, type Language, wordsFor } from '../../src/words/index.ts';
import { scenes } from './scenes.tsx';

const root = join(import.meta.dirname, '..', '..');
const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript' };

export interface Exhibition {
  readonly url: string;
  /** what the next question of a waiting page is answered with */
  tell(standing: object): void;
  /** the fields of each form that was sent, oldest first */
  readonly sent: readonly URLSearchParams[];
  /** bytes on the wire, gzip, of a page and all that it loads */
  weigh(scene: string, language: Language): number;
  close(): Promise<void>;
}

/** Shows every scene at `/<language>/<scene>`, under the headers of the product. */
export async function openExhibition(): Promise<Exhibition> {
  const web = mkdtempSync(join(tmpdir(), 'genkan-gallery-'));
  await bundleWeb(root, web);
  let standing: object = { state: 'ringing' };
  const sent: URLSearchParams[] = [];

  const draw = (scene: string, language: Language): string | undefined => {
    const Scene = scenes[scene];
    return (
      Scene &&
      renderPage(
        {
          language,
          words: wordsFor(language),
          csrf: 'c'.repeat(86),
          organisation: {
            name: language === 'ja' ? 'げんかん大学' : 'Genkan University',
            help: language === 'ja' ? '事務局（03-1234-5678、平日9時～17時）' : 'Office, 03-1234-5678',
          },
          timeZone: 'Asia/Tokyo',
          path: `/${language}/${scene}`,
          asset: name => `/assets/${name}?v=AbCdEfGhIj`,
        },
        <Scene />,
      )
    );
  };

  const server = createServer(async (request, response) => {
    setSecurityHeaders(response, false);
    const [, first = '', second = ''] = (request.url ?? '').split(/[/?]/);
    if (request.method === 'POST') {
      sent.push(new URLSearchParams(await text(request)));
      // Slow, as a phone network is: time enough for a second press.
      setTimeout(() => response.end('sent'), 300);
      return;
    }
    if (first === 'assets') {
      response.setHeader('Content-Type', types[extname(second)] ?? 'text/plain');
      response.end(readFileSync(join(web, second)));
    } else if (first === 'standing') {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(standing));
    } else {
      const page = isLanguage(first) ? draw(second, first) : undefined;
      response.statusCode = page ? 200 : 404;
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page ?? 'moved on');
    }
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell(next) {
      standing = next;
    },
    sent,
    weigh(scene, language) {
      const html = draw(scene, language) ?? '';
      const loaded = new Set([...html.matchAll(/\/assets\/([\w.-]+)\?/g)].map(([, name = '']) => name));
      const parts = [html, ...[...loaded].map(name => readFileSync(join(web, name)))];
      return parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0);
    },
    close: () => new Promise<void>(done => server.close(() => done())),
  };
}
