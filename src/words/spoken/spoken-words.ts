import type { en } from '../en/index.ts';
import type { WordsOf } from '../section.ts';

/** What reaches a person by telephone: the calls, and the texts with codes. */
export interface SpokenWords {
  readonly voice: WordsOf<typeof en.spoken>;
  readonly message: WordsOf<typeof en.phone.message>;
}
