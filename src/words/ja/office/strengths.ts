import type { strengths as en } from '../../en/office/strengths.ts';
import type { WordsOf } from '../../section.ts';

export const strengths: WordsOf<typeof en> = {
  types: { builtIn: '組み込み', custom: '独自' },
  unknown: p => `「${p.name}」という認証強度はありません。`,
  unknownNext: 'genkan strengths list',
  builtIn: p =>
    `「${p.name}」は組み込みの認証強度のため、変更や削除はできません。独自の認証強度を作成してください。`,
  createdNext: p => `ポリシーに指定してください: "authenticationStrength": { "id": "${p.id}" }`,
  inUse: p =>
    `「${p.name}」はポリシーで使われています。削除すると、そのポリシーの対象者がサインインできなくなります。`,
};
