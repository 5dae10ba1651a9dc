import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { assetFolders, root } from '../pages.ts';
import type { Exchange } from './exchange.ts';
import type { Wish } from './serve.ts';

/** One running process of the product. */
export interface Product {
  readonly url: string;
  readonly process: ChildProcess;
  readonly pid: number;
  /** from the start of the process until it answered, in ms */
  readonly startedIn: number;
  readonly ended: Promise<unknown>;
  /** kill -9: nothing is finished, nothing is said */
  kill(): Promise<void>;
  /** SIGTERM: what is under way is answered first */
  stop(): Promise<void>;
}

/**
 * Bundles a program once. 'beside': packages stay where they are installed, as in the build. 'inside': they
 * come along; a process that is started a hundred times should not look for a thousand files each time.
 */
export async function bundleProgram(
  entry: string,
  packages: 'beside' | 'inside',
): Promise<{ program: string; remove(): void }> {
  const folder = join(root, '.node', `program-${process.pid}-${Date.now()}`);
  const bundle = await rolldown({
    input: entry,
    cwd: root,
    platform: 'node',
    external: packages === 'inside' ? native : (id: string) => !id.startsWith('.') && !id.startsWith('/'),
    transform: { target: 'node24' },
    logLevel: 'silent',
  });
  const program = join(folder, 'product.js');
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'product.js' });
  await bundle.close();
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const native = [/^node:/, '@node-rs/argon2', 'pg-native', 'pg-cloudflare'];

export const program = join(root, 'test', 'cast', 'product', 'child.ts');

/** Starts one process and waits until it is ready. Throws with its last words when it ends before. */
export async function startProduct(options: {
  program: string;
  exchange: Exchange;
  configuration: { readonly url: string } & Wish['configuration'];
  /** where mail and the log of the process go */
  folder: string;
  node?: readonly string[];
}): Promise<Product> {
  const { folder, exchange, configuration } = options;
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'product.log');
  const wish: Wish = {
    configuration,
    assets: (await assetFolders()).slice(0, 1),
    mailFolder: join(folder, 'mail'),
  };
  const began = performance.now();
  const output = openSync(log, 'a');
  const child = fork(options.program, [JSON.stringify(wish)], {
    cwd: dirname(options.program),
    execArgv: [...(options.node ?? [])],
    env: { ...process.env, NODE_COMPILE_CACHE: dirname(options.program) },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  exchange.connect(child);
  const ended = once(child, 'exit');
  const ready = new Promise<void>(resolve => {
    child.on('message', (told: { is: string }) => {
      if (told.is === 'ready') resolve();
    });
  });
  const first = await Promise.race([ready.then(() => 'ready'), ended.then(() => 'ended')]);
  if (first === 'ended' || child.pid === undefined)
    throw new Error(`the product did not start: ${readFileSync(log, 'utf8').slice(-3_000)}`);
  return {
    url: configuration.url,
    process: child,
    pid: child.pid,
    startedIn: performance.now() - began,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
