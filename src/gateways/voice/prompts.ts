import { type SpokenLanguage, spokenWordsFor } from '../../words/index.ts';
import type { CallScript } from '../gateway.ts';

/** What a call can say. */
export const promptNames = ['ask-pound', 'ask-number', 'confirmed', 'fraud', 'wrong-key', 'no-key'] as const;
export type PromptName = (typeof promptNames)[number];

export interface Prompt {
  /** the words that are spoken */
  readonly text: string;
  /** the recording in `prompts/audio` that speaks them */
  readonly file: string;
}

export function promptOf(language: SpokenLanguage, name: PromptName): Prompt {
  return { text: spokenWordsFor(language).voice[name], file: `${language}-${name}.wav` };
}

/** What a call says first, again and again until a key is pressed. */
export const questionOf = (script: Pick<CallScript, 'expect'>): PromptName =>
  script.expect.keys === '#' ? 'ask-pound' : 'ask-number';
