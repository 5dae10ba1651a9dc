import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { languages, wordsFor } from '../src/words/index.ts';

const lines = readFileSync(new URL('texts.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => line.split('\t'));

test('every spoken sentence has a recording, made from the very words', () => {
  for (const language of languages)
    for (const [name, text] of Object.entries(wordsFor(language).spoken)) {
      const line = lines.find(([l, n]) => l === language && n === name);
      assert.equal(line?.[2], text, `${language} ${name}: change texts.tsv, then run prompts/render.sh`);
      const wav = readFileSync(new URL(`audio/${language}-${name}.wav`, import.meta.url));
      assert.equal(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 12), 'RIFFWAVE');
      assert.deepEqual([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)], [1, 8000, 16]);
      const seconds = (wav.length - 44) / 16_000;
      assert.ok(seconds > 1 && seconds < 25, `${language} ${name}: ${seconds} s`);
    }
  assert.equal(lines.length, languages.length * Object.keys(wordsFor('en').spoken).length);
});
