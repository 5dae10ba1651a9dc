import type { oidc as en } from '../en/oidc.ts';
import type { WordsOf } from '../section.ts';

export const oidc: WordsOf<typeof en> = {
  goOn: 'アプリケーションに移動します',
  goOnLink: '続行',
  signOutTitle: 'サインアウトしますか？',
  signOutText:
    'アプリケーションからサインアウトの要求がありました。このブラウザーのすべてのアプリケーションからサインアウトします。',
  signOut: 'サインアウト',
  staySignedIn: 'サインインしたままにする',
  signedOutTitle: 'サインアウトしました',
  signedOutText: '共用のパソコンでは、ブラウザーのウィンドウをすべて閉じてください。',
  signInAgain: 'もう一度サインインする',
  troubleTitle: 'アプリケーションを開けませんでした',
  troubleRequest:
    'アプリケーションから受け取った要求に応答できません。もう一度開き直してください。繰り返し起こる場合は、アプリケーションの管理者に連絡してください。',
  troubleClient:
    'アプリケーションが登録されていないか、停止されています。アプリケーションの管理者に連絡してください。',
  troubleRedirect:
    'アプリケーションが、登録されていないアドレスへの応答を求めています。安全のため、そのアドレスには移動しません。',
  troubleOver:
    '時間がかかりすぎたか、別のタブですでに完了しています。アプリケーションをもう一度開いてください。',
  troubleLater: '現在データベースに接続できません。何も変更されていません。数秒後にもう一度お試しください。',
  troubleOurs:
    'システムで問題が発生しました。もう一度お試しください。繰り返し起こる場合は、窓口に連絡してください。',
  forDeveloper: 'アプリケーションの開発者向け',
};
