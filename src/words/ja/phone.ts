import type { phone as en } from '../en/phone.ts';
import type { WordsOf } from '../section.ts';

export const phone: WordsOf<typeof en> = {};
