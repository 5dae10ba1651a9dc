// For the tests of the set-up. What it decides depends on the process: its user, its PATH, its terminal. So each of
// them is a process of its own, over real folders, and without a network.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(here, '..', 'package.json'), 'utf8'));

/** What a process is told that should import a file of the set-up. */
export const moduleOf = name => JSON.stringify(new URL(name, import.meta.url).href);

const folders = [];

/** A folder that goes away when all is done, and all processes are. Everybody may look into it. */
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-set-up-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

after(() => {
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Files by their paths, with their text; what is a program says so in its first line. */
export function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (text.startsWith('#!')) chmodSync(join(folder, path), 0o755);
  }
}

/** Surroundings in which npm asks nobody, keeps what it keeps in the folder, and heeds nobody's settings. */
export const surroundingsIn = folder => ({
  // What is called `node` is the one that runs us.
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: folder,
  TMPDIR: folder,
  ...(process.env.npm_execpath ? { npm_execpath: process.env.npm_execpath } : {}),
  npm_config_cache: join(folder, 'npm-cache'),
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
});

/** Runs a program, or what Node has as a file or as text. `ended` has what came of it. */
export function start(t, { program, file, code, args = [], env = process.env, cwd = '/' }) {
  const argv = file ? [file] : code ? ['--input-type=module', '-e', code] : [];
  const child = spawn(program ?? process.execPath, [...argv, ...args], { cwd, env });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text;
  });
  // It may be over before it is told to go on.
  child.stdin.on('error', () => {});
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (status, signal) => resolve({ status, signal, out, err }));
  });
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, out: () => out, err: () => err };
}

/** Lines that make a process an ordinary user for what follows; one that root did not start is one already. */
export const asOrdinaryUser = `
  if (process.getuid() === 0) {
    process.setgroups([]);
    process.setgid(65534);
    process.setuid(65534);
  }`;

/**
 * A checkout whose packages come from a folder of its own, and whose build takes no time. What is built prints what it
 * was started with, and with `--stay` it stays until it is stopped.
 */
export function checkout(folder) {
  const about = { name: 'house', version: '1.0.0', dependencies: { one: 'file:one' } };
  cpSync(here, join(folder, 'setup'), {
    recursive: true,
    filter: path => !/\.test\.mjs$|testing\.mjs$/.test(path),
  });
  write(folder, {
    'package.json': JSON.stringify({ ...about, type: 'module', scripts }),
    'package-lock.json': lockOf(about),
    'one/package.json': JSON.stringify({ name: 'one', version: '1.0.0' }),
    'src/main.ts': 'export const first = 1;\n',
    'setup/bundle.mjs': `
      import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
      const [root, out] = process.argv.slice(2);
      if (readFileSync(root + '/src/main.ts', 'utf8').includes('mistake')) throw new Error('a mistake at line 1');
      mkdirSync(out, { recursive: true });
      writeFileSync(out + '/genkan.js', \`
        console.log('Genkan: ' + process.argv.slice(2).join(' '));
        if (process.argv.includes('--stay')) {
          const rest = setInterval(() => {}, 1_000);
          process.on('SIGTERM', () => {
            console.log('Stopping.');
            clearInterval(rest);
          });
          console.log('Here.');
        }
      \`);
    `,
  });
}

export const lockOf = (about, more = {}) =>
  JSON.stringify({
    name: about.name,
    version: about.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': about,
      'node_modules/one': { resolved: 'one', link: true },
      one: { version: '1.0.0' },
    },
    ...more,
  });
