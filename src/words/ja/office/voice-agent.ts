import type { voiceAgent as en } from '../../en/office/voice-agent.ts';
import type { WordsOf } from '../../section.ts';

export const voiceAgent: WordsOf<typeof en> = {
  noPlace: p => `「${p.typed}」では接続を待てません。192.0.2.5:7430 や 7430 のように指定してください。`,
  noSecret: p => `${p.file} を読めないか、合言葉が ${p.least} 文字に足りません。`,
  noSecretNext: '合言葉の作り方: (umask 077; openssl rand -base64 32 > voice-agent.secret)',
  waits: p => `音声エージェントが ${p.host} のポート ${p.port} でサーバーを待っています。`,
  came: p => `${p.from} のサーバーが接続しました。`,
  left: p => `${p.from} のサーバーとの接続が切れました（${p.because}）。通話はすべて終了しました。`,
};
