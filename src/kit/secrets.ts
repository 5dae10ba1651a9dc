import {
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';

/** A secret that a browser or an application carries: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a high-entropy secret; useless to whoever reads the database. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** `digits` uniformly random decimal digits. */
export const newDigits = (digits: number): string => String(randomInt(10 ** digits)).padStart(digits, '0');

/** HMAC-SHA-256. For what a person can type: a plain hash of six digits is no secret. */
export const keyedHash = (key: Buffer, ...parts: string[]): Buffer => {
  const mac = createHmac('sha256', prepared(key));
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:`).update(part);
  return mac.digest();
};

/** A key that is prepared once costs a seventh of one that comes as bytes each time. */
function prepared(key: Buffer): KeyObject {
  const known = keys.get(key) ?? createSecretKey(key);
  keys.set(key, known);
  return known;
}
const keys = new WeakMap<Buffer, KeyObject>();

export const sameSecret = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A key of its own for each purpose, from the one master key (RFC 5869). */
export const deriveKey = (master: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `genkan ${purpose}`, 32));
