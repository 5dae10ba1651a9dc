import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { packagesAreReady } from './packages.mjs';
import { checkout, lockOf, moduleOf, newFolder, start, surroundingsIn } from './testing.mjs';

const installs = `
  import { installPackages } from ${moduleOf('packages.mjs')};
  import { run } from ${moduleOf('say.mjs')};
  await run(() => installPackages(process.argv[1]));
`;
const installing = (t, root) =>
  start(t, { code: installs, args: [root], env: surroundingsIn(newFolder()), cwd: root }).ended;

test('packages are installed when they are not there, again when the lock has changed, and else never', async t => {
  const root = newFolder();
  checkout(root);
  assert.equal(packagesAreReady(root), false, 'nothing is there yet');
  const first = await installing(t, root);
  assert.equal(first.status, 0, first.err);
  assert.ok(existsSync(join(root, 'node_modules', 'one', 'package.json')));
  assert.equal(packagesAreReady(root), true);

  const lock = join(root, 'package-lock.json');
  const before = readFileSync(lock, 'utf8');
  writeFileSync(lock, `${before}\n`);
  assert.equal(packagesAreReady(root), false, 'the lock is another');
  writeFileSync(lock, before);
  assert.equal(packagesAreReady(root), true, 'the same words, written again');

  // What somebody else's npm makes of the folder is not what we asked for: it has no stamp.
  writeFileSync(join(root, 'node_modules', '.genkan-stamp'), 'half');
  assert.equal(packagesAreReady(root), false);
});

test('an installation that fails says why, and does not count as done', async t => {
  const root = newFolder();
  checkout(root);
  const wish = { name: 'house', version: '1.0.0', dependencies: { one: 'file:one', two: 'file:two' } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(wish));
  const { status, out, err } = await installing(t, root);
  assert.equal(status, 1, out);
  assert.match(err, /^npm failed with code 1\. Its last words:\n/);
  assert.equal(packagesAreReady(root), false);
});

test('a package from afar is asked for, and where nobody answers one line says what to check', async t => {
  const root = newFolder();
  checkout(root);
  const about = { name: 'house', version: '1.0.0', dependencies: { far: '1.0.0' } };
  const far = { version: '1.0.0', resolved: 'http://127.0.0.1:1/far.tgz', integrity: 'sha512-YWJj' };
  writeFileSync(join(root, 'package.json'), JSON.stringify(about));
  writeFileSync(
    join(root, 'package-lock.json'),
    lockOf(about, { packages: { '': about, 'node_modules/far': far } }),
  );
  const { npm_config_offline: _, ...surroundings } = surroundingsIn(newFolder());
  const env = { ...surroundings, npm_config_fetch_retries: '0' };
  const { status, err } = await start(t, { code: installs, args: [root], env, cwd: root }).ended;
  assert.equal(status, 1);
  assert.match(err, /^The package registry cannot be reached: .+\n$/);
  assert.equal(packagesAreReady(root), false);
});
