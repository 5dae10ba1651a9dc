import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../cast/pages.ts';
import { until } from '../cast/until.ts';

/** What the build made, started as people start it. */
export interface Built {
  readonly child: ChildProcess;
  /** its exit status, when it and all that it started have closed their output */
  readonly ended: Promise<number | null>;
  printed(): string;
  /** Until it has printed this. Throws with all that it printed when it ends before. */
  says(sentence: string): Promise<void>;
}

/** @param settings its whole environment, but for the PATH */
export function startBuilt(
  command: 'serve' | 'demo' | 'voice-agent',
  folder: string,
  settings: Record<string, string> = {},
  options: readonly string[] = [],
): Built {
  const child = spawn(process.execPath, [join(root, 'dist', 'genkan.js'), command, ...options], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', GENKAN_DATA_FOLDER: join(folder, command), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const ended = once(child, 'close').then(([status]) => status as number | null);
  return {
    child,
    ended,
    printed: () => printed,
    says: async sentence => {
      await until(
        () => {
          if (printed.includes(sentence)) return true;
          if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${printed}`);
          return false;
        },
        () => printed,
      );
    },
  };
}
