import { openContext } from './context.ts';
import { programs } from './programs.ts';
import { run } from './run.ts';
import { commands } from './table.ts';

/** Where this process writes. */
const screen = (stream: NodeJS.WriteStream) => ({
  isTerminal: stream.isTTY === true,
  get columns() {
    return stream.columns;
  },
  write: (text: string) => void stream.write(text),
});

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), process.env, {
  commands,
  programs,
  open: openContext(process.env),
  stdout: screen(process.stdout),
  stderr: screen(process.stderr),
});
