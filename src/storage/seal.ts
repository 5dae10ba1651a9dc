import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto';
import { deriveKey, keyedHash } from '../kit/secrets.ts';

/** Where a sealed value lies. It is part of what is authenticated: moved to another row, it does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** Seals what the database must not know, and finds it again without knowing it. */
export interface Sealer {
  seal(place: Place, plain: string | Buffer): Buffer;
  /** Throws when the value was altered, moved, or sealed by a key that is gone. */
  open(place: Place, sealed: Buffer): Buffer;
  /** Whether it was sealed by one of the keys that are here; says nothing of who altered it since. */
  knows(sealed: Buffer): boolean;
  /** A blind index: equal values have equal hashes, and only who has the key can make them. */
  index(purpose: string, value: string): Buffer;
  /** A key for one purpose; never stored. */
  key(purpose: string): Buffer;
  /** The same from every master key, the current one first: for what was made before the master key changed. */
  keys(purpose: string): readonly [Buffer, ...Buffer[]];
}

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const keyIdLength = 4;
const headLength = 1 + keyIdLength + nonceLength;

/**
 * AES-256-GCM, 96-bit random nonces. Layout: version, key id, nonce, ciphertext, tag.
 * @param masters 32-byte keys; the first one seals, all of them open
 */
export function openSealer(masters: readonly [Buffer, ...Buffer[]]): Sealer {
  const keys = masters.map(master => {
    const key = deriveKey(master, 'seal');
    return {
      key: createSecretKey(key),
      id: createHash('sha256').update(key).digest().subarray(0, keyIdLength),
    };
  });
  const [current] = keys as [(typeof keys)[number]];
  const derived = new Map<string, Buffer>();
  const key = (purpose: string): Buffer => {
    const known = derived.get(purpose) ?? deriveKey(masters[0], purpose);
    derived.set(purpose, known);
    return known;
  };
  const [newest, ...older] = masters;
  return {
    key,
    keys: purpose => [deriveKey(newest, purpose), ...older.map(master => deriveKey(master, purpose))],
    index: (purpose, value) => keyedHash(key(`index ${purpose}`), value),
    knows: sealed => keys.some(({ id }) => id.equals(sealed.subarray(1, 1 + keyIdLength))),
    seal(place, plain) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(nameOf(place));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(version), current.id, nonce, body, cipher.getAuthTag()]);
    },
    open(place, sealed) {
      if (sealed.length < headLength + tagLength || sealed[0] !== version)
        throw new Error(`${place.table}.${place.column}: not a sealed value`);
      const id = sealed.subarray(1, 1 + keyIdLength);
      const sealedBy = keys.find(k => k.id.equals(id));
      if (!sealedBy) throw new Error(`${place.table}.${place.column}: sealed by a key that is not here`);
      const nonce = sealed.subarray(1 + keyIdLength, headLength);
      const decipher = createDecipheriv('aes-256-gcm', sealedBy.key, nonce)
        .setAAD(nameOf(place))
        .setAuthTag(sealed.subarray(sealed.length - tagLength));
      return Buffer.concat([
        decipher.update(sealed.subarray(headLength, sealed.length - tagLength)),
        decipher.final(),
      ]);
    },
  };
}

const nameOf = (place: Place): Buffer =>
  Buffer.from(`${version}\0${place.table}\0${place.column}\0${place.row}`);
