import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { seconds } from '../../kit/clock.ts';
import { isInitial, newInitialPassword, sameInitial, sealInitial } from './initial.ts';
import { openTurns } from './turns.ts';

/** OWASP's floor: 19 MiB, two passes, one lane; about 25 ms of one core. */
export const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Code points. */
export const longestPassword = 256;

/** The form in which a password is judged and hashed (NIST SP 800-63B §3.1.1.2). */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** Turns passwords into what may be kept, off the event loop, at most one a core. Everything else waits in line. */
export interface Hashing {
  /** Throws a RangeError when the password is longer than any that the rules let through. */
  hashPassword(password: string): Promise<string>;
  verifyPassword(encoded: string, password: string): Promise<boolean>;
  /** Takes as long as for somebody, and is always false: for names that nobody has. */
  verifyNobody(password: string): Promise<false>;
  /** Whether a hash that has just been verified was made with less than we ask for now. */
  needsRehash(encoded: string): boolean;
  /** A generated password (80 random bits), and how it is kept until its owner changes it. */
  newInitial(): { readonly password: string; readonly encoded: string };
}

/** @param initialKey the sealer's key for `initial passwords` */
export function openHashing(options: { initialKey: Buffer; cores?: number; patience?: number }): Hashing {
  const { initialKey, cores = availableParallelism(), patience = seconds(10) } = options;
  const turns = openTurns({ atOnce: cores, patience });
  const nobody = hashOfNothing();

  const inTurn = (encoded: string, password: string): Promise<boolean> =>
    turns.take(() => verify(encoded, password));

  async function verifyNobody(password: string): Promise<false> {
    await inTurn(nobody, isTooLong(password) ? '' : normalPassword(password));
    return false;
  }

  return {
    verifyNobody,
    async hashPassword(password) {
      if (isTooLong(password)) throw new RangeError(`a password has at most ${longestPassword} code points`);
      return turns.take(() => hash(normalPassword(password), argon2id));
    },
    async verifyPassword(encoded, password) {
      if (isTooLong(password)) return verifyNobody(password);
      if (!isInitial(encoded)) return inTurn(encoded, normalPassword(password));
      await verifyNobody(password);
      return sameInitial(initialKey, encoded, password);
    },
    needsRehash: encoded => !isInitial(encoded) && isWeaker(encoded),
    newInitial() {
      const password = newInitialPassword();
      return { password, encoded: sealInitial(initialKey, password) };
    },
  };
}

/** Whether a string is an argon2id hash in the form that we keep and can afford to verify (PHC string format). */
export function isAcceptableHash(encoded: string): boolean {
  const shape =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/;
  const [, memory, time, lanes] = shape.exec(encoded)?.map(Number) ?? [];
  if (!memory || !time || !lanes) return false;
  return memory >= 8 * lanes && memory <= 262_144 && time <= 10 && lanes <= 8;
}

function isWeaker(encoded: string): boolean {
  const made = parseOptions(encoded);
  return (
    made.algorithm !== argon2id.algorithm ||
    made.memoryCost < argon2id.memoryCost ||
    made.timeCost < argon2id.timeCost
  );
}

/** A UTF-16 unit is at least half a code point: the cheap question first. */
const isTooLong = (password: string): boolean =>
  password.length > 2 * longestPassword || [...normalPassword(password)].length > longestPassword;

/** Costs as much as any other and fits no password. */
function hashOfNothing(): string {
  const base64 = (bytes: number): string => randomBytes(bytes).toString('base64').replaceAll('=', '');
  const { memoryCost, timeCost, parallelism } = argon2id;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
}
