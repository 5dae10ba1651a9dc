import type { imports as en } from '../../en/office/imports.ts';
import type { WordsOf } from '../../section.ts';

export const imports: WordsOf<typeof en> = {
  failed: p => `${p.file} は取り込みませんでした。問題が ${p.n} 件あります。何も変更していません。`,
  failedNext: 'これらの行を直し、--dry-run でもう一度確かめてください',
  fine: p =>
    `${p.file} に問題はありません。ユーザー ${p.n} 人、新しいグループ ${p.groups} 件が作成されます（${p.encoding} として読みました）。`,
  passwords: p =>
    `パスワード: 生成 ${p.generated} 件、ファイルの値をハッシュ化 ${p.clear} 件、ハッシュ済み ${p.hash} 件。`,
  takes: p =>
    `この機械でのハッシュ化は約 ${p.seconds < 90 ? `${p.seconds} 秒` : `${Math.ceil(p.seconds / 60)} 分`}です（毎秒 ${p.rate} 件）。`,
  fineNext: p =>
    p.passwords
      ? '--dry-run を外し、--passwords に新しいファイル名を付けて実行してください'
      : '--dry-run を外して実行してください',
  done: p => `ユーザー ${p.n} 人、グループ ${p.groups} 件を作成しました。ログの番号: ${p.number}`,
  passwordsWritten: p =>
    `${p.file} に初期パスワード ${p.n} 件があります。${p.until} まで使え、最初のサインインで変更が必要です。`,
  passwordsWrittenNext: 'パスワードを配付したら、ファイルを削除してください',
  taken: p => `何も取り込みませんでした。その間に ${p.n} 件の名前が使われたか、なくなりました: ${p.names}`,
  takenNext: '--dry-run でもう一度確かめてください',
  passwordsNeeded: p => `パスワード ${p.n} 件を生成しますが、このままでは誰にも分かりません。`,
  passwordsNeededNext: '書き出す先を指定してください: --passwords initial-passwords.csv',
  line: p => `${p.line} 行目: ${p.what}`,
  moreProblems: p => `… ほか ${p.n} 件（--json ですべて表示）`,
  twiceInFile: p => `${p.field}「${p.value}」は ${p.line} 行目にもあります`,
  weakPassword: p => `パスワード: ${p.because}`,
  hashNotAccepted:
    'パスワード: 引き継げるハッシュは argon2id（$argon2id$v=19$…）だけです。空欄にするとパスワードを生成します',
  notYesOrNo: p => `有効「${p.value ?? ''}」は「はい」「いいえ」のどちらでもありません`,
  unknownColumn: p =>
    `列「${p.column}」の意味が分かりません${p.guess ? `。「${p.guess}」ではありませんか` : ''}。何の列かを指定するか（--map "${p.column}=mail"）、読み飛ばすよう指定してください（--map "${p.column}=-"）`,
  columnTwice: p => `同じ内容の列が 2 つあります: ${p.field}`,
  missingColumn: p => `${p.field} の列がありません。どの列かを指定してください: --map "列名=${p.field}"`,
  noSuchColumn: p => `--map の列「${p.column}」はファイルにありません`,
  spreadsheet:
    'CSV ではなく表計算ソフトのファイルです（名前だけが CSV になっています）。Excel で「CSV UTF-8」として保存し直してください',
  headingAgain: '見出しの行がもう一度あります。この行を削除してください',
  utf16: 'UTF-16（Unicode テキスト）です。Excel で「CSV UTF-8」として保存し直してください',
  tooLarge: 'ファイルが 64 MB を超えています。分割してください',
  undecodable: 'UTF-8 でも Shift_JIS でもない文字があります。Excel で「CSV UTF-8」として保存し直してください',
  nothingInIt: '中身がありません。見出しの行と、ユーザーごとの行が必要です',
  brokenQuotes: '引用符が閉じていないか、置けない場所にあります。この先は読めませんでした',
  tooManyCells: '見出しより多くの列があります',
  badMap: p => `--map "${p.value}" は「列名=項目」の形ではありません。項目: ${p.fields}、読み飛ばしは -`,
  initialPasswordHeadings: 'ログイン名,氏名,初期パスワード,有効期限',
};
