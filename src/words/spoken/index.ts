import { en } from '../en/index.ts';
import { ja } from '../ja/index.ts';
import type { WordsOf } from '../section.ts';
import { ko } from './ko.ts';
import { vi } from './vi.ts';
import { zh } from './zh.ts';

/** What reaches a person by telephone: the calls, and the texts with codes. */
export interface SpokenWords {
  readonly voice: WordsOf<typeof en.spoken>;
  readonly message: WordsOf<typeof en.phone.message>;
}

/** The languages of calls and texts. Pages are in fewer: whoever reads none of those still hears their own. */
export const spokenLanguages = ['ja', 'en', 'zh', 'ko', 'vi'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

const catalogues: Readonly<Record<SpokenLanguage, SpokenWords>> = {
  ja: { voice: ja.spoken, message: ja.phone.message },
  en: { voice: en.spoken, message: en.phone.message },
  zh,
  ko,
  vi,
};

export const spokenWordsFor = (language: SpokenLanguage): SpokenWords => catalogues[language];

export const isSpokenLanguage = (text: string): text is SpokenLanguage =>
  (spokenLanguages as readonly string[]).includes(text);
