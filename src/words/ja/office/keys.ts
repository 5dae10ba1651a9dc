import type { keys as en } from '../../en/office/keys.ts';
import type { WordsOf } from '../../section.ts';

export const keys: WordsOf<typeof en> = {
  rotated: p => `新しい鍵を作りました。${p.from} から署名に使います。`,
  unknown: p => `「${p.id}」という署名鍵はありません。`,
  stillSigns: p =>
    `「${p.id}」は署名に使用中か、すでに取り下げられています。使用中の場合は、先に新しい鍵へ切り替えてください。`,
  withdrawn: p =>
    `「${p.id}」の公開を終了しました。鍵を保存しているアプリケーションでは、読み込み直すまで有効なことがあります。`,
  states: { next: '次', current: '使用中', previous: '以前', withdrawn: '取り下げ' },
};
