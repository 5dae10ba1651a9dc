import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageSpokenTo, languages, spokenLanguages, spokenWordsFor } from '../index.ts';

/** The letters that tell a language from the others. */
const scripts = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  en: /^[\x20-\x7e]+$/,
  zh: /^[\p{Script=Han}，。\d a-z]+$/iu,
  ko: /\p{Script=Hangul}/u,
  vi: /^[\p{Script=Latin}\d ,.]+$/u,
};

test('every language of pages is spoken too', () => {
  for (const language of languages) assert.ok(spokenLanguages.includes(language));
});

test('every sentence is in its own script, begins and ends well, and is a sentence', () => {
  for (const language of spokenLanguages) {
    const { voice, message } = spokenWordsFor(language);
    const text = message.text({ code: '012345', organisation: 'Kyoto' });
    assert.ok(text.startsWith('012345') && text.includes('Kyoto'), text);
    for (const sentence of [...Object.values(voice), text, message.advice]) {
      assert.match(sentence, scripts[language]);
      assert.match(sentence, /^\S.*[.。]$/);
    }
  }
});

test('a question by voice tells of the pound key, of star on an analog line, and of zero', () => {
  const keys = {
    ja: ['シャープ', '米印', 'ゼロ'],
    en: ['pound', 'star', 'zero'],
    zh: ['井号', '星号', '零'],
    ko: ['우물 정자', '별표', '영번'],
    vi: ['phím thăng', 'phím sao', 'phím không'],
  };
  for (const language of spokenLanguages)
    for (const name of ['ask-pound', 'ask-number'] as const)
      for (const key of keys[language]) assert.ok(spokenWordsFor(language).voice[name].includes(key), key);
});

test('calls and texts are in the language of the page, but for whom there are no pages', () => {
  assert.equal(languageSpokenTo('ko', 'ja'), 'ko');
  assert.equal(languageSpokenTo('zh', 'en'), 'zh');
  assert.equal(languageSpokenTo('ja', 'en'), 'en');
  assert.equal(languageSpokenTo(undefined, 'ja'), 'ja');
  assert.equal(languageSpokenTo('fr', 'en'), 'en');
});
