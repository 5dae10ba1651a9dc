import type { AuditEvent } from '../audit/index.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import * as lockout from '../methods/lockout.ts';
import type { AnyMethod, Context, Refusal, Registration as Way } from '../methods/method.ts';
import type { Db, Part, Storage, Tx } from '../storage/index.ts';
import { isShut } from './limits.ts';
import { noted } from './noted.ts';
import type { Notices } from './notices.ts';
import { MovedOn, type Offered, type Registration, type RegistrationEvent } from './registration.ts';

export interface Move {
  readonly event: RegistrationEvent;
  readonly parts?: readonly Part[];
  readonly work?: (tx: Tx) => Promise<boolean>;
  readonly audit: readonly AuditEvent[];
}

export interface Judging {
  /**
   * Judges one answer. A guess is reserved before it is judged, at the same lock as in a sign-in: whoever
   * begins another wizard goes on where they were. It is given back when it was none.
   * @param guess whether somebody typed it here; otherwise it came by another road, and counts if it was wrong
   */
  judge(
    registration: Registration,
    answer: unknown,
    visit: Visit,
    guess: boolean,
    report: (waiting: string) => void,
  ): Promise<Move | undefined>;
  /** The lock that would let no answer be judged: nothing is sent for it. */
  heldFor(registration: Registration, adding: Offered, draft: object): Promise<lockout.LockedOut | undefined>;
}

export function openJudging(deps: {
  storage: Storage;
  clock: Clock;
  methods: readonly AnyMethod[];
  notices: Notices;
  wayOf(adding: Pick<Offered, 'method'>): { method: AnyMethod; way: Way };
  contextOf(registration: Registration, visit: Visit): Context;
}): Judging {
  const { storage, clock, wayOf, contextOf } = deps;

  /** Of the person, and of what is guessed at. */
  function locksOf({ user }: Registration, adding: Offered, draft: object): readonly lockout.Lock[] {
    const thing = wayOf(adding).way.guessedAt?.(draft);
    return [lockout.secondFactorLock(user), ...(thing ? [thing] : [])];
  }

  async function heldFor(registration: Registration, adding: Offered, draft: object) {
    for (const lock of locksOf(registration, adding, draft)) {
      const held = await lockout.held(storage.db, lock, clock.now());
      if (held) return held;
    }
    return undefined;
  }

  async function giveBack(locks: readonly lockout.Lock[]): Promise<void> {
    for (const lock of locks) await lockout.giveBack(storage.db, lock);
  }

  /** Takes a try of all, or of none. */
  async function reserve(locks: readonly lockout.Lock[]): Promise<lockout.LockedOut | undefined> {
    for (const [i, lock] of locks.entries()) {
      const reserved = await lockout.reserve(storage.db, lock, clock.now());
      if (reserved.reserved) continue;
      await giveBack(locks.slice(0, i));
      return reserved.refusal;
    }
    return undefined;
  }

  async function judge(
    registration: Registration,
    answer: unknown,
    visit: Visit,
    guess: boolean,
    report: (waiting: string) => void,
  ): Promise<Move | undefined> {
    const { step: at, replacing } = registration;
    if (at.is !== 'verify') throw new MovedOn(at.is, 'added');
    const { way } = wayOf(at.adding);
    const context = contextOf(registration, visit);
    const locks = locksOf(registration, at.adding, at.draft);
    const refused = (refusal: Refusal, challenge?: object): Move => ({
      event: { is: 'refused', refusal, ...(challenge ? { challenge } : {}) },
      audit: [
        noted(registration, visit, 'registration.step', {
          ...at.adding,
          verdict: 'refused',
          reason: refusal.reason,
        }),
      ],
    });

    const locked = guess ? await reserve(locks) : undefined;
    if (locked) return refused(locked);
    const verdict = await way.verify(at.draft, at.challenge, answer, context);
    const wrong = verdict.verdict === 'refused' && verdict.refusal.reason === 'wrong';
    // A right answer forgives nothing here: whoever guesses could add something of their own in between.
    if (guess && !wrong) await giveBack(locks);
    if (verdict.verdict === 'waiting') {
      report(verdict.state);
      return undefined;
    }
    if (verdict.verdict === 'refused') {
      const move = refused(verdict.refusal, verdict.challenge);
      if (guess || !wrong) return move;
      const count = async (tx: Tx) => {
        for (const lock of locks) await lockout.reserve(tx, lock, context.now);
        return true;
      };
      return { ...move, work: count };
    }
    const draft = verdict.draft ?? at.draft;
    const shut = (db: Db | Tx) => isShut(db, deps.methods, registration, at.adding.method);
    if (!replacing && (await shut(storage.db)))
      return { event: { is: 'refused', refusal: { reason: 'not-allowed' } }, audit: [] };
    const prepared = await way.prepare(draft, context);
    if (!prepared.added) return { event: { is: 'refused', refusal: prepared.refusal }, audit: [] };
    const { credential } = prepared;
    return {
      event: { is: 'added', credential, evidence: verdict.evidence },
      parts: verdict.spends ?? [],
      work: async tx => {
        // Whoever adds something else for this person at the same time waits here.
        await tx.updateTable('users').set({ must_register: false }).where('id', '=', context.user).execute();
        if (verdict.spend && !(await verdict.spend(tx))) return false;
        if (replacing && !(await wayOf(at.adding).method.remove(tx, replacing, registration.user)))
          return false;
        if (await shut(tx)) return false;
        if (!(await way.add(tx, draft, credential, context))) return false;
        await deps.notices.tell(tx, {
          user: registration.user,
          what: replacing ? 'changed' : 'added',
          credential,
        });
        return true;
      },
      audit: [
        noted(registration, visit, replacing ? 'credential.changed' : 'credential.added', {
          ...at.adding,
          credential: credential.detail,
        }),
        noted(registration, visit, 'registration.finished', { within: registration.within }),
      ],
    };
  }

  return { judge, heldFor };
}
