import type { password as en } from '../en/password.ts';
import type { WordsOf } from '../section.ts';

export const password: WordsOf<typeof en> = {
  'too-short': p => `${p.minimum}文字以上で入力してください。`,
  'too-long': p => `${p.maximum}文字以内で入力してください。`,
  unreadable: 'キーボードで入力できる文字を使用してください。',
  common: '推測されやすいパスワードです。別のパスワードを入力してください。',
  'about-you': 'ご自身の名前や組織の名前は使用できません。別のパスワードを入力してください。',
  'same-as-before': '現在のパスワードと同じです。別のパスワードを入力してください。',
};
