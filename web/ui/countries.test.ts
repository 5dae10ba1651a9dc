import assert from 'node:assert/strict';
import test from 'node:test';
import { languages } from '../../src/words/index.ts';
import { countriesIn } from './countries.ts';

const japanese = countriesIn('ja');
const at = (code: string): number => japanese.findIndex(country => country.code === code);

test('every country with telephone numbers is listed once, in both languages', () => {
  for (const language of languages) {
    const codes = countriesIn(language).map(country => country.code);
    assert.equal(codes.length, 245);
    assert.equal(new Set(codes).size, 245);
  }
});

test('Japan stands where a reader of Japanese looks for it: between ナウル and ニューカレドニア', () => {
  assert.ok(at('NR') < at('JP') && at('JP') < at('NC'));
});

test('韓国 stands among カ, 中国 among チ, 香港 among ホ', () => {
  assert.ok(at('CA') < at('KR') && at('KR') < at('KH'));
  assert.ok(at('TD') < at('CN') && at('CN') < at('TN'));
  assert.ok(at('BO') < at('HK') && at('HK') < at('PT') + 5);
});

test('every name that contains kanji can be found by its reading', () => {
  const unread = japanese.filter(
    country => /\p{Script=Han}/u.test(country.label) && !/\p{Script=Hiragana}/u.test(country.search ?? ''),
  );
  assert.deepEqual(unread, []);
});

test('a label names the country and its dial code', () => {
  assert.equal(japanese[at('JP')]?.label, '日本 (+81)');
  assert.equal(countriesIn('en').find(country => country.code === 'JP')?.label, 'Japan (+81)');
});
