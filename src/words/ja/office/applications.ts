import type { applications as en } from '../../en/office/applications.ts';
import type { WordsOf } from '../../section.ts';

export const applications: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というアプリケーションはありません。`,
  unknownNext: 'genkan applications list',
  secretOnce: p =>
    `クライアント シークレット: ${p.secret}\n表示はこの一度だけです。アプリケーションだけに設定してください。`,
  noSecret: p => `${p.name} は公開アプリケーションで、シークレットがありません。`,
};
