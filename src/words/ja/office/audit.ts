import type { audit as en } from '../../en/office/audit.ts';
import type { WordsOf } from '../../section.ts';

export const audit: WordsOf<typeof en> = {
  whole: p =>
    `改ざんはありません。記録 ${p.records} 件（封印 ${p.seals} 件）と、直近数秒の記録 ${p.unsealed} 件を確かめました。`,
  broken: p => `ログが書かれたときのままではありません。最初に見つかったもの: ${p.what}`,
  findings: {
    altered: '書き換えられています',
    missing: 'なくなっています',
    inserted: 'あとから挿入されています',
    reordered: '順序が変わっています',
  },
  record: p =>
    `${p.at}の記録 ${p.id}${p.kind === '' ? '' : `（${p.kind}）`}${p.seal === '' ? '' : `（封印 ${p.seal}）`}が${p.why}`,
  seal: p => `封印 ${p.number} が${p.why}`,
  checkpoint: 'ログが、保管されていたチェックポイントの続きになっていません',
  before: p => `${p.time}より前の記録`,
  pruned: p =>
    `記録 ${p.records} 件（封印 ${p.seals} 件）を削除しました。ログはその続きから、これまでどおり検証できます。`,
  brokenNext:
    'データベースをそのまま保全し、最後に正しかったチェックポイント以降に書き込めた人を調べてください',
  empty: 'ログは空です。',
  noReference: p =>
    `「${p.typed}」はお問い合わせ番号ではありません。7WK3-9QTB のような英数字 8 文字を指定してください。`,
  unknownReference: p => `${p.number} の記録はありません。`,
  unknownReferenceNext: p =>
    `番号を 1 文字ずつ確かめてください。障害の画面に出た番号であれば、サーバーの出力から ${p.number} を探してください`,
  severalCalled: p =>
    `${p.number} に当たるものが複数あります。代わりに、次のいずれかを --reference に指定してください:`,
};
