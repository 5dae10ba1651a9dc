import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { toneSamples } from '../../wire/rtp/index.ts';
import { spokenLanguages } from '../../words/index.ts';
import { promptNames } from './prompts.ts';
import { openRecordings, ownRecordings, shippedRecordings, surveyRecordings } from './recordings.ts';
import { wav } from './testing.ts';
import { readWav } from './wav.ts';

const sound = toneSamples('5', 1_000);

describe('a WAV file', () => {
  test('of a telephone is read, whatever else is in it', () => {
    const read = readWav(wav(sound));
    assert.ok(read.read);
    assert.deepEqual(read.samples, sound);
  });

  for (const [name, file, problem] of [
    ['of a CD', wav(sound, { rate: 44_100 }), { is: 'rate', found: 44_100 }],
    ['in stereo', wav(sound, { channels: 2 }), { is: 'channels', found: 2 }],
    ['of 8 bits', wav(sound, { bits: 8 }), { is: 'bits', found: 8 }],
    ['with MP3 in it', wav(sound, { tag: 0x55 }), { is: 'compressed' }],
    ['that ends too soon', wav(sound).subarray(0, 9_000), { is: 'cut-short' }],
    ['without sound', wav(sound).subarray(0, 40), { is: 'cut-short' }],
    ['that is none', Buffer.from('ID3 and so on'), { is: 'not-wav' }],
    ['of nothing', Buffer.alloc(0), { is: 'not-wav' }],
  ] as const)
    test(`${name} is refused, and why`, () => assert.deepEqual(readWav(file), { read: false, problem }));
});

/** A data folder with these recordings in it. */
function recorded(t: TestContext, files: Readonly<Record<string, Buffer>>) {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-recordings-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, 'prompts', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'prompts', name), content);
  }
  return { shipped: shippedRecordings(), own: ownRecordings(folder) };
}

describe('recordings', () => {
  test('of ours speak every prompt in every language', t => {
    const { used, unusable } = surveyRecordings(recorded(t, {}));
    assert.equal(used.length, spokenLanguages.length * promptNames.length);
    assert.deepEqual(unusable, []);
    assert.ok(used.every(one => one.from === 'genkan' && one.samples.length > 8_000));
  });

  test('of the organisation replace ours, and its name comes before the question', t => {
    const folders = recorded(t, { 'ja/ask-pound.wav': wav(sound), 'ja/organisation.wav': wav(sound) });
    const own = surveyRecordings(folders).used.filter(({ from }) => from === 'organisation');
    assert.deepEqual(
      own.map(({ language, name }) => `${language} ${name}`),
      ['ja organisation', 'ja ask-pound'],
    );
    const recordings = openRecordings(folders);
    const question = recordings.question({ language: 'ja', expect: { keys: '#' } });
    assert.equal(question.milliseconds, 2_000);
    assert.equal(recordings.question({ language: 'ja', expect: { keys: '#' } }), question);
    assert.ok(recordings.question({ language: 'ko', expect: { keys: '#' } }).milliseconds > 10_000);
    assert.ok(recordings.say('ja', 'confirmed').milliseconds > 2_000);
  });

  test('that cannot be played are named, and ours are played', t => {
    const folders = recorded(t, {
      'en/confirmed.wav': wav(sound, { rate: 16_000 }),
      'en/fraud.wav': wav(new Int16Array(8_000)),
      'en/no-key.wav': wav(toneSamples('5', 20_000)),
      'en/wrong-key.wav': wav(new Int16Array(600_000)),
      'en/ask_number.wav': wav(sound),
      'fr/confirmed.wav': wav(sound),
      'confirmed.wav': wav(sound),
      'en/notes.txt': Buffer.from('not a recording'),
    });
    const { used, unusable } = surveyRecordings(folders);
    assert.ok(used.every(one => one.from === 'genkan'));
    assert.deepEqual(
      unusable.map(({ file, problem }) => [file.slice(folders.own.length + 1), problem.is]),
      [
        ['confirmed.wav', 'unknown-name'],
        ['en/ask_number.wav', 'unknown-name'],
        ['en/confirmed.wav', 'rate'],
        ['en/fraud.wav', 'silent'],
        ['en/no-key.wav', 'too-long'],
        ['en/wrong-key.wav', 'too-large'],
        ['fr/confirmed.wav', 'unknown-name'],
      ],
    );
    const guess = unusable[1]?.problem;
    assert.ok(guess?.is === 'unknown-name' && guess.guess === 'en/ask-number.wav');
    assert.equal(openRecordings(folders).unusable.length, 7);
  });

  test('that point nowhere take no calls down', t => {
    const folders = recorded(t, { 'ja/ask-pound.wav': wav(sound) });
    symlinkSync('/nowhere/confirmed.wav', join(folders.own, 'ja', 'confirmed.wav'));
    const { unusable } = openRecordings(folders);
    assert.deepEqual(
      unusable.map(({ file, problem }) => [file.slice(folders.own.length + 1), problem.is]),
      [['ja/confirmed.wav', 'unreadable']],
    );
  });
});
