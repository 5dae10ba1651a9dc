import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleAuthenticator } from './bundle-authenticator.mjs';
import { minifyCss, readSheet } from './css.mjs';

/**
 * What pages load: each script of web/enhance and each style sheet of web/ui, small and in one piece.
 * In a folder of its own, what runs in the browser by itself: the authenticator.
 */
export async function bundleWeb(root, out) {
  mkdirSync(out, { recursive: true });
  await Promise.all([
    ...filesIn(join(root, 'web', 'enhance'), /\.tsx?$/).map(input => script(root, input, out)),
    bundleAuthenticator(root, join(out, 'authenticator')),
  ]);
  for (const sheet of filesIn(join(root, 'web', 'ui'), /\.css$/)) {
    writeFileSync(join(out, basename(sheet)), minifyCss(readSheet(sheet)));
  }
}

/** A script for a page: all it needs in one small file, for browsers of the last years. */
async function script(root, input, out) {
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'browser',
    transform: { target: 'es2020' },
  });
  const file = join(out, `${basename(input).replace(/\.tsx?$/, '')}.js`);
  await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false });
  await bundle.close();
}

const filesIn = (folder, pattern) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => pattern.test(name) && !/\.(test|d)\.tsx?$/.test(name))
        .map(name => join(folder, name))
    : [];
