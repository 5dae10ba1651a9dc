import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';

/** The keys of a subscription, as the browser made them (W3C Push API §8.1). */
export interface Recipient {
  /** an uncompressed P-256 point, 65 bytes */
  readonly point: Buffer;
  /** 16 bytes */
  readonly secret: Buffer;
}

const recordSize = 4096;
const tag = 16;
/** What fits into one record with its delimiter; push services need not take more (RFC 8291 §4). */
const longest = recordSize - tag - 1;

/**
 * Encrypts a push message for one subscription: RFC 8291, in one record of `aes128gcm` (RFC 8188).
 * Throws when the point of the recipient is not on the curve.
 * @param made what is random in it; given by tests only
 */
export function encryptPush(
  plain: string,
  to: Recipient,
  made: { readonly key: ECDH; readonly salt: Buffer } = { key: newKey(), salt: randomBytes(16) },
): Buffer<ArrayBuffer> {
  const text = Buffer.from(plain);
  if (text.length > longest) throw new Error(`A push message has ${longest} bytes at most`);
  const ours = made.key.getPublicKey();
  const shared = made.key.computeSecret(to.point);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), to.point, ours]);
  const input = derive(shared, to.secret, info, 32);
  const key = derive(input, made.salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(input, made.salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // The delimiter of the last record is 2 (RFC 8188 §2).
  const body = Buffer.concat([cipher.update(text), cipher.update(Buffer.of(2)), cipher.final()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(recordSize);
  return Buffer.concat([made.salt, size, Buffer.of(ours.length), ours, body, cipher.getAuthTag()]);
}

function newKey(): ECDH {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return key;
}

const derive = (input: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', input, salt, info, length));
