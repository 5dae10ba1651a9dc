import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EmbeddedFailure } from './failure.ts';
import { packagedBinaries } from './packaged.ts';
import type { Place } from './place.ts';
import { bareEnvironment, type ServerUser } from './user.ts';

/** A folder with `postgres` and `initdb` that run here. */
export interface Binaries {
  bin: string;
  version: string;
  major: number;
}

const oldest = 15;

/**
 * The system's own PostgreSQL first, since the distribution keeps it safe: the newest, or the one that made the
 * data (`madeBy`, a major version); else the one from the package registry.
 */
export function findBinaries(place: Place, madeBy: number | undefined): Binaries {
  const seen: Binaries[] = [];
  for (const bin of candidates(place)) {
    const found = tryOut(bin, place.user);
    if (!found) continue;
    seen.push(found);
    if (found.major >= oldest && (madeBy === undefined || found.major === madeBy)) return found;
  }
  if (madeBy !== undefined && seen.length > 0) {
    throw new EmbeddedFailure(
      'wrong-version',
      `The database in ${place.data} was made by PostgreSQL ${madeBy}, and this machine has only ${seen.map(one => one.version).join(', ')}: ` +
        `install PostgreSQL ${madeBy} beside it.`,
    );
  }
  throw new EmbeddedFailure(
    'no-binaries',
    `No PostgreSQL of version ${oldest} or later runs here: install the package postgresql, or set GENKAN_DATABASE_URL to a database of your own.`,
  );
}

function* candidates(place: Place): Generator<string> {
  const systems = [
    ...versionsIn('/usr/lib/postgresql').map(version => join('/usr/lib/postgresql', version, 'bin')),
    ...versionsIn('/usr').flatMap(name => (name.startsWith('pgsql-') ? [join('/usr', name, 'bin')] : [])),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  for (const bin of systems) {
    if (existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb'))) yield realpathSync(bin);
  }
  yield* packagedBinaries(place);
}

const versionsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true })) : [];

function tryOut(bin: string, user: ServerUser): Binaries | undefined {
  const trial = spawnSync(join(bin, 'postgres'), ['--version'], {
    cwd: '/',
    env: bareEnvironment,
    encoding: 'utf8',
    ...user.become,
  });
  const version = /\b(\d+)(?:\.\d+|\w+)*/.exec(trial.stdout ?? '');
  return trial.status === 0 && version ? { bin, version: version[0], major: Number(version[1]) } : undefined;
}
