import type { passes as en } from '../../en/office/passes.ts';
import type { WordsOf } from '../../section.ts';

export const passes: WordsOf<typeof en> = {
  made: p =>
    `${p.name} の一時アクセス パス: ${p.pass}\n表示は今回限りです。${p.from} から ${p.until} まで、${p.once ? '1回だけ' : '何度でも'}使用できます。以前のパスは無効になりました。`,
  madeNext: '学生証などで本人を確認してからお渡しください。--slip でお渡し用の用紙を印字できます',
  refused: {
    oneself: '自分のパスは発行できません。ほかの担当者に依頼してください。',
    nobody: 'このユーザーはもう存在しません。',
    length: 'パスの文字数は 8～48 です。',
    minutes: 'パスの有効時間は 10～480 分です。',
  },
  deleted: p => `${p.name} のパスを無効にしました。`,
  none: p => `${p.name} にパスはありません。`,
};
