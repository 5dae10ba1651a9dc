import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openToneDetector } from '../src/wire/rtp/index.ts';
import { spokenLanguages, spokenWordsFor } from '../src/words/index.ts';

const lines = readFileSync(new URL('texts.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => line.split('\t'));

test('every spoken sentence has a recording, made from the very words', () => {
  for (const language of spokenLanguages)
    for (const [name, text] of Object.entries(spokenWordsFor(language).voice)) {
      const line = lines.find(([l, n]) => l === language && n === name);
      assert.equal(line?.[2], text, `${language} ${name}: change texts.tsv, then run prompts/render.sh`);
      const wav = readFileSync(new URL(`audio/${language}-${name}.wav`, import.meta.url));
      assert.equal(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 12), 'RIFFWAVE');
      assert.deepEqual([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)], [1, 8000, 16]);
      const seconds = (wav.length - 44) / 16_000;
      assert.ok(seconds > 1 && seconds < 25, `${language} ${name}: ${seconds} s`);
    }
  assert.equal(lines.length, spokenLanguages.length * Object.keys(spokenWordsFor('en').voice).length);
});

test('no recording presses a key: a line that gives back what we say confirms nothing', () => {
  for (const language of spokenLanguages)
    for (const name of Object.keys(spokenWordsFor(language).voice)) {
      const wav = readFileSync(new URL(`audio/${language}-${name}.wav`, import.meta.url)).subarray(44);
      const samples = Int16Array.from({ length: wav.length >> 1 }, (_, i) => wav.readInt16LE(2 * i));
      assert.deepEqual(openToneDetector().hear(samples), [], `${language} ${name}`);
    }
});
