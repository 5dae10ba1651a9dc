import type { groups as en } from '../../en/office/groups.ts';
import type { WordsOf } from '../../section.ts';

export const groups: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というグループはありません。`,
  unknownNext: 'genkan groups list',
  inUse: p =>
    `${p.name} を対象にしているポリシーまたは設定（registration.groups）があります。なくすと誰にも適用されなくなるため、削除しません。`,
  inUseNext: '先にそれらから外してください: genkan policies list --json、genkan settings show registration',
  membersAdded: p => `${p.group} に ${p.n} 人を追加しました。`,
  membersRemoved: p => `${p.group} から ${p.n} 人を外しました。`,
};
