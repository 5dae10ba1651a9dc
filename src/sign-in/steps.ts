import type { Actor, Audit, AuditEvent } from '../audit/index.ts';
import { askPerson, type Person, readPerson } from '../directory/index.ts';
import { Problem } from '../http/problems.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import type { SignInId } from '../kit/ids.ts';
import { isLockedOut } from '../methods/lockout.ts';
import { lookAgain, type Part, type Storage, type Tx } from '../storage/index.ts';
import { openJustSaved } from './just-saved.ts';
import {
  advance,
  applicationOf,
  type Granted,
  isGranted,
  MovedOn,
  type SignIn,
  type SignInEvent,
} from './sign-in.ts';
import { signIns } from './store.ts';

/** What a step led to: the sign-in as it now stands and, when it was granted, the session that began. */
export interface Outcome<Session> {
  readonly signIn: SignIn;
  readonly session?: Session;
}

/** One event, what it spends, and what the audit says of it. */
export interface Move {
  readonly event: SignInEvent;
  /** Parts of the same change: what is spent, and what else holds from now on. */
  readonly parts?: readonly Part[];
  /** What takes more than parts: runs in the transaction of the step. False: it was spent before, and the step is not made. */
  readonly work?: ((tx: Tx) => Promise<boolean>) | undefined;
  /** Gives back what was reserved for it, when the step was not made because another one was faster. */
  readonly undo?: () => Promise<void>;
  readonly audit: readonly AuditEvent[];
}

/** A sign-in, and its person as they are at this moment. */
export interface Found {
  readonly signIn: SignIn;
  readonly person: Person | undefined;
}

/** Makes steps: loads a sign-in, saves what became of it, with its audit and its session, in one change. */
export interface Steps<Session> {
  /** Writes a sign-in that begins. */
  begin(signIn: SignIn, visit: Visit): Promise<void>;
  load(id: SignInId, visit: Visit): Promise<SignIn>;
  /** The sign-in for its page: as a step has just saved it, or as it is. */
  show(id: SignInId, visit: Visit): Promise<SignIn>;
  /**
   * Makes one step. When another request moved the sign-in meanwhile, what it left is looked at anew.
   * @param known what this request has just read or made: it is looked at first
   */
  step(
    id: SignInId,
    visit: Visit,
    move: (found: Found) => Promise<Move | undefined>,
    known?: Found,
  ): Promise<Outcome<Session>>;
}

export function openSteps<Session>(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  /** the session that a granted sign-in becomes, and the parts of the change in which it begins */
  startSession(
    granted: SignIn<Granted>,
    visit: Visit,
  ): Promise<{ readonly session: Session; readonly parts: readonly Part[] }>;
}): Steps<Session> {
  const { storage, clock, audit } = deps;
  const justSaved = openJustSaved(clock);

  async function begin(signIn: SignIn, visit: Visit): Promise<void> {
    await storage.change([
      signIns.inserting(signIn, visit.browser.hash),
      audit.recording({ ...about(signIn, visit), kind: 'sign-in.started' }),
    ]);
    justSaved.keep(signIn, visit.browser.hash);
  }

  async function load(id: SignInId, visit: Visit): Promise<SignIn> {
    const signIn = await signIns.find(storage.db, id, visit.browser.hash, clock.now());
    if (!signIn) throw new Problem('sign-in.over');
    return signIn;
  }

  async function find(id: SignInId, visit: Visit): Promise<Found> {
    const of = { id, browser: visit.browser.hash, now: clock.now() };
    const found = await signIns.findWith(storage.db, of, askPerson);
    if (!found) throw new Problem('sign-in.over');
    return { signIn: found.attempt, person: readPerson(found.answer) };
  }

  /** Saves what an event made of a sign-in, with all that belongs to it. Nothing: someone else was faster. */
  async function commit(signIn: SignIn, move: Move, visit: Visit): Promise<Outcome<Session> | undefined> {
    const next = advance(signIn, move.event);
    const told = (...events: readonly AuditEvent[]) =>
      events.length > 0 ? [audit.recording(...events)] : [];
    // Nothing was judged: the page says so, and an answer that is being judged keeps the step.
    if (move.event.is === 'refused' && isLockedOut(move.event.refusal)) {
      const beside = { ...next, version: signIn.version };
      await storage.change([signIns.noting(beside), ...told(...move.audit)]);
      return { signIn: beside };
    }
    const rest = [...(move.parts ?? []), ...told(...move.audit, ...endOf(next, about(next, visit)))];
    if (!isGranted(next) || next.aim.target.is === 'proof')
      return (await storage.change([signIns.saving(next), ...rest], move.work))
        ? { signIn: next }
        : undefined;
    const { session, parts } = await deps.startSession(next, visit);
    const made = await storage.change([signIns.spending(next), ...parts, ...rest], move.work);
    return made ? { signIn: next, session } : undefined;
  }

  async function step(
    id: SignInId,
    visit: Visit,
    move: (found: Found) => Promise<Move | undefined>,
    known?: Found,
  ): Promise<Outcome<Session>> {
    let first = known;
    const look = async (): Promise<Found> => {
      const found = first ?? (await find(id, visit));
      first = undefined;
      return found;
    };
    const outcome = await lookAgain(look, async found => {
      try {
        const made = await move(found);
        if (!made) return { signIn: found.signIn };
        const outcome = await commit(found.signIn, made, visit);
        if (!outcome) await made.undo?.();
        return outcome;
      } catch (error) {
        if (error instanceof MovedOn) throw new Problem('sign-in.moved-on', { cause: error });
        throw error;
      }
    });
    if (!outcome) throw new Problem('sign-in.moved-on');
    if (!isGranted(outcome.signIn)) justSaved.keep(outcome.signIn, visit.browser.hash);
    return outcome;
  }

  return {
    begin,
    load,
    show: async (id, visit) => justSaved.take(id, visit.browser.hash) ?? load(id, visit),
    step,
  };
}

/** What every row of a sign-in says of it. */
export const about = (signIn: SignIn, visit: Visit): Omit<AuditEvent, 'kind'> => ({
  user: signIn.user,
  actor: actorOf(signIn),
  correlation: signIn.id,
  address: visit.address,
  application: applicationOf(signIn.aim.target) ?? 'security-info',
});

export const noted = (signIn: SignIn, visit: Visit, detail: AuditEvent['detail']): AuditEvent => ({
  ...about(signIn, visit),
  kind: 'sign-in.step',
  ...(detail ? { detail } : {}),
});

const actorOf = (signIn: SignIn): Actor => (signIn.user ? { is: 'user', id: signIn.user } : { is: 'system' });

/** The last row of a sign-in, when this step ended it. */
function endOf(signIn: SignIn, about: Omit<AuditEvent, 'kind'>): AuditEvent[] {
  if (isGranted(signIn))
    return [
      {
        ...about,
        kind: 'sign-in.granted',
        detail: { methods: signIn.evidence.map(e => e.method), persistent: signIn.step.persistent },
      },
    ];
  if (signIn.step.is !== 'refused') return [];
  const { because } = signIn.step;
  return [
    { ...about, kind: because === 'gave-up' ? 'sign-in.abandoned' : 'sign-in.refused', detail: { because } },
  ];
}
