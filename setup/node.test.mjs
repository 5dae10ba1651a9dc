import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
import { freePort } from '../src/kit/testing.ts';
import { readyNode, wanted } from './node.mjs';
import { moduleOf, newFolder, start, surroundingsIn, write } from './testing.mjs';

const name = `node-${process.platform}-${process.arch}`;
const old = { version: '20.19.0', path: '/usr/bin/node' };
const own = (version, program = '#!/bin/sh\n') => ({
  [`.node/node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
  [`.node/node_modules/${name}/bin/node`]: program,
});
const binaryIn = root => join(root, '.node', 'node_modules', name, 'bin', 'node');

test("the machine's Node is used when it is 24 or newer, also where ours lies beside it", () => {
  const root = newFolder();
  write(root, own(wanted));
  for (const version of ['24.0.0', '24.21.0', '25.1.0', '100.0.0'])
    assert.equal(readyNode(root, { version, path: '/usr/bin/node' }), '/usr/bin/node', version);
});

test('where the machine has an older one, ours is used when it is the one that is wanted, and whole', () => {
  const root = newFolder();
  assert.equal(readyNode(root, old), undefined, 'nothing was fetched yet');
  write(root, own(wanted));
  assert.equal(readyNode(root, old), binaryIn(root));
  write(root, own('24.1.0'));
  assert.equal(readyNode(root, old), undefined, 'of another version');
  const half = newFolder();
  write(half, { [`.node/node_modules/${name}/package.json`]: JSON.stringify({ name, version: wanted }) });
  assert.equal(readyNode(half, old), undefined, 'without its program');
});

/** A registry on this machine that has one package: a Node that is this program. */
async function registryWith(t, folder, program) {
  write(folder, {
    'parcel/package/package.json': JSON.stringify({ name, version: wanted }),
    'parcel/package/bin/node': program,
  });
  const archive = join(folder, 'node.tgz');
  const packed = spawnSync('tar', ['-czf', archive, '-C', join(folder, 'parcel'), 'package']);
  assert.equal(packed.status, 0, String(packed.stderr));
  const content = readFileSync(archive);
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const about = { name, version: wanted, dist: { tarball: `${url}/node.tgz`, integrity } };
  const all = { name, 'dist-tags': { latest: wanted }, versions: { [wanted]: about } };
  const server = createServer(({ url: asked }, response) => {
    if (asked === `/${name}`) response.end(JSON.stringify(all));
    else if (asked === '/node.tgz') response.end(content);
    else response.writeHead(404).end();
  });
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return url;
}

const fetches = `
  import { fetchNode } from ${moduleOf('node.mjs')};
  import { run } from ${moduleOf('say.mjs')};
  await run(async () => console.log(await fetchNode(process.argv[1])));
`;

function fetching(t, folder, registry) {
  const env = { ...surroundingsIn(folder), npm_config_registry: registry, npm_config_fetch_retries: '0' };
  delete env.npm_config_offline;
  return start(t, { code: fetches, args: [join(folder, 'checkout')], env }).ended;
}

test('our own Node comes from the registry, in place of an older one of ours, and nothing else is left', async t => {
  const folder = newFolder();
  const root = join(folder, 'checkout');
  write(root, own('24.1.0'));
  const registry = await registryWith(t, folder, '#!/bin/sh\necho v24\n');
  const { status, out, err } = await fetching(t, folder, registry);
  assert.equal(status, 0, err);
  assert.equal(out.trim(), binaryIn(root));
  assert.equal(readyNode(root, old), binaryIn(root));
  assert.deepEqual(readdirSync(join(root, '.node')), ['node_modules']);
});

test('one that does not run here is not kept, and one line says what to install', async t => {
  const folder = newFolder();
  const registry = await registryWith(t, folder, '#!/bin/sh\nexit 127\n');
  const { status, out, err } = await fetching(t, folder, registry);
  assert.equal(status, 1);
  assert.equal(out, '');
  assert.match(err, /^Genkan needs Node 24, and the one in the package registry does not run here: .+\n$/);
  assert.deepEqual(readdirSync(join(folder, 'checkout', '.node')), []);
});

test('without the registry one line says so, and the one that was there stays', async t => {
  const folder = newFolder();
  const root = join(folder, 'checkout');
  write(root, own('24.1.0'));
  const { status, err } = await fetching(t, folder, `http://127.0.0.1:${await freePort()}`);
  assert.equal(status, 1);
  assert.match(err, /^The package registry cannot be reached: .+\n$/);
  assert.ok(existsSync(binaryIn(root)));
});

test('a machine for which there is none is told so at once', async t => {
  const code = `Object.defineProperty(process, 'arch', { value: 'riscv64' });
    const { fetchNode } = await import(${moduleOf('node.mjs')});
    const { run } = await import(${moduleOf('say.mjs')});
    await run(() => fetchNode(process.argv[1]));`;
  const { status, err } = await start(t, { code, args: [newFolder()] }).ended;
  assert.equal(status, 1);
  assert.match(
    err,
    /^Genkan needs Node 24 and cannot fetch it for \w+ riscv64: install it and try again\.\n$/,
  );
});
