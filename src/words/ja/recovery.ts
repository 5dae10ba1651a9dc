import type { recovery as en } from '../en/recovery.ts';
import type { WordsOf } from '../section.ts';

export const recovery: WordsOf<typeof en> = {
  name: '回復コード',
  choice: '回復コードを使用する',
  title: '回復コードの入力',
  label: '回復コード',
  hint: '印刷または書き留めたコードのうち、まだ使っていないものを入力してください。大文字・小文字やハイフンの違いは問いません。',
  left: p => `残り${p.n}個`,
  cardTitle: '回復コード',
  cardLine: '電話をなくしたときや壊れたときのために、紙に控えておく10個のコードです。',
  make: '新しいコードを作成',
  makeTitle: '回復コード',
  makeLead:
    '電話をなくしたとき、回復コードがあれば新しい電話を登録できます。アプリへのサインインには使用できません。',
  makeOld: p => `残りは${p.n}個です。新しいコードを保存すると、いまのコードは使えなくなります。`,
  offer: '登録した電話や機器をなくしたときのために回復コードを紙に控えておくと、新しいものを登録できます。',
  fewLeft: p => `回復コードの残りは${p.n}個です。`,
  newTitle: '回復コードの保存',
  newLead: 'このページを印刷するか、コードを書き留めて、電話がなくても見つけられる場所に保管してください。',
  codes: '回復コード',
  once: 'コードが表示されるのは今だけです。下のボタンを押すと使えるようになります。',
  saved: '保存しました',
  savedNow: '回復コードが使えるようになりました。',
  cannotUseAny: 'どの方法も使えない場合',
  cannotUseAnyHelp:
    '回復コードがあれば、新しい電話や認証アプリを登録できます。お持ちでない場合は、事務局へお問い合わせください。',
  cannotUseAnyOffice: '事務局へお問い合わせください。別の方法を登録するお手伝いをします。',
  recover: '回復コードを使用する',
};
