import type { mail as en } from '../en/mail.ts';
import type { WordsOf } from '../section.ts';

export const mail: WordsOf<typeof en> = {};
