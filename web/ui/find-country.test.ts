import assert from 'node:assert/strict';
import test from 'node:test';
import { countriesIn } from './countries.ts';
import { findCountries } from './find-country.ts';

const english = new Intl.DisplayNames(['en'], { type: 'region' });
const countries = countriesIn('ja').map(({ code, dialCode, label, search = '' }) => ({
  code,
  dialCode,
  names: [label.replace(/ \(\+\d+\)$/, ''), ...search.split(' '), english.of(code) ?? code],
}));
const first = (typed: string): string | undefined => findCountries(typed, countries)[0]?.code;

for (const typed of [
  'にほん',
  'ニホン',
  'ﾆﾎﾝ',
  'にっぽん',
  '日本',
  'Japan',
  'JAP',
  'nihon',
  'jp',
  'JP',
  '81',
  '+81',
  '0081',
  '８１',
  ' 日本 ',
]) {
  test(`「${typed}」 finds Japan first`, () => assert.equal(first(typed), 'JP'));
}

test('a country is found by any of its names', () => {
  assert.equal(first('かんこく'), 'KR');
  assert.equal(first('英国'), 'GB');
  assert.equal(first('ちゅうごく'), 'CN');
  assert.equal(first('ほんこん'), 'HK');
  assert.equal(first('cote'), 'CI');
  assert.equal(first('べとなむ'), 'VN');
});

test('a dial code shared by many lists all of them', () => {
  const codes = findCountries('+1', countries).map(country => country.code);
  assert.ok(codes.includes('US') && codes.includes('CA'));
  assert.deepEqual(findCountries('1', countries).length, codes.length);
});

test('what fits nothing finds nothing, and nothing typed finds all', () => {
  assert.deepEqual(findCountries('ぺけぺけ', countries), []);
  assert.deepEqual(findCountries('.*', countries), []);
  assert.equal(findCountries('  ', countries).length, 245);
});
