import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPassword, type PasswordContext, shortest } from './rules.ts';

const context: PasswordContext = {
  minimum: shortest.withSecondFactor,
  about: ['s2025001', '山田　太郎', 'yamada.taro@example.ac.jp'],
  organisation: ['みなと大学', 'Minato University'],
};
const problemsOf = (password: string, minimum: number = context.minimum): string[] =>
  checkPassword(password, { ...context, minimum }).map(({ problem }) => problem);

test('a long password of small letters needs nothing else', () => {
  assert.deepEqual(problemsOf('three slow trains to nikko', shortest.alone), []);
  assert.deepEqual(problemsOf('つきよのかにはみがない'), []);
});

test('each code point counts one, after NFKC', () => {
  assert.deepEqual(problemsOf('🐢🐢🐢🦀🐙🐡🐬🐳'), []);
  assert.deepEqual(problemsOf('ﬃxyz1'), ['too-short'], 'a ligature is three letters, and that makes seven');
  assert.deepEqual(problemsOf('fourteen signs'.slice(0, 14), shortest.alone), ['too-short']);
});

test('256 are enough, 257 are refused and not cut', () => {
  const varied = (length: number): string =>
    Array.from({ length }, (_, i) => String.fromCodePoint(0x3041 + ((i * 7) % 80))).join('');
  assert.deepEqual(problemsOf(varied(256)), []);
  assert.deepEqual(problemsOf(varied(257)), ['too-long']);
});

test('what everybody guesses first is refused, however it is dressed', () => {
  for (const password of [
    'password',
    'P@ssw0rd2026',
    'Ｐａｓｓｗｏｒｄ',
    'Sakura2026!',
    'qwertyuiop',
    'aaaaaaaaaa',
    'abcdefghij',
    '20030401',
    '2003-04-01',
  ])
    assert.deepEqual(problemsOf(password), ['common'], password);
});

test('names of the person and of the organisation are refused with that reason', () => {
  for (const password of [
    's2025001',
    'S2025001!',
    'yamadataro',
    'Yamada.Taro',
    'Yamada2003',
    'みなと大学2026',
    'minatouniversity',
    'Genkan2026',
  ])
    assert.deepEqual(problemsOf(password), ['about-you'], password);
});

test('a passphrase that only contains a listed word is fine', () => {
  assert.deepEqual(problemsOf('my password is a small boat'), []);
  assert.deepEqual(problemsOf('minato university has a pond'), []);
});

test('signs that nobody can type are refused', () => {
  assert.deepEqual(problemsOf('abc\0defghi'), ['unreadable']);
  assert.deepEqual(problemsOf('abcdefg\ud800k'), ['unreadable']);
});
