import type { news as en } from '../../en/office/news.ts';
import type { WordsOf } from '../../section.ts';

export const news: WordsOf<typeof en> = {
  paused: p => ({
    subject: `${p.name}: ${p.country}への SMS と電話を一時停止しました`,
    text: `${p.country}に送ったコードや電話が、ほとんど使われていません。送信そのもので利益を得る不正が疑われます。\n\n${p.until} までこの国には送信しません。ほかの方法でのサインインは引き続き使えます。\n\n送信の記録: genkan audit list\n対処の方法: docs/guides/ja/toll-fraud.md\n問題がない場合: genkan gateways resume ${p.code}`,
  }),
  blockUsedUp: p => ({
    subject: `${p.name}: 近い番号に SMS と電話が集中しています`,
    text: `${p.country}の連続する 1 万番号（${p.to} を含む）への SMS と電話が上限に達しました。送ったものはあまり使われていません。送信そのもので利益を得る不正が疑われます。\n\nこれらの番号には ${p.until} まで送信しません。ほかの番号への送信と、ほかの方法でのサインインは引き続き使えます。同じ番号帯についてのお知らせは 1 日に 1 回です。\n\n送信の記録: genkan audit list --kind delivery.sent\n対処の方法: docs/guides/ja/toll-fraud.md`,
  }),
  enrolment: p => ({
    subject: `${p.name}: アプリの設定中に「心当たりがない」との回答がありました`,
    text: `${p.at} に、${p.who} さんのアカウントに追加しようとしていたアプリから「心当たりがない」との回答がありました。このアプリは追加していません。電話とアプリでの本人確認は続けています。\n\nQRコードが他人に読み取られたか、パスワードを知る他人がご本人にQRコードを読み取らせたおそれがあります。ご本人に確認してください。\n\n記録の確認: genkan audit list --user ${p.who}`,
  }),
  numberReported: p => ({
    subject: `${p.name}: 電話番号の登録中に「心当たりがない」との回答がありました`,
    text: `${p.who} さんのアカウントに追加しようとしていた ${p.to} に電話したところ、${p.at} に、電話に出た方から「心当たりがない」との回答がありました。この番号は追加していません。${
      p.pausedUntil === undefined
        ? ''
        : `このアカウントからこの番号への電話と SMS は、${p.pausedUntil === 'until-lifted' ? '解除されるまで' : `${p.pausedUntil} まで`}停止しています。`
    }登録済みの電話とアプリでの本人確認は続けています。\n\n多くの場合は、番号の入力誤りです。${p.who} さんに心当たりがない場合は、パスワードが他人に知られていますので、再設定してください。\ngenkan users reset-password ${p.who}\n\n記録の確認: genkan audit list --user ${p.who}${
      p.pausedUntil === undefined ? '' : `\nご本人の電話だった場合: genkan users unlock ${p.who}`
    }`,
  }),
  fraud: p => ({
    subject: `${p.name}: パスワードが他人に知られているおそれがあります`,
    text: `${p.at} のサインインの確認に、${p.who} さんが「心当たりがない」と回答しました。このサインインは拒否しました。${
      p.pausedUntil === undefined
        ? '電話とアプリでの本人確認は、設定により続けています。'
        : `電話とアプリでの本人確認は、${p.pausedUntil === 'until-lifted' ? '解除されるまで' : `${p.pausedUntil} まで`}停止しています。`
    }\n\nサインインを始めた人はパスワードを知っています。ご本人に確認のうえ、パスワードを再設定してください。\ngenkan users reset-password ${p.who}${p.pausedUntil === undefined ? '' : `\n\nそのあと、電話とアプリでの本人確認を再開してください。\ngenkan users unlock ${p.who}`}`,
  }),
};
