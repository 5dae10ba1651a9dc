import type { Actor, Audit } from '../../audit/index.ts';
import { type Clock, type Instant, minutes } from '../../kit/clock.ts';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import { keyedHash, sameSecret } from '../../kit/secrets.ts';
import { newTypedCode } from '../../kit/typed-code.ts';
import type { Sealer, Storage, Tx } from '../../storage/index.ts';
import * as store from './store.ts';

/** Signs, and minutes: what may be asked for, and what is made when nothing is said (12 signs are 60 bits). */
export const bounds = {
  length: { least: 8, most: 48, usual: 12 },
  minutes: { least: 10, most: 480, usual: 60 },
} as const;

export interface NewPass {
  readonly user: UserId;
  readonly length?: number | undefined;
  readonly minutes?: number | undefined;
  readonly uses?: store.Uses | undefined;
  /** from when it may be used; now, when nothing is said */
  readonly startsAt?: Instant | undefined;
}

export type PassMade =
  | {
      readonly made: true;
      /** shown this once */
      readonly pass: string;
      readonly uses: store.Uses;
      readonly startsAt: Instant;
      readonly endsAt: Instant;
    }
  | { readonly made: false; readonly because: 'oneself' | 'nobody' | 'length' | 'minutes' };

/** The passes that the office hands out. */
export interface Passes {
  /** A new one takes the place of the one before. Nobody makes one for themselves. */
  make(wanted: NewPass, actor: Actor): Promise<PassMade>;
  /** False: there was none. */
  takeAway(user: UserId, actor: Actor): Promise<boolean>;
}

/** @param tell says to the person, by the ways they have, that there is a pass for them */
export function openPasses(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  tell(tx: Tx, user: UserId): Promise<void>;
}): Passes {
  const { storage, audit, clock } = deps;
  return {
    async make(wanted, actor) {
      const { user, length = bounds.length.usual, uses = 'one' } = wanted;
      const { minutes: lives = bounds.minutes.usual } = wanted;
      if (actor.is === 'user' && actor.id === user) return { made: false, because: 'oneself' };
      if (!lies(length, bounds.length)) return { made: false, because: 'length' };
      if (!lies(lives, bounds.minutes)) return { made: false, because: 'minutes' };
      const now = clock.now();
      const startsAt = Math.max(now, wanted.startsAt ?? now);
      const endsAt = startsAt + minutes(lives);
      const id = newId<'credential'>(now);
      const pass = newTypedCode(length);
      const hash = hashOf(storage.sealer, { id, user }, pass);
      return storage.tx(async tx => {
        const there = await tx
          .selectFrom('users')
          .select('id')
          .where('id', '=', user)
          .forUpdate()
          .executeTakeFirst();
        if (!there) return { made: false, because: 'nobody' } as const;
        await store.replace(tx, { id, user, hash, signs: length, uses, startsAt, endsAt, createdAt: now });
        await audit.record(tx, {
          kind: 'user.pass-created',
          user,
          actor,
          detail: { length, uses, startsAt, endsAt },
        });
        await deps.tell(tx, user);
        return { made: true, pass, uses, startsAt, endsAt } as const;
      });
    },
    takeAway: (user, actor) =>
      storage.tx(async tx => {
        if (!(await store.remove(tx, user))) return false;
        await audit.record(tx, { kind: 'user.pass-removed', user, actor });
        return true;
      }),
  };
}

const lies = (n: number, { least, most }: { least: number; most: number }): boolean =>
  Number.isInteger(n) && n >= least && n <= most;

/** Whoever has the database and not our key cannot even try. */
const hashesOf = (sealer: Sealer, { id, user }: { id: CredentialId; user: UserId }, pass: string) =>
  sealer.keys('temporary access pass').map(key => keyedHash(key, id, user, pass));

function hashOf(sealer: Sealer, whose: { id: CredentialId; user: UserId }, pass: string): Buffer {
  return keyedHash(sealer.key('temporary access pass'), whose.id, whose.user, pass);
}

/** Whether this is what is printed on it. */
export const isPass = (sealer: Sealer, kept: store.Pass, pass: string): boolean =>
  hashesOf(sealer, kept, pass).some(hash => sameSecret(hash, kept.hash));
