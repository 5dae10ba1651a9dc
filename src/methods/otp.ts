import { createHmac } from 'node:crypto';

/** RFC 4226 §5.3: the HOTP value of a counter. */
export function hotp(secret: Buffer, counter: number, digits = 6, algorithm = 'sha1'): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm, secret).update(message).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  const binary = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(binary % 10 ** digits).padStart(digits, '0');
}

/** RFC 6238 §4: the time step that an instant (milliseconds) lies in. */
export const stepOf = (at: number, period = 30): number => Math.floor(at / 1000 / period);

/**
 * The step whose code this is, among the one of `at` and `drift` to each side (RFC 6238 §5.2);
 * steps up to `last` are spent and never match.
 */
export function matchingStep(
  secret: Buffer,
  code: string,
  at: number,
  options: { last: number; drift?: number; period?: number; digits?: number; algorithm?: string },
): number | undefined {
  const { last, drift = 1, period = 30, digits = 6, algorithm = 'sha1' } = options;
  const now = stepOf(at, period);
  const steps = Array.from({ length: 2 * drift + 1 }, (_, i) => now - drift + i);
  return steps.find(step => step > last && hotp(secret, step, digits, algorithm) === code);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §6, without padding: how authenticator apps want a secret typed. */
export function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map(group => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

/** The link that a QR code carries to an authenticator app (Key URI Format). */
export function keyUri(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`;
}
