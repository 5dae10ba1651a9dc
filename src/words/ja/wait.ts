import type { wait as en } from '../en/wait.ts';
import type { WordsOf } from '../section.ts';

export const wait: WordsOf<typeof en> = {
  againIn: p => `${p.wait}後に、もう一度送信できます。`,
  seconds: p => `${p.n}秒`,
  minutes: p => `${p.n}分`,
  hours: p => `${p.n}時間`,
  days: p => `${p.n}日`,
};
