import type { settings as en } from '../../en/office/settings.ts';
import type { WordsOf } from '../../section.ts';

export const settings: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」という設定はありません。${p.guess ? `「${p.guess}」ではありませんか？` : ''}`,
  notSet: '（未設定）',
  reset: p => `${p.name} を既定値に戻しました。`,
};
