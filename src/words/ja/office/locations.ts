import type { locations as en } from '../../en/office/locations.ts';
import type { WordsOf } from '../../section.ts';

export const locations: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というネームド ロケーションはありません。`,
  unknownNext: 'genkan locations list',
  inUse: p =>
    `${p.name} を使っているポリシーがあります。なくすとポリシーがすべての場所に適用されるため、削除しません。`,
};
