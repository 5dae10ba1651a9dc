import type { authenticator as en } from '../en/authenticator.ts';
import type { WordsOf } from '../section.ts';

export const authenticator: WordsOf<typeof en> = {
  app: 'Genkan Authenticator',
  about: 'お手元の端末でサインインを承認し、オフラインでも使用できるコードを表示します。',
  skip: '本文へ移動',
  otherLanguage: '言語の変更',
  back: '戻る',
  next: '次へ',
  cancel: 'キャンセル',
  done: '完了',
  tryAgain: 'もう一度試す',
  attention: '注意：',
  offline: '接続されていません。コードはそのまま使用できます。',
  loading: 'お待ちください…',

  emptyTitle: 'アプリの設定',
  emptyLead: 'このアプリでは、サインインの承認と、オフラインでも使用できるコードの表示ができます。',
  emptySteps: [
    'パソコンで、組織の「セキュリティ情報」を開きます。',
    '「+ サインイン方法の追加」から「Genkan Authenticator」を選択します。',
    '表示されたQRコードを読み取ります。',
  ],
  emptySamePhone: 'この端末で設定している場合は、設定画面の「この端末でアプリを開く」を選択してください。',
  scan: 'QRコードを読み取る',
  type: 'かわりにアドレスを入力',

  scanTitle: 'QRコードの読み取り',
  scanLead: '設定画面に表示されたQRコードを、カメラに写してください。',
  scanPicture: 'カメラの映像',
  scanStarting: 'カメラを起動しています…',
  scanLooking: 'QRコードを探しています…',
  scanOther: 'このQRコードは、このアプリの設定用ではありません。',
  scanRefused:
    'カメラの使用が許可されていません。ブラウザーの設定で許可するか、設定画面の「QRコードを読み取れない場合」に表示されるアドレスを入力してください。',
  scanMissing:
    'カメラが見つかりません。設定画面の「QRコードを読み取れない場合」に表示されるアドレスを入力してください。',

  typeTitle: 'アドレスの入力',
  typeLead:
    '設定画面の「QRコードを読み取れない場合」に表示されるアドレスをコピーして、ここに貼り付けてください。',
  address: 'アドレス',
  addressHint: 'https:// から始まり、/authenticator# を含みます',
  addressWrong: 'このアプリの設定用のアドレスではありません。アドレス全体をコピーして、貼り付けてください。',

  addTitle: 'このアカウントを追加しますか？',
  addLead: '今後、このアカウントのサインインを、この端末で承認します。',
  organisation: '組織',
  account: 'アカウント',
  site: 'サイト',
  siteUnknown: '心当たりのあるサイトの場合のみ、続けてください。',
  deviceName: 'この端末の名前',
  deviceNameHint: '「セキュリティ情報」に、この名前で表示されます。',
  deviceNameWrong: '名前を50文字以内で入力してください。電話番号は使用できません。',
  deviceOf: p => `${p.system}の${p.browser}`,
  thisDevice: '自分の端末',
  add: '追加',
  addProblems: {
    expired:
      'このQRコードは、使用済みか、有効期限が切れています。設定画面で新しいQRコードを表示してください。',
    unreachable: 'サイトに接続できません。通信状態を確認して、もう一度お試しください。',
    unsafe: 'このブラウザーでは、鍵を安全に保管できません。別のブラウザーをご使用ください。',
    failed: '設定できませんでした。設定画面で新しいQRコードを表示して、もう一度お試しください。',
  },
  addedTitle: 'アカウントが追加されました',
  addedLead: '設定画面に戻ってください。自動的に次へ進みます。',

  notifyTitle: 'この端末に通知しますか？',
  notifyLead: '通知を許可すると、アプリを閉じているときでも、サインインの要求が届きます。',
  notifyPrivate: '通知に表示されるのは、要求があることだけです。名前、場所、コードは表示されません。',
  notifyWithout: '許可しなくても使用できます。その場合は、サインインするときにアプリを開いてください。',
  notifyYes: '通知を許可',
  notifyNo: 'あとで',
  notifyOn: 'サインインの要求を、この端末に通知します。',
  notifyOff: 'この端末には通知しません。サインインするときにアプリを開いてください。',
  notifyRefused:
    '通知がブラウザーによりブロックされています。サインインするときにアプリを開くか、ブラウザーの設定で許可してください。',
  notifyImpossible: 'このブラウザーでは通知を受け取れません。サインインするときにアプリを開いてください。',
  notifyHomeScreen:
    'iPhoneとiPadで通知を受け取るには、「共有」から「ホーム画面に追加」を選択し、ホーム画面からアプリを開いてください。',
  notifyFailed:
    '通知をオンにできませんでした。サインインするときにアプリを開くか、しばらくしてからもう一度お試しください。',

  installLead: 'アプリをホーム画面に追加すると、すぐに開くことができ、ブラウザーに消去されにくくなります。',
  install: 'アプリをインストール',

  homeTitle: 'アカウント',
  requests: 'サインインの要求',
  noRequests: '現在、要求はありません。',
  look: 'もう一度確認',
  looked: '確認しました。現在、要求はありません。',
  openRequest: '回答する',
  code: 'コード',
  codeFor: p => `${p.account} のコード`,
  codeLeft: p => `残り${p.n}秒`,
  settingsOf: p => `${p.account} の設定`,
  settings: '設定',
  addAccount: 'アカウントを追加',
  goneThere:
    'この端末は、組織側で削除されています。ここでアカウントを削除してから、もう一度設定してください。',
  unreachable: 'サイトに接続できません。自動的に再接続します。',

  requestTitle: 'サインイン中ですか？',
  registrationTitle: '番号の入力',
  registrationLead: '設定画面に番号が表示されます。ここに入力すると、設定が完了します。',
  requestLead: 'ご自身が今サインインしている場合のみ、承認してください。',
  application: 'アプリケーション',
  ownPages: '組織のページ',
  place: '場所',
  placeTrusted: '組織内のネットワーク',
  placeUnknown: '不明',
  time: '時刻',
  secondsLeft: p => `回答できる時間：残り${p.n}秒`,
  minutesLeft: p => `回答できる時間：残り約${p.n}分`,
  number: 'サインイン画面の番号',
  numberSetUp: '設定画面の番号',
  numberHint: '2桁の数字。他人から伝えられた番号は、絶対に入力しないでください。',
  numberWrong: '画面に表示されている2桁の番号を入力してください。',
  approve: '承認',
  report: '心当たりがない',
  deny: 'サインインを取りやめる',
  denySetUp: '設定を取りやめる',
  sending: '送信しています…',
  notSent: '接続できないため、回答を送信できませんでした。もう一度お試しください。',
  results: {
    approved: { title: '承認しました', line: 'サインインしている画面に戻ってください。' },
    denied: { title: '承認しませんでした', line: 'この要求によるサインインは行われません。' },
    reported: {
      title: 'サインインを停止しました',
      line: '組織に報告しました。パスワードが他人に知られている可能性があります。早めに変更してください。',
    },
    'wrong-number': {
      title: '番号が違います',
      line: '承認されませんでした。元の画面でやり直し、新しく表示される番号を入力してください。',
    },
    expired: {
      title: '要求の有効期限が切れました',
      line: '承認されていません。続ける場合は、元の画面でやり直してください。',
    },
    over: {
      title: 'この要求は終了しています',
      line: 'すでに回答されたか、元の画面がこの要求の回答を待たなくなりました。今回の回答では承認されていません。',
    },
    removed: {
      title: 'この端末は使用できません',
      line: '組織側で削除されています。別の方法でサインインし、この端末をもう一度設定してください。',
    },
    failed: {
      title: '回答を受け付けられませんでした',
      line: '承認されていません。元の画面でやり直してください。',
    },
  },
  setUpResults: {
    denied: { title: '設定を取りやめました', line: 'このアプリは追加されていません。' },
    reported: {
      title: '設定を停止しました',
      line: 'このアプリは追加されていません。組織に報告しました。ご自身のアカウントなのにこの設定を始めた覚えがない場合は、パスワードが他人に知られている可能性がありますので、事務局へお問い合わせください。',
    },
  },

  settingsTitle: 'アカウントの設定',
  addedOn: '追加日時',
  notifications: '通知',
  rename: '名前を保存',
  renamed: '名前を保存しました。',
  renameFailed: '名前を保存できませんでした。通信状態を確認して、もう一度お試しください。',
  remove: 'この端末から削除',
  removeTitle: 'このアカウントを削除しますか？',
  removeLead: p =>
    `削除すると、この端末で ${p.account} のサインインの承認と、コードの表示ができなくなります。`,
  removeFirst: '本人確認の方法がこれだけの場合は、先に「セキュリティ情報」で別の方法を追加してください。',
  removeYes: '削除',
  removedHere: 'この端末からアカウントを削除しました。',
  removedHereOnly:
    'この端末からは削除しましたが、サイトに接続できませんでした。「セキュリティ情報」でも端末を削除してください。',

  erasedTitle: 'アプリのデータが消去されました',
  erasedLead: 'このアプリに登録されていたアカウントと鍵が、ブラウザーにより消去されました。',
  erasedWhy:
    '履歴やサイトのデータを消去したとき、端末の空き容量が不足したとき、長い間アプリを使用しなかったときに起こります。',
  erasedSafe: '鍵はこの端末にしか存在しないため、他人に使用されることはありません。',
  erasedDo: [
    'SMSや回復コードなど、別の方法で組織にサインインします。',
    '「セキュリティ情報」でこの端末を削除し、もう一度追加します。',
    '別の方法がない場合は、組織の窓口にお問い合わせください。',
  ],
  erasedUnderstood: 'もう一度設定する',
  mayBeErased:
    '空き容量が不足すると、ブラウザーがコードを消去することがあります。アプリをインストールし、別のサインイン方法も登録しておいてください。',

  notificationTitle: 'サインインの要求',
  notificationBody: '開いて内容を確認し、回答してください。',
  needsScript: 'このアプリにはJavaScriptが必要です。このサイトで許可してください。',
  unsupported:
    'このブラウザーは古いか、プライベート ウィンドウのため、アプリを使用できません。別のブラウザーをご使用ください。',
};
