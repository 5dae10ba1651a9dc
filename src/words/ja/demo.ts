import type { demo as en } from '../en/demo.ts';
import type { WordsOf } from '../section.ts';

export const demo: WordsOf<typeof en> = {
  title: 'Genkanのデモへようこそ',
  lead: 'お使いのパソコンの中の、架空の大学です。電話番号はすべてブラウザーの中の電話につながり、外部には何も送信されません。',
  tryTitle: '試してみる',
  sample: 'サンプルのアプリ',
  sampleLine: '下の一覧の人になって、サインインしてみてください。',
  simulator: '電話',
  simulatorLine: 'SMSを受け取り、着信し、キーを押せます。',
  app: 'Genkan Authenticator',
  appLine: 'サインインを承認するアプリです。別のウィンドウで開いてください。',
  account: 'マイ アカウント',
  accountLine: 'セキュリティ情報、最近のサインイン、デバイス。',
  peopleTitle: '登場人物',
  passwordIs: '全員のパスワード：',
  accountName: 'アカウント',
  name: '氏名',
  story: '試せること',
  stories: {
    new: 'まだ何も登録していません。マニュアルの初回登録を試せます。',
    text: '090-1234-5678にSMSでコードが届きます。',
    call: '03-1234-5678に電話がかかります。',
    english: '英語で表示されます。080-2345-6789にSMSでコードが届きます。',
    office: '事務局の職員です。窓口の操作は、ターミナルで bin/genkan を使って試せます。',
  },
  campusTitle: '学内と学外',
  onCampus: '学内のネットワークにいます。2つ目の本人確認は求められません。',
  offCampus: '学外にいます。2つ目の本人確認が求められます。',
  goToCampus: '学内へ移動する',
  goHome: '学外へ移動する',
};
