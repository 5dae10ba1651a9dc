// Run by Node 24 with two arguments: the checkout, and the folder to build into.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleWeb } from './bundle-web.mjs';

const [root, out] = process.argv.slice(2);
const inRoot = (...parts) => join(root, ...parts);
const jsx = { runtime: 'automatic', importSource: 'preact' };

/** A program for Node: our own files in one place, packages as they are installed. */
async function program(name, input) {
  const bundle = await rolldown({
    input: { [name]: input },
    cwd: root,
    platform: 'node',
    external: id => !id.startsWith('.') && !isAbsolute(id),
    transform: { target: 'node24', jsx },
    checks: { pluginTimings: false },
  });
  await bundle.write({
    dir: out,
    format: 'esm',
    sourcemap: true,
    // The folder moves to `dist` when all is built.
    sourcemapPathTransform: (source, map) => relative(inRoot('dist'), resolve(dirname(map), source)),
    entryFileNames: '[name].js',
    chunkFileNames: `${name}-[name]-[hash].js`,
  });
  await bundle.close();
}

const programs = [
  ['genkan', inRoot('src', 'cli', 'main.ts')],
  // started by the server, beside which it lies
  ['voice-agent', inRoot('src', 'gateways', 'voice', 'agent', 'main.ts')],
  ['sample', inRoot('sample', 'main.ts')],
].filter(([, input]) => existsSync(input));
await Promise.all([
  ...programs.map(([name, input]) => program(name, input)),
  bundleWeb(root, join(out, 'web')),
]);
