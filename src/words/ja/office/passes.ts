import type { passes as en } from '../../en/office/passes.ts';
import type { WordsOf } from '../../section.ts';

export const passes: WordsOf<typeof en> = {
  made: p =>
    `${p.name} の一時アクセス パス: ${p.pass}\n表示は今回限りです。${p.from} から ${p.until} まで、${p.once ? '1回だけ' : '何度でも'}使用できます。以前のパスは無効になりました。`,
  madeNext:
    '学生証などで本人を確認してからお渡しください。--slips ファイル名 を付けると、お渡し用の用紙を印刷用のファイルに書き出します',
  printed: p => `${p.n}件のパスを発行しました。用紙は ${p.file} に書き出しました（ほかには表示されません）。`,
  printedNext: p =>
    `${p.file} をブラウザーで開いて印刷し、ファイルを削除してください。用紙は、学生証などで本人を確認してからお渡しください`,
  refused: {
    oneself: '自分のパスは発行できません。ほかの担当者に依頼してください。',
    nobody: 'このユーザーはもう存在しません。',
    length: 'パスの文字数は 8～48 です。',
    minutes: 'パスの有効時間は 10～480 分です。',
  },
  deleted: p => `${p.name} のパスを無効にしました。`,
  none: p => `${p.name} にパスはありません。`,
};
