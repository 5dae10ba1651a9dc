import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { webApp } from './web-app.ts';

const page = '<!doctype html><title>App</title>';

async function served(t: { after(work: () => unknown): void }, secure: boolean): Promise<FastifyInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-app-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({
    'index.html': page,
    'sw.js': '// worker',
    'main-Ab_-9xYz.js': '// main',
    'app.webmanifest': '{}',
    'icon.png': 'png',
    '.stamp': 'secret',
    'notes.txt': 'secret',
  }))
    writeFileSync(join(folder, name), text);
  const server = Fastify();
  t.after(() => server.close());
  await server.register(webApp({ folder, at: '/app', secure }));
  return server;
}

test('the page is asked for anew each time, and comes again only when it changed', async t => {
  const server = await served(t, true);
  const first = await server.inject('/app');
  assert.equal(first.body, page);
  assert.equal(first.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(first.headers['cache-control'], 'no-cache');
  const again = await server.inject({
    url: '/app',
    headers: { 'if-none-match': String(first.headers.etag) },
  });
  assert.equal(again.statusCode, 304);
  assert.equal(again.body, '');
  assert.equal((await server.inject('/app/')).headers.location, '/app');
});

test('what is named by its content is kept for good; the worker may govern the page', async t => {
  const server = await served(t, true);
  const script = await server.inject('/app/main-Ab_-9xYz.js');
  assert.match(String(script.headers['cache-control']), /immutable/);
  assert.equal(script.headers['service-worker-allowed'], undefined);
  const worker = await server.inject('/app/sw.js');
  assert.equal(worker.headers['service-worker-allowed'], '/app');
  assert.equal(worker.headers['cache-control'], 'no-cache');
});

test('everything is pressed for whoever can unpress it', async t => {
  const server = await served(t, true);
  const ask = (encoding: string) => server.inject({ url: '/app', headers: { 'accept-encoding': encoding } });
  assert.equal(brotliDecompressSync((await ask('gzip, br')).rawPayload).toString(), page);
  assert.equal(gunzipSync((await ask('gzip')).rawPayload).toString(), page);
});

test('nothing else of the folder is served, and nothing beside it', async t => {
  const server = await served(t, true);
  for (const name of ['.stamp', 'notes.txt', '..%2f..%2fetc%2fpasswd', '%2e%2e', 'nothing.js'])
    assert.equal((await server.inject(`/app/${name}`)).statusCode, 404, name);
});

test('the policy lets it use the camera and speak with other organisations, by https where it came by https', async t => {
  const policyOf = async (secure: boolean) =>
    String((await (await served(t, secure)).inject('/app')).headers['content-security-policy']);
  assert.match(await policyOf(true), /connect-src 'self' https:;/);
  assert.match(
    await policyOf(false),
    /connect-src 'self' https: http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*;/,
  );
  for (const part of ["script-src 'self'", "require-trusted-types-for 'script'", "form-action 'none'"])
    assert.ok((await policyOf(true)).includes(part), part);
  const page = await (await served(t, true)).inject('/app');
  assert.match(String(page.headers['permissions-policy']), /camera=\(self\), microphone=\(\)/);
});
