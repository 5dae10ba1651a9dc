import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedFailure } from './failure.ts';
import type { Place } from './place.ts';
import { bareEnvironment } from './user.ts';

export const owner = 'genkan';

/** The major version that made the data; undefined when there is none yet. */
export function madeBy(data: string): number | undefined {
  const file = join(data, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/**
 * Removes what a creation that was killed has left. Called by one process at a time. The killed one's own
 * child may still be writing: what cannot be emptied now is nobody's, and goes at the next start.
 */
export function sweep(place: Place): void {
  for (const left of readdirSync(place.home).filter(name => name.startsWith('data.new-'))) {
    try {
      rmSync(join(place.home, left), { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

/**
 * Creates an empty cluster: beside its place first, then moved, so that a kill in the middle leaves nothing half.
 * Index order must not hang on a library's version: no locale. Checksums on. Called by one process at a time.
 */
export async function createCluster(place: Place, { bin }: Binaries, durable: boolean): Promise<void> {
  const half = mkdtempSync(join(place.home, 'data.new-'));
  chownSync(half, place.user.uid, place.user.gid);
  const ask = [
    '-D',
    half,
    '-U',
    owner,
    '-E',
    'UTF8',
    '--no-locale',
    '-k',
    '--auth-local=trust',
    '--auth-host=reject',
  ];
  const child = spawn(join(bin, 'initdb'), [...ask, '--no-instructions', ...(durable ? [] : ['--no-sync'])], {
    cwd: '/',
    env: bareEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...place.user.become,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      said += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw new EmbeddedFailure(
      said.includes('No space left on device') ? 'disk-full' : 'does-not-start',
      `The database could not be created in ${place.home}: ${lastWords(said)}.`,
    );
  }
  renameSync(half, place.data);
  const folder = openSync(place.home, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** The line that says why, of what PostgreSQL printed. */
export function lastWords(said: string): string {
  const lines = said.split('\n').filter(line => line.trim() !== '');
  const reason = lines.filter(line => /\b(error|fatal|panic):/i.test(line)).at(-1) ?? lines.at(-1);
  return reason?.replace(/^.*?\b(?:error|fatal|panic):\s*/i, '').replace(/\.$/, '') ?? 'it said nothing';
}
