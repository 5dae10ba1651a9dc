import { join } from 'node:path';
import { build, buildIsReady } from './build.mjs';
import { alone } from './lock.mjs';
import { fetchNode, readyNode, whatNode } from './node.mjs';
import { installPackages, packagesAreReady } from './packages.mjs';
import { Stop, step } from './say.mjs';

/** Brings Node and the packages; does nothing and takes no lock when they are here. Returns the path of Node. */
export async function bringPackages(root) {
  const node = readyNode(root);
  if (node && packagesAreReady(root)) return node;
  return locked(root, async () => {
    const ours = readyNode(root) ?? (await step(whatNode, () => fetchNode(root)));
    if (!packagesAreReady(root)) await step('Installing packages', () => installPackages(root));
    return ours;
  });
}

/** Brings everything that Genkan needs in order to run, and builds it when a source has changed. */
export async function bringAll(root) {
  const node = await bringPackages(root);
  if (!buildIsReady(root)) {
    await locked(root, async () => {
      if (!buildIsReady(root)) await step('Building', () => build(root, node));
    });
  }
  return node;
}

async function locked(root, work) {
  try {
    return await alone(join(root, '.node', 'set-up.lock'), work);
  } catch (error) {
    if (error.code === 'ENOSPC') throw new Stop('The disk is full: free some space and try again.');
    if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
      throw new Stop(`This user may not write in ${root}: run as its owner, and try again.`);
    }
    throw error;
  }
}
