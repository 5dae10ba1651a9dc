import { randomBytes } from 'node:crypto';
import { keyedHash, sameSecret } from '../../kit/secrets.ts';

/**
 * A password that we made ourselves has 80 random bits: no dictionary holds it, so a keyed hash keeps it
 * as well as argon2 would, and twenty thousand of them take a moment. It must be changed when first used.
 */
const scheme = /^initial\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

/** Thirty-two signs that nobody mistakes for each other on paper. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Sixteen signs in groups of four: `k7wm-…`. */
export function newInitialPassword(): string {
  const signs = Array.from(randomBytes(16), byte => alphabet[byte % alphabet.length]).join('');
  return signs.replace(/.{4}(?=.)/g, '$&-');
}

export const isInitial = (encoded: string): boolean => encoded.startsWith('initial$');

export function sealInitial(key: Buffer, password: string): string {
  const salt = randomBytes(16).toString('base64url');
  return `initial$${salt}$${hashOf(key, salt, password).toString('base64url')}`;
}

/** Whether this is the password; capitals, spaces and hyphens are as the person typed them from paper. */
export function sameInitial(key: Buffer, encoded: string, password: string): boolean {
  const [, salt, kept] = scheme.exec(encoded) ?? [];
  return (
    salt !== undefined &&
    kept !== undefined &&
    sameSecret(hashOf(key, salt, password), Buffer.from(kept, 'base64url'))
  );
}

const hashOf = (key: Buffer, salt: string, password: string): Buffer =>
  keyedHash(
    key,
    salt,
    password
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{Pd}]/gu, ''),
  );
