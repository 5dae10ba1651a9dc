import type { office as en } from '../en/office.ts';
import type { WordsOf } from '../section.ts';

export const office: WordsOf<typeof en> = {};
