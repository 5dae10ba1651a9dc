import { signing } from '../../../src/methods/authenticator/statement.ts';
import { toText } from './bytes.ts';

export interface NewKey {
  /** signs; the browser gives it to nobody, us included */
  readonly key: CryptoKey;
  /** the uncompressed point */
  readonly publicKey: string;
}

export async function makeKey(): Promise<NewKey> {
  const pair = await crypto.subtle.generateKey(signing, false, ['sign', 'verify']);
  return { key: pair.privateKey, publicKey: toText(await crypto.subtle.exportKey('raw', pair.publicKey)) };
}

export const sign = async (key: CryptoKey, statement: Uint8Array<ArrayBuffer>): Promise<string> =>
  toText(await crypto.subtle.sign(signing, key, statement));

export const newNonce = (): string => toText(crypto.getRandomValues(new Uint8Array(16)));
