import { authenticator as en } from '../../src/words/en/authenticator.ts';
import { authenticator as ja } from '../../src/words/ja/authenticator.ts';
import type { Language } from './language.ts';

export type Sentences = typeof ja;

export const wordsIn = (language: Language): Sentences => ({ ja, en })[language];
