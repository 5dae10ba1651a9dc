import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDirectory } from '../directory/testing.ts';
import { openHashing } from '../methods/password/index.ts';
import { run } from './run.ts';
import { commands } from './table.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the command printed as JSON.
  readonly json: any;
}

/** The whole command line on a database of its own, with a folder for files. */
export async function testCommandLine(options: { url?: string } = {}) {
  const house = await testDirectory();
  const folder = mkdtempSync(join(tmpdir(), 'genkan-cli-'));
  const hashing = openHashing({ initialKey: house.storage.sealer.key('initial passwords') });

  async function genkan(...argv: string[]): Promise<Ran> {
    const out: string[] = [];
    const err: string[] = [];
    const listening = (heard: string[]) => ({
      isTerminal: false,
      write: (text: string) => void heard.push(text),
    });
    const status = await run(
      argv,
      { LANG: 'en_US.UTF-8' },
      {
        commands,
        programs: [],
        stdout: listening(out),
        stderr: listening(err),
        open: async (_, speaking) => ({
          ...house,
          hashing,
          timeZone: (await house.directory.settings.get('organisation')).timeZone,
          url: options.url ?? 'https://genkan.example',
          actor: { is: 'office', name: 'tester' },
          ...speaking,
          close: async () => undefined,
        }),
      },
    );
    const printed = out.join('');
    return {
      status,
      out: printed,
      err: err.join(''),
      json: argv.includes('--json') && printed !== '' ? JSON.parse(printed) : undefined,
    };
  }

  return {
    ...house,
    hashing,
    genkan,
    file: (name: string) => join(folder, name),
    async close() {
      await house.storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
