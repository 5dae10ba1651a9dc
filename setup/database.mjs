import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Stop } from './say.mjs';

/**
 * One private PostgreSQL for a whole run of the tests, on a folder that goes away with it. It ends when its
 * standard input closes, so it cannot outlive us.
 */
export async function testDatabase(root, node) {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-test-'));
  chmodSync(folder, 0o711);
  const program = join(root, 'src', 'storage', 'embedded', 'test-server.ts');
  const child = spawn(node, ['--import', 'tsx', program, join(folder, 'database')], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text;
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  // Whoever is on the way out may write a last file while we remove them.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  if (child.exitCode !== null || child.signalCode !== null) {
    remove();
    throw new Stop(`The database for the tests did not start:\n${said.trim()}`);
  }
  const { url, version } = JSON.parse(first[0]);
  return {
    // Tests create databases of their own beside this one.
    url: url.replace('/genkan?', '/postgres?'),
    version,
    async stop() {
      child.stdin.end();
      const hangs = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 120_000);
      await ended;
      clearTimeout(hangs);
      remove();
    },
  };
}
