import { keyedHash, sameSecret } from '../../kit/secrets.ts';

/** What signs the cookies of oidc-provider, as its library of cookies asks for it. */
export interface CookieKeys {
  sign(cookie: string): string;
  verify(cookie: string, signature: string): boolean;
  /** which key signed it; -1: none of them */
  index(cookie: string, signature: string): number;
}

/** One hash for each cookie, where the library would take three, and imports its key for each. */
export function openCookieKeys(key: Buffer): CookieKeys {
  const sign = (cookie: string): string => keyedHash(key, cookie).toString('base64url');
  const verify = (cookie: string, signature: string): boolean =>
    sameSecret(Buffer.from(signature), Buffer.from(sign(cookie)));
  return { sign, verify, index: (cookie, signature) => (verify(cookie, signature) ? 0 : -1) };
}
