import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CommandContext, CommandFailed } from './command.ts';

export function readInput({ words }: CommandContext, file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new CommandFailed(words.files.notReadable({ file, why: reasonOf(error, words) }));
  }
}

export function readJson(context: CommandContext, file: string): unknown {
  const text = readInput(context, file).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailed(context.words.files.notJson({ file, why: reasonOf(error, context.words) }));
  }
}

/** A new file that only its owner can read. */
export interface PrivateFile {
  write(text: string): void;
  /** Returns when a power cut does not take it any more. */
  keep(): void;
  remove(): void;
}

/** Never writes over what is there, and never through a link. */
export function createPrivateFile({ words }: CommandContext, file: string): PrivateFile {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new CommandFailed(words.files.exists({ file }), { next: words.files.existsNext });
    throw new CommandFailed(words.files.notWritable({ file, why: reasonOf(error, words) }));
  }
  return {
    write: text => void writeSync(handle, text),
    keep() {
      fsyncSync(handle);
      closeSync(handle);
      const folder = openSync(dirname(file), 'r');
      fsyncSync(folder);
      closeSync(folder);
    },
    remove: () => rmSync(file, { force: true }),
  };
}

/** In words where it is one of the usual ones, else as the system says it. */
function reasonOf(error: unknown, { files }: CommandContext['words']): string {
  const reasons: Readonly<Record<string, string>> = files.reasons;
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message ?? String(error);
}
