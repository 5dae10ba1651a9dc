import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, seconds } from './say.mjs';

/** A stage may take so long. A hang of one file became a failure long before. */
const longest = 120 * 60_000;

/** Runs one command as a stage: passed or failed, its output shown as it comes. */
export async function check(name, node, args, { cwd }) {
  const began = announce(name);
  const code = await ended(spawn(node, args, { cwd, stdio: 'inherit', detached: true }));
  return closed(name, began, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
}

/** Runs test files as a stage, so many at once, in their order. */
export async function tests({ name, files, atOnce }, node, { cwd, env }) {
  const began = announce(`${name} (${files.length} ${files.length === 1 ? 'file' : 'files'})`);
  const folder = mkdtempSync(join(tmpdir(), 'genkan-counts-'));
  const counts = join(folder, 'counts.json');
  const runner = join(cwd, 'setup', 'runner.mjs');
  const code = await ended(
    spawn(node, [runner, atOnce, counts, ...files], {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: true,
    }),
  );
  const counted = existsSync(counts) ? readFileSync(counts, 'utf8') : '';
  rmSync(folder, { recursive: true, force: true });
  const { passed, failed, cancelled, skipped } = counted
    ? JSON.parse(counted)
    : { passed: 0, failed: 0, cancelled: 0, skipped: 0 };
  const lost = failed + cancelled;
  return closed(name, began, { passed, failed: code !== 0 && lost === 0 ? 1 : lost, skipped });
}

/** A stage that could not run counts as failed: silence would look like success. */
export function missed(name, why) {
  say(`\n── ${name}`);
  say(why);
  return { name, ms: 0, passed: 0, failed: 1, skipped: 0 };
}

/** Every test file below `folder`, as paths from `root`. */
export function testFiles(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap(entry => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return testFiles(root, path);
      return /\.test\.(tsx?|mjs)$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

const running = new Set();

/** What still runs is ended with us: each stage is a process group of its own. */
export function endStages(signal) {
  for (const child of running) endGroup(child, signal);
}

function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // Nobody is left of it, or nobody of ours.
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}

async function ended(child) {
  running.add(child);
  const watchdog = setTimeout(() => {
    say(`This stage has run for ${longest / 60_000} minutes and is ended.`);
    endGroup(child, 'SIGKILL');
  }, longest);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject).once('exit', code => resolve(code ?? 1));
    });
  } finally {
    clearTimeout(watchdog);
    running.delete(child);
    // What a test left running would take its share of the machine from all that follow.
    endGroup(child, 'SIGKILL');
  }
}

function announce(name) {
  say(`\n── ${name}`);
  return performance.now();
}

function closed(name, began, counts) {
  const ms = performance.now() - began;
  say(`── ${name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} in ${seconds(ms)}`);
  return { name, ms, ...counts };
}
