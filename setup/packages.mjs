import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';

/** Whether `node_modules` is what package-lock.json asks for. npm clears the folder first, so a stamp in it is proof. */
export function packagesAreReady(root) {
  try {
    return readFileSync(stampOf(root), 'utf8') === wantedIn(root);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

export async function installPackages(root) {
  await npm(['ci', '--include=dev', '--include=optional', '--prefer-offline'], root);
  const half = `${stampOf(root)}.half`;
  writeFileSync(half, wantedIn(root));
  renameSync(half, stampOf(root));
}

const stampOf = root => join(root, 'node_modules', '.genkan-stamp');

const wantedIn = root =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
