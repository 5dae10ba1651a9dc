import type { policies as en } from '../../en/office/policies.ts';
import type { WordsOf } from '../../section.ts';

export const policies: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というポリシーはありません。`,
  unknownNext: 'genkan policies list',
  states: { enabled: '有効', disabled: '無効', enabledForReportingButNotEnforced: 'レポート専用' },
  none: 'ポリシーがありません。どこでもパスワードだけで足ります。',
  warnings: {
    'client-types-never-seen':
      '警告: exchangeActiveSync と other によるアクセスは Genkan には届きません。このポリシーは、ほかのクライアントの種類にだけ適用されます。',
    'never-applies':
      '警告: このポリシーは誰にも適用されません。exchangeActiveSync と other だけを対象にしていますが、どちらも Genkan には届きません。',
    'includes-nothing':
      '警告: このポリシーは誰にも適用されません。対象のユーザー・グループ・ロール（includeUsers など）か、対象のアプリケーション・ユーザー操作（includeApplications など）がありません。',
    'blocks-everybody':
      '警告: このポリシーでは、管理者を含む全員がすべてのアプリケーションにサインインできません。緊急用のアカウントを1つ以上対象から外すか（excludeUsers）、ポリシーを無効にしてください: genkan policies disable',
  },
  takeOutNext: '先にポリシーから外してください: genkan policies list --json',
};
