import type { password as en } from '../en/password.ts';
import type { WordsOf } from '../section.ts';

export const password: WordsOf<typeof en> = {};
