import type { token as en } from '../en/token.ts';
import type { WordsOf } from '../section.ts';

export const token: WordsOf<typeof en> = {
  name: 'ハードウェア トークン',
  line: 'コードを表示する小さな機器です。事務局がお渡しします。',
  choice: p => `ハードウェア トークンのコードを使用する：${p.name}`,
  title: 'トークンのコードの入力',
  codeHint: 'トークンに表示されているコードを入力してください。ボタンがある場合は、先に押してください。',
  serialTitle: 'ハードウェア トークンの追加',
  serial: 'シリアル番号',
  serialHint: 'トークンの裏面に書かれています。',
  serialUnknown:
    'この番号のトークンは登録できません。番号をもう一度確認するか、事務局へお問い合わせください。',
  added: 'ハードウェア トークンが追加されました',
  addedLine: '次回から、トークンに表示されるコードで本人確認ができます。',
};
