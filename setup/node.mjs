import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { Stop } from './say.mjs';

export const wanted = '24.21.0';
const name = `node-${process.platform}-${process.arch}`;

const thisOne = { version: process.versions.node, path: process.execPath };

/** The Node that runs Genkan, when it is already here: the one that runs us if new enough, else our own. */
export function readyNode(root, running = thisOne) {
  if (Number(running.version.split('.')[0]) >= 24) return running.path;
  const binary = ownNode(root);
  return existsSync(binary) && versionIn(join(root, '.node', 'node_modules', name)) === wanted
    ? binary
    : undefined;
}

const ownNode = root => join(root, '.node', 'node_modules', name, 'bin', 'node');

export const whatNode = `Fetching Node ${wanted} (this machine has ${process.versions.node})`;

/** Fetches our own Node from the package registry into `.node`, all of it or nothing. */
export async function fetchNode(root) {
  if (
    !['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(
      `${process.platform}-${process.arch}`,
    )
  ) {
    throw new Stop(
      `Genkan needs Node 24 and cannot fetch it for ${process.platform} ${process.arch}: install it and try again.`,
    );
  }
  const half = join(root, '.node', 'half');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  try {
    const how = ['--no-save', '--no-package-lock', '--ignore-scripts', '--prefer-offline'];
    await npm(['install', '--prefix', half, ...how, `${name}@${wanted}`], half);
    const trial = spawnSync(join(half, 'node_modules', name, 'bin', 'node'), ['--version']);
    if (trial.status !== 0) {
      throw new Stop(
        'Genkan needs Node 24, and the one in the package registry does not run here: install Node 24 and try again.',
      );
    }
    const place = join(root, '.node', 'node_modules');
    rmSync(place, { recursive: true, force: true });
    renameSync(join(half, 'node_modules'), place);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return ownNode(root);
}

function versionIn(home) {
  try {
    return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}
