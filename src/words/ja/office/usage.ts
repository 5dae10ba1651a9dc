import type { usage as en } from '../../en/office/usage.ts';
import type { WordsOf } from '../../section.ts';

export const usage: WordsOf<typeof en> = {
  intro: '使い方: genkan <対象> <操作> [--オプション]\nGenkan は自前で運用する認証基盤です。コマンドの一覧:',
  moreHelp: '詳しくは: genkan help <対象> <操作>。スクリプト向けに、どのコマンドにも --json が使えます。',
  unknownCommand: p =>
    `「${p.typed}」というコマンドはありません。${p.guess ? `「genkan ${p.guess}」ではありませんか。` : ''}一覧: genkan help`,
  unknownOption: p =>
    `${p.option} というオプションはありません。${p.guess ? `${p.guess} ではありませんか。` : ''}`,
  optionNeedsValue: p => `オプション ${p.option} の書き方が正しくありません。--help をご覧ください。`,
  missingArgument: p => `${p.argument} がありません。`,
  extraArgument: p => `「${p.argument}」は余分です。空白を含む名前は引用符で囲んでください。`,
  missingOption: p => `${p.option} が必要です。`,
  notANumber: p => `${p.option} には整数を指定してください。「${p.value}」は整数ではありません。`,
  oneOf: p =>
    `${p.option} に「${p.value}」は指定できません。${p.guess ? `${p.guess} ではありませんか。` : ''}指定できる値: ${p.known}`,
  notATime: p =>
    `${p.option} の「${p.value}」は日時ではありません。2027-04-01 または 2027-04-01T09:00 のように書いてください。`,
  notAnAddress: p => `「${p.value}」は IP アドレスではありません。`,
  nothingToChange: '変更する項目が指定されていません。',
};
