import type { oidc as en } from '../en/oidc.ts';
import type { WordsOf } from '../section.ts';

export const oidc: WordsOf<typeof en> = {
  goOn: 'アプリへ移動します',
  goOnLink: '続ける',
  signOutTitle: 'サインアウトしますか？',
  signOutText:
    'アプリからサインアウトの要求がありました。このブラウザーで使用しているすべてのアプリからサインアウトします。',
  signOut: 'サインアウト',
  staySignedIn: 'サインインしたままにする',
  signedOutTitle: 'サインアウトしました',
  signedOutText: '共用のパソコンでは、ブラウザーのウィンドウをすべて閉じてください。',
  signInAgain: 'もう一度サインイン',
  troubleTitle: 'アプリを開けませんでした',
  troubleRequest:
    'アプリから受け取った要求に応答できません。もう一度開き直してください。繰り返し発生する場合は、アプリの管理者へお知らせください。',
  troubleClient: 'アプリが登録されていないか、停止されています。アプリの管理者へお知らせください。',
  troubleRedirect:
    'アプリが、登録されていないアドレスへの応答を求めています。安全のため、そのアドレスには移動しません。',
  troubleOver: '時間がかかりすぎたか、別のタブですでに完了しています。アプリをもう一度開いてください。',
  troubleLater: '現在データベースに接続できません。何も変更されていません。数秒後にもう一度お試しください。',
  troubleOurs:
    'システムで問題が発生しました。もう一度お試しください。繰り返し発生する場合は、事務局へお知らせください。',
  forDeveloper: 'アプリの開発者向け',
};
