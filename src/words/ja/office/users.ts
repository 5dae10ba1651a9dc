import type { users as en } from '../../en/office/users.ts';
import type { WordsOf } from '../../section.ts';

export const users: WordsOf<typeof en> = {
  unknown: p => `「${p.name}」というユーザーはいません。`,
  unknownNext: p => `genkan users list --search "${p.name}"`,
  temporaryPassword: p =>
    `仮パスワード: ${p.password}\n表示はこの一度だけです。次のサインインで変更が必要で、${p.until} を過ぎると使えません。`,
  passwordReset: p =>
    `${p.name} の仮パスワード: ${p.password}\n表示はこの一度だけです。次のサインインで変更が必要で、${p.until} を過ぎると使えません。サインイン、セッション、トークンは終わりました。`,
  methodsRemoved: p =>
    `${p.name} のサインイン方法を ${p.n} 件削除しました。サインイン、セッション、トークンは終わりました。`,
  methodsRemovedNext: p =>
    `追加の確認が必要な次のサインインで再登録になります。ポリシーにかかわらず、次のサインインで必ず求めるには: genkan users require-registration "${p.name}"`,
  registrationRequired: p =>
    `${p.name} は次のサインインで登録を求められます。サインイン方法を ${p.n} 件削除しました。サインイン、セッション、トークンは終わりました。`,
  unlocked: p => (p.n > 0 ? `${p.name} はすぐにやり直せます。` : `${p.name} はロックされていませんでした。`),
  pauseLifted: p =>
    `${p.since} に「心当たりがない」と報告があり、本人確認を停止していました。停止を解除し、電話とアプリでの本人確認を再開しました。`,
  numbersLifted: p => `登録中に「心当たりがない」と回答のあった番号 ${p.n} 件について、停止を解除しました。`,
  pauseLiftedNext: p =>
    `報告されたサインインを始めた人は、パスワードを知っています。誤りでなければ: genkan users reset-password "${p.name}"`,
  pausedUntil: p =>
    `${p.until ?? '事務局による解除（genkan users unlock）'}まで（${p.since} に「心当たりがない」と報告）`,
  sessionsRevoked: p => `${p.name} のセッション ${p.n} 件と、すべてのサインイン、トークンを終わらせました。`,
  disabled: p => `${p.name} を無効にしました。サインイン、セッション、トークンは終わりました。`,
  enabled: p => `${p.name} は再びサインインできます。`,
  unregistered: p => `有効なユーザー ${p.total} 人のうち ${p.n} 人がサインイン方法を登録していません。`,
};
