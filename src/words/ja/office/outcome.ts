import type { outcome as en } from '../../en/office/outcome.ts';
import type { WordsOf } from '../../section.ts';

export const outcome: WordsOf<typeof en> = {
  failed: '実行できませんでした:',
  next: p => `次の手順: ${p.what}`,
  notReachable: p => `データベースが応答しません（${p.why}）。`,
  notReachableNext:
    'データベースが動いていること、databaseUrl が正しいことを確認し、変更が反映されているかを見てから、もう一度実行してください',
  surprise: p => `Genkan の不具合です: ${p.why}`,
  surpriseNext: 'GENKAN_LOG_LEVEL=debug を設定してもう一度実行し、表示された内容をお知らせください',
  nothingHere: 'このフォルダーには genkan.yaml も Genkan のデータもありません。何も作成していません。',
  nothingHereNext: 'genkan.yaml のあるフォルダーで実行するか、--config <ファイル> で指定してください',
  notPermitted: p => `このユーザーには許可されていません: ${p.why}`,
  notPermittedNext: 'サーバーを動かしているユーザーとして実行してください: sudo -u <ユーザー> genkan …',
  configurationIsRight: p =>
    `${p.file === undefined ? 'このフォルダーに genkan.yaml がないため、既定値を使用します。' : `${p.file} に誤りはありません。`}アドレス: ${p.url}。ゲートウェイ: ${p.gateways || 'なし（SMS も電話も届きません）'}。`,
  yes: 'はい',
  no: 'いいえ',
  none: 'なし',
  nothing: '該当するものはありません。',
  sameName: p => `「${p.name}」は複数あります。ID で指定してください。`,
  notConfirmed: p => `${p.what} は完全に削除されます。`,
  notConfirmedNext: 'よろしければ --yes を付けて実行してください',
  page: p => `続きがあります: --after "${p.next}"`,
  created: p => `${p.name} を作成しました。`,
  changed: p => `${p.name} を変更しました。`,
  deleted: p => `${p.name} を削除しました。`,
  notCreated: p => `${p.name} は作成されませんでした:`,
  notChanged: p => `${p.name} は変更されませんでした:`,
  phases: { hashing: 'パスワードをハッシュ化', writing: 'ユーザーを書き込み', verifying: '検証' },
};
