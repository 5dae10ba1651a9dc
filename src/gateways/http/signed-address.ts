import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { keyedHash, sameSecret } from '../../kit/secrets.ts';

/** The proof in an address of ours that we made it: 128 bits, base64url. */
export const proofOf = (key: Buffer, ...parts: string[]): string =>
  keyedHash(key, ...parts)
    .subarray(0, 16)
    .toString('base64url');

/** Whether we made an address: in constant time. */
export const isProof = (key: Buffer, proof: unknown, ...parts: string[]): boolean =>
  typeof proof === 'string' && sameSecret(Buffer.from(proof), Buffer.from(proofOf(key, ...parts)));

/** What we want to know again when someone calls back, and what nobody else is to read on the way. */
export function wrap(key: Buffer, value: unknown): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was wrapped; nothing when we did not wrap it. */
export function unwrap(key: Buffer, text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < 28) return undefined;
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    cipher.setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString());
  } catch {
    // Altered, or of another key: whoever sent it learns nothing more.
    return undefined;
  }
}
