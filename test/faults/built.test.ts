// What the build made, started as people start it.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../../src/kit/testing.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { until } from '../cast/until.ts';
import { type Built, startBuilt } from './built.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-built-'));
let database: Awaited<ReturnType<typeof testDatabase>>;
const running: ChildProcess[] = [];

before(async () => {
  database = await testDatabase();
});
after(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function start(command: 'serve' | 'demo', port: number, more: Record<string, string> = {}): Built {
  const product = startBuilt(command, folder, {
    GENKAN_LISTEN_PORT: String(port),
    ...(command === 'serve'
      ? { GENKAN_URL: `http://localhost:${port}`, GENKAN_DATABASE_URL: database.connectionString }
      : {}),
    ...more,
  });
  running.push(product.child);
  return product;
}

async function takenPort(host: string) {
  const other = createServer();
  other.unref().listen(0, host);
  await once(other, 'listening');
  const address = other.address();
  assert.ok(typeof address === 'object' && address);
  return { port: address.port, free: () => other.close() };
}

test('the server starts, answers, and ends when it is asked to', async () => {
  const port = await freePort();
  const server = start('serve', port);
  const answers = () =>
    fetch(`http://localhost:${port}/readyz`).then(
      response => response.ok,
      () => false,
    );
  await until(answers, server.printed);
  assert.equal((await fetch(`http://localhost:${port}/authenticator`)).status, 200);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.printed());
});

test('a port that is taken is named, with the setting that chooses another, and nothing goes on running', async () => {
  for (const [command, host] of [
    ['serve', '127.0.0.1'],
    ['demo', 'localhost'],
  ] as const) {
    const taken = await takenPort(host);
    const server = start(command, taken.port);
    assert.equal(await server.ended, 1, server.printed());
    const sentence = `Port ${taken.port} on ${host} is in use by another program.*GENKAN_LISTEN_PORT`;
    assert.match(server.printed(), new RegExp(sentence));
    taken.free();
  }
  const taken = await takenPort('localhost');
  const demo = start('demo', await freePort(), { GENKAN_SAMPLE_PORT: String(taken.port) });
  assert.equal(await demo.ended, 1, demo.printed());
  assert.match(demo.printed(), new RegExp(`Port ${taken.port} .*GENKAN_SAMPLE_PORT`));
  taken.free();
});
