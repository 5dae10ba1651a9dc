import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { rootFolder } from '../kit/root.ts';
import { promptPrograms } from './commands/prompts.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-prompts-'));
after(() => rmSync(folder, { recursive: true }));
const config = join(folder, 'genkan.yaml');
writeFileSync(config, `url: http://localhost:4000\ndataFolder: ${folder}\n`);
const japanese = join(folder, 'prompts', 'ja');
mkdirSync(japanese, { recursive: true });

async function genkan(...argv: string[]) {
  const said = { out: '', err: '' };
  const screen = (to: 'out' | 'err') => ({
    isTerminal: false,
    write(text: string) {
      said[to] += text;
    },
  });
  const status = await run(
    [...argv, '--config', config, '--language', 'en'],
    {},
    {
      commands: [],
      programs: promptPrograms,
      open: () => assert.fail('no database is needed'),
      stdout: screen('out'),
      stderr: screen('err'),
    },
  );
  return { status, ...said };
}

test('without recordings of one’s own, those of Genkan are listed and nothing is wrong', async () => {
  const checked = await genkan('prompts', 'check');
  assert.equal(checked.status, 0);
  assert.match(checked.out, /no recordings of your own/);
  const { out } = await genkan('prompts', 'list');
  assert.match(out, /vi +no-key +\d+\.\d +Genkan +Bạn chưa nhấn phím nào/);
});

test('a recording that can be played is listed as one’s own', async () => {
  const shipped = join(rootFolder(), 'prompts', 'audio', 'ja-confirmed.wav');
  copyFileSync(shipped, join(japanese, 'organisation.wav'));
  const { status, out } = await genkan('prompts', 'check');
  assert.equal(status, 0);
  assert.match(out, /calls play: 1/);
  const listed = JSON.parse((await genkan('prompts', 'list', '--json')).out);
  assert.equal(listed.length, 31);
  const { language, name, from, seconds } = listed[0];
  assert.deepEqual({ language, name, from }, { language: 'ja', name: 'organisation', from: 'organisation' });
  assert.ok(seconds > 2);
});

test('one that cannot fails the check, says why and what to do', async () => {
  writeFileSync(join(japanese, 'confirmd.wav'), 'nothing');
  writeFileSync(join(japanese, 'fraud.wav'), 'nothing');
  const { status, out, err } = await genkan('prompts', 'check');
  assert.equal(status, 1);
  assert.match(out, /confirmd\.wav is not a name that calls know\. Did you mean ja\/confirmed\.wav\?/);
  assert.match(out, /fraud\.wav is not a WAV file\./);
  assert.match(err, /8000 Hz, mono/);
  const { unusable } = JSON.parse((await genkan('prompts', 'check', '--json')).out);
  assert.deepEqual(
    unusable.map(({ is }: { is: string }) => is),
    ['unknown-name', 'not-wav'],
  );
});

test('another folder may be named', async () => {
  const { status, out } = await genkan('prompts', 'check', join(folder, 'elsewhere'));
  assert.equal(status, 0);
  assert.match(out, /elsewhere: calls play those of Genkan/);
});
