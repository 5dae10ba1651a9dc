import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { authenticator as en } from '../src/words/en/authenticator.ts';
import { authenticator as ja } from '../src/words/ja/authenticator.ts';
import { minifyCss, readSheet } from './css.mjs';

const at = '/authenticator';

/**
 * Genkan Authenticator: one page, its script and sheet named by their content, the decoder of QR codes apart,
 * and a worker that keeps what is needed without a network.
 */
export async function bundleAuthenticator(root, out) {
  const inApp = (...parts) => join(root, 'web', 'authenticator', ...parts);
  mkdirSync(out, { recursive: true });

  const main = await scripts(root, inApp('main.tsx'), out);
  const css = minifyCss(readSheet(inApp('app.css')));
  const sheet = `app-${hashOf(css)}.css`;
  writeFileSync(join(out, sheet), css);

  const names = { 'main.js': `${at}/${main}`, 'app.css': `${at}/${sheet}` };
  const sentences = { 'ja.needsScript': ja.needsScript, 'en.needsScript': en.needsScript };
  const page = readFileSync(inApp('index.html'), 'utf8').replace(
    /\{([\w.]+)\}/g,
    (_, name) => ({ ...names, ...sentences })[name],
  );
  writeFileSync(join(out, 'index.html'), page);

  const icons = readdirSync(inApp('icons')).filter(name => name.endsWith('.png') || name === 'icon.svg');
  for (const name of icons) copyFileSync(inApp('icons', name), join(out, name));
  const manifest = { ...JSON.parse(readFileSync(inApp('manifest.json'), 'utf8')), description: ja.about };
  writeFileSync(join(out, 'manifest.webmanifest'), JSON.stringify(manifest));

  await worker(root, inApp('worker', 'sw.ts'), join(out, 'sw.js'), {
    FILES: JSON.stringify([at, ...Object.values(names)]),
    // The page names its script and its sheet by their content.
    VERSION: JSON.stringify(hashOf(page)),
    SENTENCES: JSON.stringify({ ja: notification(ja), en: notification(en) }),
  });
}

const notification = ({ notificationTitle: title, notificationBody: body }) => ({ title, body });

/** Returns the name of the script that the page loads. */
async function scripts(root, input, out) {
  const bundle = await rolldown({ input, cwd: root, platform: 'browser', transform: { target: 'es2022' } });
  const { output } = await bundle.write({
    dir: out,
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await bundle.close();
  const entry = output.find(({ isEntry }) => isEntry);
  if (entry.imports.length > 0) throw new Error(`The app would be in pieces: ${entry.imports.join(' ')}`);
  return entry.fileName;
}

async function worker(root, input, file, define) {
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'browser',
    transform: { target: 'es2022', define },
  });
  // Not a module: every browser that pushes has workers of the old kind.
  await bundle.write({ file, format: 'iife', minify: true, codeSplitting: false });
  await bundle.close();
}

const hashOf = content => createHash('sha256').update(content).digest('base64url').slice(0, 8);
