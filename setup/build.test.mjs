import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { build, buildIsReady } from './build.mjs';
import { Stop } from './say.mjs';
import { checkout, newFolder, write } from './testing.mjs';

function built() {
  const root = newFolder();
  checkout(root);
  assert.equal(buildIsReady(root), false, 'nothing was built yet');
  write(root, { '.node/here': '' });
  build(root, process.execPath);
  assert.equal(buildIsReady(root), true);
  return root;
}

test('a build is ready until a source changes, comes or goes; a test is no source', () => {
  const root = built();
  write(root, { 'src/main.test.ts': 'a test', 'docs/guide.md': 'a page' });
  assert.equal(buildIsReady(root), true);
  for (const change of [
    () => write(root, { 'src/main.ts': 'export const second = 22;\n' }),
    () => write(root, { 'web/page.css': 'a{}' }),
    () => rmSync(join(root, 'web', 'page.css')),
    () => write(root, { 'package-lock.json': '{}' }),
  ]) {
    change();
    assert.equal(buildIsReady(root), false, String(change));
    build(root, process.execPath);
    assert.equal(buildIsReady(root), true);
  }
});

test('a build that fails says why and leaves the one before where it is', () => {
  const root = built();
  const before = readFileSync(join(root, 'dist', 'genkan.js'), 'utf8');
  write(root, { 'src/main.ts': 'a mistake' });
  assert.throws(
    () => build(root, process.execPath),
    error => error instanceof Stop && /^The build failed:\n[\s\S]*a mistake at line 1/.test(error.message),
  );
  assert.equal(readFileSync(join(root, 'dist', 'genkan.js'), 'utf8'), before);
  assert.equal(buildIsReady(root), false);
  write(root, { 'src/main.ts': 'right again' });
  build(root, process.execPath);
  assert.ok(!existsSync(join(root, '.node', 'dist-half')) && !existsSync(join(root, '.node', 'dist-old')));
});

test('what was installed without its sources has nothing to build', () => {
  const root = newFolder();
  assert.equal(buildIsReady(root), false);
  write(root, { 'dist/genkan.js': '' });
  assert.equal(buildIsReady(root), true);
});
