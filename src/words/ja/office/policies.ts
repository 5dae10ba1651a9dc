import type { policies as en } from '../../en/office/policies.ts';
import type { WordsOf } from '../../section.ts';

export const policies: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というポリシーはありません。`,
  unknownNext: 'genkan policies list',
  states: { enabled: '有効', disabled: '無効', enabledForReportingButNotEnforced: 'レポート専用' },
  none: 'ポリシーがありません。どこでもパスワードだけで足ります。',
  takeOutNext: '先にポリシーから外してください: genkan policies list --json',
};
