import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { wordsFor } from '../../words/index.ts';
import { run } from '../run.ts';
import { voiceAgentProgram } from './voice-agent.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-voice-agent-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const words = wordsFor('en').office.voiceAgent;

function fileWith(secret: string): string {
  const file = join(folder, 'secret');
  writeFileSync(file, secret);
  return file;
}

/** What is said to somebody who types this, and never begins to wait. */
async function refusal(listen: string, file: string): Promise<{ status: number; said: string }> {
  const said: string[] = [];
  const screen = { isTerminal: false, write: (text: string) => void said.push(text) };
  const status = await run(
    ['voice-agent', '--language', 'en', '--listen', listen, '--secret-file', file],
    {},
    {
      commands: [],
      programs: [voiceAgentProgram],
      stdout: screen,
      stderr: screen,
      open: () => Promise.reject(new Error('an agent has no database')),
    },
  );
  return { status, said: said.join('') };
}

test('a voice agent does not begin with a secret that is short, or not there, and says how to make one', async () => {
  for (const file of [fileWith(`${'x'.repeat(23)}\n  \n`), join(folder, 'elsewhere')]) {
    const { status, said } = await refusal('127.0.0.1:0', file);
    assert.equal(status, 1);
    assert.ok(said.includes(words.noSecret({ file, least: 24 })), said);
    assert.ok(said.includes(words.noSecretNext), said);
  }
});

test('a voice agent does not begin where nobody could listen', async () => {
  const file = fileWith('x'.repeat(24));
  for (const typed of ['here', '127.0.0.1', '127.0.0.1:', '127.0.0.1:65536', '::1:7430', '[::1]7430']) {
    const { status, said } = await refusal(typed, file);
    assert.equal(status, 1, typed);
    assert.ok(said.includes(words.noPlace({ typed })), said);
  }
});
