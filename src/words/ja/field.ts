import type { field as en } from '../en/field.ts';
import type { WordsOf } from '../section.ts';

export const field: WordsOf<typeof en> = {
  required: '必須',
  show: '表示',
  hide: '非表示',
  showPassword: 'パスワードを表示',
  hidePassword: 'パスワードを隠す',
  copy: 'コピー',
  copied: 'コピーしました',
  countryCode: '国番号',
  countryHint: '国名または番号で検索できます（例：日本、81）。',
  usualCountries: 'よく使う国',
  allCountries: 'すべての国と地域',
  noCountry: '一致する国や地域はありません。',
  countriesFound: p => `${p.n}件あります`,
};
