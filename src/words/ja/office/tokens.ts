import type { tokens as en } from '../../en/office/tokens.ts';
import type { WordsOf } from '../../section.ts';

export const tokens: WordsOf<typeof en> = {
  imported: p => `ハードウェア トークンを ${p.n} 個登録しました。`,
  importedNext: p => `${p.file} を削除してください。このファイルがあれば、すべてのトークンを複製できます`,
  notImported: p => `${p.file} は登録されませんでした:`,
  line: p => `${p.line} 行目${p.value === undefined ? '' : `「${p.value}」`}: ${p.problem}`,
  problems: {
    unreadable: 'CSV としても PSKC としても読み取れません',
    columns: '列は upn,serial number,secret key,time interval,manufacturer,model の順に必要です',
    serial: 'シリアル番号ではありません',
    secret: 'secret key は Base32 の 16～128 文字で指定してください',
    interval: 'time interval は 30 または 60 です',
    algorithm: '対応していない方式です',
    mac: '鍵が途中で書き換えられたか、ファイルの鍵が異なります',
    'key-needed': '暗号化されています。--key-file を指定してください',
    'key-length': '--key-file のファイルには 16 進数 32 桁の鍵（AES-128）を記入してください',
    'sealed-by-password':
      'パスワードで暗号化されており、読み取れません。事前共有鍵（AES-128-CBC）で暗号化したファイルを納入元に依頼してください',
    'sealed-for-certificate':
      '証明書を使って暗号化されており、読み取れません。事前共有鍵（AES-128-CBC）で暗号化したファイルを納入元に依頼してください',
    'sealed-otherwise':
      '対応していない方式で暗号化されています。事前共有鍵（AES-128-CBC）で暗号化したファイルを納入元に依頼してください',
    twice: 'このシリアル番号がファイルに 2 回あります',
    'there-already': 'このトークンは登録済みです',
    nobody: 'このユーザーはいません',
  },
  states: {
    stock: '在庫',
    assigned: '割り当て済み',
    active: '利用中',
    lost: '紛失',
    retired: '廃棄済み',
  },
  changed: p => `${p.serial}: 完了しました。`,
  refused: {
    'no-token': 'このトークンはありません。',
    'wrong-codes':
      'このトークンの連続する 2 つのコードではありません。新しいコードが表示されてから、もう一度実行してください。',
    held: 'このトークンは利用中です。先に割り当てを解除してください。',
    withdrawn: 'このトークンは使用を終了しています。',
  },
};
