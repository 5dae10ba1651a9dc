import type { recordings as en } from '../../en/office/recordings.ts';
import type { WordsOf } from '../../section.ts';

export const recordings: WordsOf<typeof en> = {
  language: '言語',
  name: '音声',
  seconds: '秒',
  from: '提供元',
  words: '内容',
  own: '自組織',
  none: p => `${p.folder} に差し替え用の音声はありません。Genkan 付属の音声が流れます。`,
  fine: p => `差し替え用の音声 ${p.count} 件（${p.folder}）を使用しています。問題はありません。`,
  unusable: p => `使用できない音声が ${p.count} 件あります。代わりに Genkan 付属の音声が流れます。`,
  howTo:
    'WAV 形式（PCM、16 ビット、8000 Hz、モノラル、20 秒未満）で保存し直してください。音声は通話機能の起動時に読み込まれます',
  unreadable: 'を読み取れません。リンク先がないか、ファイルではないか、Genkan に読み取りの権限がありません。',
  'not-wav': 'は WAV ファイルではありません。',
  'cut-short': 'は途中で切れています。もう一度コピーしてください。',
  compressed: 'は圧縮されています。PCM 16 ビットの WAV で保存してください。',
  rate: p =>
    `のサンプリング周波数は ${p.found} Hz です。電話で流せるのは 8000 Hz のみです。8000 Hz で保存してください。`,
  channels: p => `は ${p.found} チャンネルです。モノラルで保存してください。`,
  bits: p => `は ${p.found} ビットです。16 ビットで保存してください。`,
  'too-large': p => `の大きさは ${p.kilobytes} kB です。上限は 1024 kB です。`,
  'too-long': p => `の長さは ${p.seconds} 秒です。20 秒未満にしてください。`,
  silent: 'は最初から最後まで無音です。録音し直してください。',
  'unknown-name': p =>
    `という名前の音声はありません。${p.guess ? `${p.guess} の誤りではありませんか。` : '名前の一覧: genkan prompts list'}`,
};
