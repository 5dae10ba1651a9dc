import type { page as en } from '../en/page.ts';
import type { WordsOf } from '../section.ts';

export const page: WordsOf<typeof en> = {
  product: 'Genkan',
  titled: p => `${p.title} – ${p.organisation}`,
  help: '問い合わせ先',
  language: '言語',
  languageName: '日本語',
  skip: '本文へ移動',
  error: 'エラー',
  warning: '注意',
  number: 'お問い合わせ番号',
  accountMenu: 'アカウント メニュー',
  step: p => `手順 ${p.at}/${p.of}`,
};
