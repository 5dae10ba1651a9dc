import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Freed memory is kept by glibc in an arena for each thread, and password hashes need much of it on many. */
export const surroundings = { MALLOC_ARENA_MAX: '2', ...process.env };

/**
 * Becomes `node program …args`. A newer Node replaces this process; an older one stays as a thin parent that
 * passes signals on and ends with the same exit code.
 */
export function launch(node, program, args) {
  // Not with `--enable-source-maps`: they lie beside, and would take 40 MB in every process at its start.
  const argv = [program, ...args];
  if (process.execve) process.execve(node, [node, ...argv], surroundings);

  const child = spawn(node, argv, { stdio: 'inherit', env: surroundings });
  // Ctrl-C in a terminal reaches the child by itself: passing it on would make it two.
  const passes = process.stdin.isTTY ? [] : ['SIGINT'];
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP', ...passes]) process.on(signal, () => child.kill(signal));
  child.once('error', error => {
    process.stderr.write(`${node} does not start: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}
