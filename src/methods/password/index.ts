import type { Person } from '../../directory/index.ts';
import { endBefore, setPassword } from '../../directory/index.ts';
import type { Instant } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import { keyedHash } from '../../kit/secrets.ts';
import type { Evidence, Offer } from '../../policies/index.ts';
import type { Sealer, Storage, Tx } from '../../storage/index.ts';
import { type Hashing, normalPassword } from './hashing.ts';
import { checkPassword, type PasswordProblem } from './rules.ts';

export { argon2id, type Hashing, isAcceptableHash, openHashing } from './hashing.ts';
export { checkPassword, type PasswordProblem, shortest } from './rules.ts';

export const passwordOffer: Offer = { method: 'password', factors: ['knowledge'], traits: [], amr: ['pwd'] };

export type PasswordVerdict = 'wrong' | { readonly right: 'now' | 'expired'; readonly rehash?: string };

/** The secret that a person knows: the first question of nearly every sign-in. */
export interface Passwords {
  /** Takes as long for nobody as for somebody; whoever has no password is like nobody. */
  verify(person: Person | undefined, password: string, now: Instant): Promise<PasswordVerdict>;
  evidence(now: Instant): Evidence;
  problemsOf(chosen: string, person: Person): Promise<readonly PasswordProblem[]>;
  hash(chosen: string): Promise<string>;
  /** Keeps a hash as the person's own password. */
  set(tx: Tx, user: UserId, encoded: string, now: Instant): Promise<void>;
  /** A new password ends what was begun with the old one: all but the sign-in that began at `since`. */
  change(tx: Tx, user: UserId, encoded: string, at: { now: Instant; since: Instant }): Promise<void>;
  /** Tells one wrong password from another without keeping either. */
  fingerprint(scope: string, password: string): Buffer;
}

export function openPasswords(deps: {
  storage: Storage;
  hashing: Hashing;
  /** code points, and the names that a password may not consist of */
  rules(): Promise<{ minimum: number; organisation: readonly string[] }>;
}): Passwords {
  const { hashing } = deps;
  const { sealer } = deps.storage;
  const set: Passwords['set'] = (tx, user, encoded, now) =>
    setPassword(tx, sealer, user, { encoded, mustChange: false, changedAt: now });
  return {
    async verify(person, password, now) {
      const encoded = person?.enabled ? keptHash(sealer, person) : undefined;
      if (!person?.password || encoded === undefined) {
        await hashing.verifyNobody(password);
        return 'wrong';
      }
      if (!(await hashing.verifyPassword(encoded, password))) return 'wrong';
      const { expiresAt } = person.password;
      if (expiresAt !== undefined && expiresAt <= now) return { right: 'expired' };
      return hashing.needsRehash(encoded)
        ? { right: 'now', rehash: await hashing.hashPassword(password) }
        : { right: 'now' };
    },
    evidence: at => ({ ...passwordOffer, at }),
    async problemsOf(chosen, person) {
      const { minimum, organisation } = await deps.rules();
      const about = [person.loginName, person.displayName, person.mail ?? ''];
      const problems = checkPassword(chosen, { minimum, about, organisation });
      if (problems.length > 0) return problems;
      // The temporary password is known to whoever gave it out: it cannot become one's own.
      const encoded = keptHash(sealer, person);
      const same = encoded !== undefined && (await hashing.verifyPassword(encoded, chosen));
      return same ? [{ problem: 'same-as-before' }] : [];
    },
    hash: chosen => hashing.hashPassword(chosen),
    set,
    async change(tx, user, encoded, { now, since }) {
      await set(tx, user, encoded, now);
      await endBefore(tx, sealer, { user, before: since });
    },
    fingerprint: (scope, password) =>
      keyedHash(sealer.key('wrong passwords'), scope, normalPassword(password)).subarray(0, 16),
  };
}

const keptHash = (sealer: Sealer, person: Person): string | undefined =>
  person.password &&
  sealer
    .open({ table: 'passwords', column: 'hash_sealed', row: person.id }, person.password.hashSealed)
    .toString();
