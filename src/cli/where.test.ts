// In which folder a command is typed, and by whom.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openContext } from './context.ts';
import { programs } from './programs.ts';
import { type OpenContext, run } from './run.ts';
import { commands } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-where-'));
process.chdir(folder);
after(() => {
  process.chdir('/');
  rmSync(folder, { recursive: true, force: true });
});

async function genkan(argv: readonly string[], open: OpenContext = openContext({})) {
  const out: string[] = [];
  const err: string[] = [];
  const heard = (lines: string[]) => ({ isTerminal: false, write: (line: string) => void lines.push(line) });
  const deps = { commands, programs, open, stdout: heard(out), stderr: heard(err) };
  const status = await run(argv, { LANG: 'en_US.UTF-8' }, deps);
  return { status, out: out.join(''), err: err.join('') };
}

test('a command that is typed beside the configuration begins nothing there, and says where to go', async () => {
  const { status, err } = await genkan(['users', 'list']);
  assert.equal(status, 1);
  assert.match(err, /no genkan\.yaml in this folder[\s\S]*--config <file>/);
  assert.equal(existsSync('.data'), false);
  assert.match((await genkan(['users', 'list', '--language', 'ja'])).err, /genkan\.yaml/);
});

test('config check names the file that it read, and says when there is none', async () => {
  assert.match((await genkan(['config', 'check'])).out, /There is no genkan\.yaml in this folder/);
  writeFileSync('mine.yaml', 'url: https://id.example\n');
  assert.match((await genkan(['config', 'check', '--config', 'mine.yaml'])).out, /wrong with mine\.yaml\./);
});

test('a configuration that is not YAML is told with its line, as no fault of ours', async () => {
  writeFileSync('broken.yaml', 'url: [a\n  b: :');
  const { status, err } = await genkan(['config', 'check', '--config', 'broken.yaml']);
  assert.equal(status, 1);
  assert.match(err, /^broken\.yaml is not YAML: .* line 1/);
});

test('whoever may not read the data folder is told as whom to type it', async () => {
  const denied = Object.assign(new Error("EACCES: permission denied, open '/var/lib/genkan/keys'"), {
    code: 'EACCES',
  });
  const { status, err } = await genkan(['users', 'list'], () => Promise.reject(denied));
  assert.equal(status, 1);
  assert.match(
    err,
    /^This user may not do that: EACCES[\s\S]*Next: type it as the user as whom the server runs/,
  );
});
