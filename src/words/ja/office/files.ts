import type { files as en } from '../../en/office/files.ts';
import type { WordsOf } from '../../section.ts';

export const files: WordsOf<typeof en> = {
  notReadable: p => `${p.file} を読めません: ${p.why}`,
  notWritable: p => `${p.file} に書けません: ${p.why}`,
  exists: p => `${p.file} はすでにあります。上書きはしません。`,
  existsNext: '別の名前を指定するか、そのファイルを移動してください',
  notJson: p => `${p.file} は JSON ではありません: ${p.why}`,
  written: p => `${p.file} に書き出しました`,
  reasons: {
    ENOENT: 'そのファイルまたはフォルダーがありません',
    EACCES: '権限がありません',
    EISDIR: 'フォルダーです',
  },
};
