// Run by Node 24 with two arguments: the checkout, and the folder to build into.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { minifyCss, readSheet } from './css.mjs';

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

/** A script for a page: all it needs in one small file, for browsers of the last years. */
async function script(input) {
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'browser',
    transform: { target: 'es2020', jsx },
  });
  const file = join(out, 'web', `${basename(input).replace(/\.tsx?$/, '')}.js`);
  await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false });
  await bundle.close();
}

const filesIn = (folder, pattern) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => pattern.test(name) && !/\.(test|d)\.tsx?$/.test(name))
        .map(name => join(folder, name))
    : [];

mkdirSync(join(out, 'web'), { recursive: true });
const programs = [
  ['genkan', inRoot('src', 'cli', 'main.ts')],
  ['sample', inRoot('sample', 'main.ts')],
].filter(([, input]) => existsSync(input));
await Promise.all([
  ...programs.map(([name, input]) => program(name, input)),
  ...filesIn(inRoot('web', 'enhance'), /\.tsx?$/).map(script),
]);
for (const sheet of filesIn(inRoot('web', 'ui'), /\.css$/)) {
  writeFileSync(join(out, 'web', basename(sheet)), minifyCss(readSheet(sheet)));
}
