import { phone as englishPhone } from '../en/phone.ts';
import { spoken as englishVoice } from '../en/spoken.ts';
import { phone as japanesePhone } from '../ja/phone.ts';
import { spoken as japaneseVoice } from '../ja/spoken.ts';
import type { WordsOf } from '../section.ts';
import { ko } from './ko.ts';
import { vi } from './vi.ts';
import { zh } from './zh.ts';

/** What reaches a person by telephone: the calls, and the texts with codes. */
export interface SpokenWords {
  readonly voice: WordsOf<typeof englishVoice>;
  readonly message: WordsOf<typeof englishPhone.message>;
}

/** The languages of calls and texts. Pages are in fewer: whoever reads none of those still hears their own. */
export const spokenLanguages = ['ja', 'en', 'zh', 'ko', 'vi'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

const catalogues: Readonly<Record<SpokenLanguage, SpokenWords>> = {
  ja: { voice: japaneseVoice, message: japanesePhone.message },
  en: { voice: englishVoice, message: englishPhone.message },
  zh,
  ko,
  vi,
};

export const spokenWordsFor = (language: SpokenLanguage): SpokenWords => catalogues[language];

export const isSpokenLanguage = (text: string): text is SpokenLanguage =>
  (spokenLanguages as readonly string[]).includes(text);
