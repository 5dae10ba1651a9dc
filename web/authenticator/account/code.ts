/** RFC 6238 over RFC 4226, by a key that the browser does not give out. */
export interface CodeShape {
  readonly digits: number;
  /** seconds */
  readonly period: number;
}

/** The key of the codes: it can be used here, and read by nobody. */
export const codeKey = (secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);

/** The code of an instant (ms). */
export async function codeAt(key: CryptoKey, at: number, { digits, period }: CodeShape): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(stepOf(at, period)));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  const binary = mac.getUint32(offset) & 0x7fffffff;
  return String(binary % 10 ** digits).padStart(digits, '0');
}

export const stepOf = (at: number, period: number): number => Math.floor(at / 1000 / period);

/** Seconds until the next code, from `period` down to 1. */
export const secondsLeft = (at: number, period: number): number => period - (Math.floor(at / 1000) % period);

/** `123 456`: read in two breaths. */
export const inTwo = (code: string): string =>
  `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`;
