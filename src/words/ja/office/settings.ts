import type { settings as en } from '../../en/office/settings.ts';
import type { WordsOf } from '../../section.ts';

export const settings: WordsOf<typeof en> = {
  reset: p => `${p.name} を既定値に戻しました。`,
};
