import type { applications as en } from '../../en/office/applications.ts';
import type { WordsOf } from '../../section.ts';

export const applications: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というアプリケーションはありません。`,
  unknownNext: 'genkan applications list',
  inUse: p =>
    `${p.name} を対象とするポリシーがあります。なくすとポリシーの対象がなくなるため、削除しません。`,
  secretOnce: p =>
    `クライアント シークレット: ${p.secret}\n表示はこの一度だけです。アプリケーションだけに設定してください。`,
  issuer: p =>
    `発行者: ${p.issuer}\nアプリケーションに必要なそのほかの情報: ${p.issuer}/.well-known/openid-configuration`,
  noSecret: p => `${p.name} は公開アプリケーションで、シークレットがありません。`,
};
