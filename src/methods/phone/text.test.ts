import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '../../wire/smpp/index.ts';
import { spokenLanguages } from '../../words/index.ts';
import { textFor } from './text.ts';

const ofLength = (length: number): string => `${'l'.repeat(length - 6)}.ac.jp`;
const code = '012345';

test('every text is one message of the network, whatever the names and the language', () => {
  for (const language of spokenLanguages)
    for (const name of ['京都中央大学', 'Kyoto Chuo University', 'Universität [Süd] für €', '東大', '漢'])
      for (const times of [1, 3, 12])
        for (const host of ['a.jp', ofLength(22), ofLength(38), ofLength(54), ofLength(253)]) {
          const text = textFor({ language, organisation: name.repeat(times), host, code });
          assert.equal(partsOf(text, 'gsm', 1)?.parts.length, 1, text);
          assert.ok(text.startsWith(code));
        }
});

test('in Japanese, hosts of up to 22 letters leave room for everything, up to 38 for a name and the last line', () => {
  const length = (host: string, organisation = '京都中央大学'): string[] =>
    textFor({ language: 'ja', organisation, host, code }).split('\n');
  assert.deepEqual(length(ofLength(22)), [
    '012345 は京都中央大学の確認コードです。',
    '他人に教えないでください。',
    '',
    `@${ofLength(22)} #012345`,
  ]);
  assert.deepEqual(length(ofLength(23)), [
    '012345 は京都中央大学の確認コードです。',
    '',
    `@${ofLength(23)} #012345`,
  ]);
  assert.deepEqual(length(ofLength(38)), [
    '012345 は京都中…の確認コードです。',
    '',
    `@${ofLength(38)} #012345`,
  ]);
  assert.deepEqual(length(ofLength(39)), [
    '012345 は京都中央大学の確認コードです。',
    '他人に教えないでください。',
  ]);
});
