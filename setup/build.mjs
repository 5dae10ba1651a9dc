import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from './say.mjs';

const sources = ['src', 'web', 'sample', 'setup', 'package-lock.json', 'tsconfig.json'];

/** Whether `dist` was built from the sources as they are. An installation without sources has only `dist`. */
export function buildIsReady(root) {
  const stamp = join(root, 'dist', '.stamp');
  if (!existsSync(join(root, 'src'))) return existsSync(join(root, 'dist', 'genkan.js'));
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

/** Builds beside `dist` and then takes its place: whoever starts meanwhile finds the old or the new, never a half. */
export function build(root, node) {
  const before = fingerprint(root);
  const half = join(root, '.node', 'dist-half');
  const old = join(root, '.node', 'dist-old');
  for (const folder of [half, old]) rmSync(folder, { recursive: true, force: true });
  const bundling = spawnSync(node, [join(root, 'setup', 'bundle.mjs'), root, half], {
    cwd: root,
    encoding: 'utf8',
  });
  if (bundling.error) throw bundling.error;
  if (bundling.status !== 0) {
    const said = `${bundling.stdout}${bundling.stderr}`.trim();
    throw new Stop(
      said.includes('ENOSPC')
        ? 'The disk is full: free some space and try again.'
        : `The build failed:\n${said}`,
    );
  }
  writeFileSync(join(half, '.stamp'), before);
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
  renameSync(half, join(root, 'dist'));
  rmSync(old, { recursive: true, force: true });
}

/** Path, size and time of every source: quick to take, and different after any edit. */
function fingerprint(root) {
  const hash = createHash('sha256');
  const visit = path => {
    const at = statSync(join(root, path), { throwIfNoEntry: false });
    if (at?.isDirectory()) {
      for (const entry of readdirSync(join(root, path)).sort()) visit(`${path}/${entry}`);
    } else if (at && !/\.test\.(tsx?|mjs)$/.test(path)) {
      hash.update(`${path}\0${at.size}\0${at.mtimeMs}\n`);
    }
  };
  for (const source of sources) visit(source);
  return hash.digest('hex');
}
