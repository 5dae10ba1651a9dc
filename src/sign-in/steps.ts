import type { Actor, Audit, AuditEvent } from '../audit/index.ts';
import { Problem } from '../http/problems.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import type { SignInId } from '../kit/ids.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { isLockedOut } from './lockout.ts';
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
  /** Runs in the transaction of the step. False: it was spent before, and the step is not made. */
  readonly spend?: (tx: Tx) => Promise<boolean>;
  /** Gives back what was reserved for it, when the step was not made because another one was faster. */
  readonly undo?: () => Promise<void>;
  readonly audit: readonly AuditEvent[];
}

/** How often a step that lost a race is looked at again; each time someone else moved it. */
const looks = 12;

/** Makes steps: loads a sign-in, saves what became of it, with its audit and its session, in one transaction. */
export interface Steps<Session> {
  load(id: SignInId, visit: Visit): Promise<SignIn>;
  /** Makes one step. When another request moved the sign-in meanwhile, what it left is looked at anew. */
  step(
    id: SignInId,
    visit: Visit,
    move: (signIn: SignIn) => Promise<Move | undefined>,
  ): Promise<Outcome<Session>>;
}

export function openSteps<Session>(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  startSession(tx: Tx, granted: SignIn<Granted>, visit: Visit): Promise<Session | undefined>;
}): Steps<Session> {
  const { storage, clock, audit } = deps;

  async function load(id: SignInId, visit: Visit): Promise<SignIn> {
    const signIn = await signIns.find(storage.db, id, visit.browser.hash, clock.now());
    if (!signIn) throw new Problem('sign-in.over');
    return signIn;
  }

  /** Saves what an event made of a sign-in, with all that belongs to it, in one transaction. */
  async function commit(signIn: SignIn, move: Move, visit: Visit): Promise<Outcome<Session> | undefined> {
    const next = advance(signIn, move.event);
    // Nothing was judged: the page says so, and an answer that is being judged keeps the step.
    if (move.event.is === 'refused' && isLockedOut(move.event.refusal)) {
      const beside = { ...next, version: signIn.version };
      await storage.tx(async tx => {
        await signIns.note(tx, beside);
        await audit.record(tx, ...move.audit);
      });
      return { signIn: beside };
    }
    const lost = Symbol('someone else was faster');
    // One statement is a transaction by itself.
    if (!move.spend && move.audit.length === 0 && next.step.is !== 'granted' && next.step.is !== 'refused')
      return (await signIns.save(storage.db, next)) ? { signIn: next } : undefined;
    try {
      return await storage.tx(async tx => {
        const becomesSession = isGranted(next) && next.aim.target.is !== 'proof';
        const saved = becomesSession ? await signIns.spend(tx, next) : await signIns.save(tx, next);
        if (!saved || (move.spend && !(await move.spend(tx)))) throw lost;
        const ending = endOf(next, about(next, visit));
        if (!isGranted(next) || !becomesSession) {
          await audit.record(tx, ...move.audit, ...ending);
          return { signIn: next };
        }
        const session = await deps.startSession(tx, next, visit);
        await audit.record(tx, ...move.audit, ...(session ? ending : disabledMeanwhile(about(next, visit))));
        if (!session) return { signIn: { ...next, step: { is: 'refused', because: 'disabled' } } };
        return { signIn: next, session };
      });
    } catch (error) {
      if (error === lost) return undefined;
      throw error;
    }
  }

  /** Makes one step. When another request moved the sign-in meanwhile, what it left is looked at anew. */
  async function step(
    id: SignInId,
    visit: Visit,
    move: (signIn: SignIn) => Promise<Move | undefined>,
  ): Promise<Outcome<Session>> {
    for (let look = 0; look < looks; look++) {
      const signIn = await load(id, visit);
      try {
        const made = await move(signIn);
        if (!made) return { signIn };
        const outcome = await commit(signIn, made, visit);
        if (outcome) return outcome;
        await made.undo?.();
      } catch (error) {
        if (error instanceof MovedOn) throw new Problem('sign-in.moved-on', { cause: error });
        throw error;
      }
    }
    throw new Problem('sign-in.moved-on');
  }

  return { load, step };
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

const disabledMeanwhile = (about: Omit<AuditEvent, 'kind'>): AuditEvent[] => [
  { ...about, kind: 'sign-in.refused', detail: { because: 'disabled' } },
];
