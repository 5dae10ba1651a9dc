import { type SpokenLanguage, spokenWordsFor } from '../../words/index.ts';
import type { CallScript } from '../gateway.ts';

/** The recordings in `prompts/audio`: `<language>-<name>.wav`. */
export type PromptName = 'ask-pound' | 'ask-number' | 'confirmed' | 'fraud' | 'wrong-key' | 'no-key';

export interface Prompt {
  /** the words that are spoken */
  readonly text: string;
  /** the file that speaks them */
  readonly file: string;
}

export function promptOf(language: SpokenLanguage, name: PromptName): Prompt {
  return { text: spokenWordsFor(language).voice[name], file: `${language}-${name}.wav` };
}

/** What a call says first, again and again until a key is pressed. */
export const questionOf = (script: CallScript): PromptName =>
  script.expect.keys === '#' ? 'ask-pound' : 'ask-number';
