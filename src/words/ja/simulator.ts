import type { simulator as en } from '../en/simulator.ts';
import type { WordsOf } from '../section.ts';

export const simulator: WordsOf<typeof en> = {};
