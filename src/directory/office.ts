import type { Actor, Audit, AuditKind } from '../audit/index.ts';
import { type Clock, hours, type Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { credentialTables, endHeld, removeFrom, removeLockouts, standInTables } from './belongings.ts';
import { setPassword } from './passwords.ts';

/** How long a password that the office gave out may be used to choose another one. */
export const temporaryPasswordLives = hours(24);

/**
 * What the office does for, and to, a person. Each is one transaction with its entry in the log, and
 * holds at once everywhere: running sign-ins, sessions and tokens are looked up with every request.
 * Undefined: there is no such user.
 */
export interface Office {
  /** A password that is good for choosing another one, for a day. Ends everything and lifts the lock. */
  resetPassword(
    user: UserId,
    temporary: { readonly encoded: string },
    actor: Actor,
  ): Promise<{ readonly expiresAt: Instant } | undefined>;
  /**
   * Takes away every way to prove who they are except the password; how many there were.
   * @param tell says so to the person, in the same transaction, if there were any
   */
  removeMethods(user: UserId, actor: Actor, tell?: Tell): Promise<number | undefined>;
  /** The same, and the next sign-in registers anew, whatever policies ask and the start date says. */
  requireRegistration(user: UserId, actor: Actor, tell?: Tell): Promise<number | undefined>;
  /**
   * Forgets wrong passwords and codes, also a second factor that was disabled; how many counters there were.
   * @param forgive what else stands against this person elsewhere, in the same transaction
   */
  unlock(user: UserId, actor: Actor, forgive?: (tx: Tx) => Promise<void>): Promise<number | undefined>;
  /** Ends sign-ins, sessions and tokens; how many sessions there were. */
  revokeSessions(user: UserId, actor: Actor): Promise<number | undefined>;
  disable(user: UserId, actor: Actor): Promise<true | undefined>;
  enable(user: UserId, actor: Actor): Promise<true | undefined>;
}

type Tell = (tx: Tx) => Promise<void>;

interface Deps {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
}

export function openOffice({ storage, audit, clock }: Deps): Office {
  interface Act<T> {
    readonly user: UserId;
    readonly actor: Actor;
    readonly kind: AuditKind;
    readonly work: (tx: Tx, now: Instant) => Promise<{ result: T; detail?: Record<string, number> }>;
  }

  /**
   * The user's row is locked first. A session that begins at this moment holds it too (sessions/store.ts):
   * it is either there already and ends, or it waits and then finds that it may not begin.
   */
  const act = <T>({ user, actor, kind, work }: Act<T>): Promise<T | undefined> =>
    storage.tx(async tx => {
      const row = await tx
        .selectFrom('users')
        .select('id')
        .where('id', '=', user)
        .forUpdate()
        .executeTakeFirst();
      if (!row) return undefined;
      const { result, detail } = await work(tx, clock.now());
      await audit.record(tx, { kind, user, actor, ...(detail ? { detail } : {}) });
      return result;
    });

  const set = (
    tx: Tx,
    user: UserId,
    values: {
      enabled?: boolean;
      must_register?: boolean;
      preferred_method?: null;
      valid_from?: Instant;
    },
  ) => tx.updateTable('users').set(values).where('id', '=', user).execute();

  /** Nothing that began before now counts any more. */
  async function endAll(tx: Tx, user: UserId, now: Instant): Promise<number> {
    await set(tx, user, { valid_from: now });
    const { sessions = 0 } = await endHeld(tx, storage.sealer, { user, before: now });
    return sessions;
  }

  const removing = (user: UserId, actor: Actor, tell: Tell | undefined, mustRegister: boolean) =>
    act({
      user,
      actor,
      kind: 'user.methods-removed',
      async work(tx, now) {
        const removed = await removeFrom(tx, credentialTables, user);
        await removeFrom(tx, standInTables, user);
        await set(tx, user, { preferred_method: null, ...(mustRegister ? { must_register: true } : {}) });
        await removeLockouts(tx, user, ['second']);
        await endAll(tx, user, now);
        const n = Object.values(removed).reduce((sum, some) => sum + some, 0);
        if (n > 0) await tell?.(tx);
        return { result: n, detail: { ...removed, ...(mustRegister ? { mustRegister: 1 } : {}) } };
      },
    });

  return {
    resetPassword: (user, { encoded }, actor) =>
      act({
        user,
        actor,
        kind: 'user.password-reset',
        async work(tx, now) {
          const expiresAt = now + temporaryPasswordLives;
          await setPassword(tx, storage.sealer, user, {
            encoded,
            mustChange: true,
            expiresAt,
            changedAt: now,
          });
          await removeLockouts(tx, user, ['password']);
          const sessions = await endAll(tx, user, now);
          return { result: { expiresAt }, detail: { expiresAt, sessions } };
        },
      }),
    removeMethods: (user, actor, tell) => removing(user, actor, tell, false),
    requireRegistration: (user, actor, tell) => removing(user, actor, tell, true),
    unlock: (user, actor, forgive) =>
      act({
        user,
        actor,
        kind: 'user.unlocked',
        async work(tx) {
          await forgive?.(tx);
          const counters = await removeLockouts(tx, user, ['password', 'second']);
          return { result: counters, detail: { counters } };
        },
      }),
    revokeSessions: (user, actor) =>
      act({
        user,
        actor,
        kind: 'user.sessions-revoked',
        async work(tx, now) {
          const sessions = await endAll(tx, user, now);
          return { result: sessions, detail: { sessions } };
        },
      }),
    disable: (user, actor) =>
      act({
        user,
        actor,
        kind: 'user.disabled',
        async work(tx, now) {
          await set(tx, user, { enabled: false });
          const sessions = await endAll(tx, user, now);
          return { result: true, detail: { sessions } };
        },
      }),
    enable: (user, actor) =>
      act({
        user,
        actor,
        kind: 'user.enabled',
        async work(tx) {
          await set(tx, user, { enabled: true });
          return { result: true };
        },
      }),
  };
}
