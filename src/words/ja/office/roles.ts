import type { roles as en } from '../../en/office/roles.ts';
import type { WordsOf } from '../../section.ts';

export const roles: WordsOf<typeof en> = {
  added: p => `${p.name} に役割 ${p.role} を与えました。`,
  removed: p => `${p.name} から役割 ${p.role} を外しました。`,
  asBefore: 'すでにそのとおりで、変更はありません。',
};
