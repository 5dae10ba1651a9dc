import type { pass as en } from '../en/pass.ts';
import type { WordsOf } from '../section.ts';

export const pass: WordsOf<typeof en> = {
  name: '一時アクセス パス',
  choice: '一時アクセス パスを使用する',
  title: '一時アクセス パスの入力',
  label: '一時アクセス パス',
  hint: '事務局からお渡しした用紙に書かれています。大文字・小文字やハイフンの違いは問いません。',
  slipTitle: p => `【${p.organisation}】一時アクセス パス`,
  slipOnce: '1回だけ使用できます。',
  slipOften: '期限まで何度でも使用できます。',
  slipFrom: p => `有効期間：${p.from} から ${p.to} まで`,
  slipUse:
    'アカウントとパスワードでサインインし、本人確認の画面で「一時アクセス パスを使用する」を選んで入力してください。続けて、電話または認証アプリを登録してください。',
  slipKeep: '他の人に見せないでください。登録が終わったら、この用紙は破棄してください。',
};
