import type { approval as en } from '../en/approval.ts';
import type { WordsOf } from '../section.ts';

export const approval: WordsOf<typeof en> = {
  name: 'Genkan Authenticator',
  line: 'お手元のスマートフォンでサインインを承認します。通信できない場所ではコードも使用できます。',
  device: 'Genkan Authenticator',
  setUpTitle: 'Genkan Authenticatorの設定',
  introduction:
    'サインインを承認する端末（通常はスマートフォン）をご用意ください。次の画面に表示されるQRコードを、端末のカメラで読み取ります。',
  noStore: 'アプリストアからのインストールは不要です。アプリは端末のブラウザーで開きます。',
  scan: '端末のカメラで次のQRコードを読み取り、表示されたアドレスを開いてください。',
  openHere: 'この端末でアプリを開く',
  cannotScan: 'QRコードを読み取れない場合',
  copyThis:
    '次のアドレスをアプリに入力してください。10分以内に1台の端末でのみ使用できます。ほかの人には見せないでください。',
  address: 'アドレス',
  waitingForApp: 'アプリからの接続を待っています。接続されると、この画面は自動的に進みます。',
  connected: 'アプリに追加しました',
  codeOver: 'このQRコードは使用済みか、有効期限が切れています。サインイン方法は追加されていません。',
  newCode: '新しいQRコードを表示',
  tryIt: p =>
    `「${p.name}」のアプリが接続されました。ご自身の端末であれば、次の番号をアプリに入力してください。お心当たりのない端末であれば、前の画面に戻ってください。`,
  added: 'Genkan Authenticatorが追加されました',
  addedLine: '次回から、アプリでの承認、またはアプリに表示されるコードで本人確認ができます。',
  choicePush: p => `Genkan Authenticatorで承認する：${p.name}`,
  choiceCode: p => `Genkan Authenticatorに表示されるコードを使用する：${p.name}`,
  pushTitle: 'サインインの承認',
  typeIt: p => `「${p.name}」でGenkan Authenticatorを開き、次の番号を入力してください。`,
  number: '入力する番号',
  waiting: 'アプリでの応答を待っています。',
  timeLeft: p => `応答できる残り時間は${p.wait}です。`,
  notYou: '番号はご自身のアプリにのみ入力し、ほかの人には伝えないでください。',
  nothingArrives: '通知が届かない場合は、アプリを開いてください。承認の要求が表示されます。',
  lookNow: '応答しました',
  codeInstead: 'アプリに表示されるコードを使用する',
  pushInstead: 'アプリで承認する',
  askAgain: 'もう一度アプリに要求する',
  codeTitle: 'コードの入力',
  codeHint:
    'Genkan Authenticatorに表示されている6桁のコードを入力してください。通信できない場所でも使用できます。',
  ended: {
    ignored: '時間内にアプリからの応答がありませんでした。',
    replaced: 'この要求は、新しい要求が行われたため終了しました。',
    withdrawn: '別の方法が選択されたため、この要求は取り消されました。',
    declined: 'アプリで承認されませんでした。',
    reported:
      'アプリで「心当たりがない」と回答されました。誤って回答された場合も、事務局へお問い合わせください。',
    wrong: 'アプリに入力された番号が、この画面の番号と異なります。承認されていません。',
  },
  rename: '名前の変更',
  renameTitle: '名前の変更',
  newName: '名前',
  renamed: '名前を保存しました。',
  save: '保存',
  renameNo: 'キャンセル',
  nameProblems: {
    empty: '名前を入力してください。',
    'too-long': '名前は50文字以内で入力してください。',
    'is-number': '電話番号ではなく、名前を入力してください。',
  },
};
