import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameKey, readDisplayName, readLoginName } from './names.ts';

test('a login name has nothing in it that cannot be seen: of one name it would make two that look alike', () => {
  const unseen = [
    ...[
      '\u00ad',
      '\u034f',
      '\u061c',
      '\u115f',
      '\u1160',
      '\u17b4',
      '\u180b',
      '\u180e',
      '\u200b',
      '\u200c',
      '\u200d',
    ],
    ...[
      '\u200e',
      '\u202e',
      '\u2060',
      '\u2064',
      '\u2066',
      '\u206f',
      '\u3164',
      '\ufe00',
      '\ufe0f',
      '\ufeff',
      '\uffa0',
    ],
    ...['\u{1bca0}', '\u{1d173}', '\u{e0001}', '\u{e0041}', '\u{e0100}', '\u{e01ef}'],
  ];
  for (const sign of unseen)
    assert.deepEqual(
      readLoginName(`hana${sign}ko`),
      { ok: false, problem: 'control-characters' },
      `U+${sign.codePointAt(0)?.toString(16)}`,
    );
  assert.deepEqual(readLoginName('Ｈａｎａｋｏ＠ｋｅｙａｋｉ.example'), {
    ok: true,
    text: 'Hanako@keyaki.example',
  });
  assert.deepEqual(readLoginName('佐藤①'), { ok: true, text: '佐藤1' });
});

test('a name that is shown keeps the variant of its sign, and loses nothing that turns it around', () => {
  assert.deepEqual(readDisplayName('葛\u{e0100}城'), { ok: true, text: '葛\u{e0100}城' });
  assert.deepEqual(readDisplayName('\u202e花子'), { ok: false, problem: 'control-characters' });
});

test('the wave dash and the minus of Shift_JIS are one sign, whichever machine wrote the list', () => {
  assert.equal(nameKey('情報〜A'), nameKey('情報～A'));
  assert.equal(nameKey('院−1'), nameKey('院－1'));
  assert.notEqual(nameKey('情報〜A'), nameKey('情報ーA'));
});
