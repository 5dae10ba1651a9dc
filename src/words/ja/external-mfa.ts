import type { externalMfa as en } from '../en/external-mfa.ts';
import type { WordsOf } from '../section.ts';

const notAsSent =
  'Microsoft から届いた要求として正しくありません。利用したいアプリケーションからやり直してください。';

export const externalMfa: WordsOf<typeof en> = {
  arrived: '本人確認に進みます',
  goOn: '続行',
  proved: '本人確認ができました。Microsoft に戻ります。',
  goingBack: 'Microsoft に戻ります',
  goBack: 'Microsoft に戻る',
  troubleTitle: '本人確認を始められませんでした',
  forAdministrator: p =>
    `（窓口用：${p.code}、${p.number}${p.clientRequestId === undefined ? '' : `、client-request-id ${p.clientRequestId}`}）`,
  refusals: {
    'redirect-not-allowed': '応答先が Microsoft のアドレスではありません。安全のため、何も送信していません。',
    malformed: notAsSent,
    'nonce-missing': notAsSent,
    'cannot-answer': 'Microsoft が求める本人確認の方法は、ここでは行えません。窓口に連絡してください。',
    'unknown-tenant': '接続元の組織が登録されていません。窓口に連絡してください。',
    'unknown-client': '接続元の組織の設定が正しくありません。窓口に連絡してください。',
    'hint-malformed': notAsSent,
    'hint-not-signed':
      'Microsoft からの要求ではありません。利用したいアプリケーションからやり直してください。',
    'hint-for-another': 'この要求はここに宛てたものではありません。窓口に連絡してください。',
    'hint-too-old': '要求の有効期限が切れています。利用したいアプリケーションからやり直してください。',
    'hint-replayed': 'この要求はすでに使われています。利用したいアプリケーションからやり直してください。',
    'keys-unavailable':
      'Microsoft からの要求かどうかを現在確認できません。1分ほど待ってからもう一度お試しください。',
    'unknown-user': 'お使いの Microsoft アカウントはまだ登録されていません。窓口に連絡してください。',
    'user-disabled': 'このアカウントは利用できません。窓口に連絡してください。',
    'bound-to-another': 'この名前は別の Microsoft アカウントに結び付けられています。窓口に連絡してください。',
  },
};
