import { en } from '../en/index.ts';
import { ja } from '../ja/index.ts';
import { ko } from './ko.ts';
import type { SpokenWords } from './spoken-words.ts';
import { vi } from './vi.ts';
import { zh } from './zh.ts';

export type { SpokenWords };

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
