import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseLanguage, wordsFor } from './index.ts';

interface Sentence {
  readonly key: string;
  readonly text: string;
}

/** Every sentence of a language; those with parameters are said with sevens. */
function sentencesOf(language: 'en' | 'ja'): Sentence[] {
  const found: Sentence[] = [];
  const collect = (key: string, value: unknown): void => {
    if (typeof value === 'string') found.push({ key, text: value });
    else if (typeof value === 'function') collect(key, value(sevens));
    else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) collect(`${key}.${name}`, part);
  };
  for (const [section, words] of Object.entries(wordsFor(language))) collect(section, words);
  return found;
}

const sevens = new Proxy({}, { get: () => 7 });

const english = sentencesOf('en');
const japanese = sentencesOf('ja');
const where = (wrong: readonly Sentence[]) => wrong.map(({ key, text }) => `${key}: ${text}`);
const none = (sentences: readonly Sentence[], wrong: RegExp) =>
  assert.deepEqual(where(sentences.filter(({ text }) => wrong.test(text))), []);

test('no sentence is empty, begins or ends with a space, or has two in a row', () => {
  none([...english, ...japanese], /^$|^\s|\s$| {2}/);
});

test('nothing was forgotten in English', () => {
  const said = new Map(english.map(({ key, text }) => [key, text]));
  const untranslated = japanese.filter(
    ({ key, text }) => text === said.get(key) && /\p{L}{2}/u.test(text) && !isCommand(text),
  );
  assert.deepEqual(
    untranslated.map(({ key }) => key).filter(key => !alike.has(key)),
    [],
  );
});

const isCommand = (text: string): boolean => text.startsWith('genkan ');

/** What is the same word in both. */
const alike = new Set(['page.product', 'approval.name', 'approval.device', 'authenticator.app', 'demo.app']);

test('nothing was forgotten in Japanese', () => {
  none(english, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
});

test('Japanese sentences use Japanese punctuation, and half-width letters and digits', () => {
  const letter = '[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}ー]';
  const sentences = japanese.filter(({ key }) => key !== 'office.imports.initialPasswordHeadings');
  none(sentences, new RegExp(`${letter}\\s*[,.!?;()]|[,.!?;()]\\s*${letter}`, 'u'));
  none(japanese, /[\u3000０-９Ａ-Ｚａ-ｚ\uff61-\uff9f]/);
  // At a terminal, a command that follows a colon is typed in half width.
  const shown = japanese.filter(({ key }) => !key.startsWith('office.'));
  none(shown, new RegExp(`${letter}\\s*:`, 'u'));
});

test('brackets of Japanese sentences are closed', () => {
  for (const [open, close] of ['「」', '（）', '『』']) {
    const count = (text: string, sign: string | undefined) => text.split(sign ?? '').length;
    assert.deepEqual(where(japanese.filter(({ text }) => count(text, open) !== count(text, close))), []);
  }
});

test('a sentence says something of everything it is given', () => {
  const given = (language: 'en' | 'ja') =>
    new Set(
      sentencesOf(language)
        .filter(s => s.text.includes('7'))
        .map(s => s.key),
    );
  assert.deepEqual(
    [...given('en')].filter(key => !given('ja').has(key)),
    [],
  );
});

test('the language is what the application asks for, else what the person set, else what the browser prefers', () => {
  const from = { uiLocales: 'fr en', preferred: 'ja', acceptLanguage: 'ja', fallback: 'ja' } as const;
  assert.equal(chooseLanguage(from), 'en');
  assert.equal(chooseLanguage({ ...from, uiLocales: 'fr' }), 'ja');
  assert.equal(chooseLanguage({ acceptLanguage: 'de, en-GB;q=0.8, ja;q=0.5', fallback: 'ja' }), 'en');
  assert.equal(chooseLanguage({ fallback: 'ja' }), 'ja');
});

test('weights count as RFC 9110 §12.4.2 has it, and a region does not hide a language', () => {
  const accepted = (acceptLanguage: string) => chooseLanguage({ acceptLanguage, fallback: 'en' });
  assert.equal(accepted('en;q=0.3,ja;q=0.9'), 'ja');
  assert.equal(accepted('en;q=0.3, ja-JP-u-ca-japanese ; Q=0.301'), 'ja');
  assert.equal(accepted('ja;q=0, en;q=0.1'), 'en');
  assert.equal(accepted('ja;q=0'), 'en');
  assert.equal(accepted('JA-jp'), 'ja');
  assert.equal(accepted('jam, jav'), 'en');
  assert.equal(accepted('*'), 'en');
});

test('garbage chooses nothing and breaks nothing', () => {
  for (const garbage of [
    '',
    ',',
    ';;;',
    'ja;q=2',
    'ja;q=',
    'ja;q=-1',
    'ja;q=1e3',
    '\u0000',
    'q=1',
    '日本語',
    ','.repeat(1e6),
  ]) {
    assert.equal(chooseLanguage({ acceptLanguage: garbage, fallback: 'en' }), 'en', garbage.slice(0, 20));
    assert.equal(chooseLanguage({ uiLocales: garbage, preferred: garbage, fallback: 'en' }), 'en');
  }
});
