import type { Actor, Audit, AuditEvent } from '../audit/index.ts';
import { Problem } from '../http/problems.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, type SignInId, type UserId } from '../kit/ids.ts';
import type { AnyMethod, Context, Credential, Refusal } from '../methods/method.ts';
import type { Passwords } from '../methods/password/index.ts';
import type { Evidence } from '../policies/index.ts';
import type { RegistrationEngine, RegistrationId } from '../registration/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { Judge, Person } from './judge.ts';
import * as lockout from './lockout.ts';
import {
  type Aim,
  advance,
  type Granted,
  isGranted,
  keyOf,
  lifetime,
  MovedOn,
  type SignIn,
  type SignInEvent,
  type Way,
} from './sign-in.ts';
import { signIns } from './store.ts';

/** What a step led to: the sign-in as it now stands and, when it was granted, the session that began. */
export interface Outcome<Session> {
  readonly signIn: SignIn;
  readonly session?: Session;
}

export interface SignInEngine<Session> {
  begin(
    aim: Aim,
    visit: Visit,
    known?: { user: UserId; evidence: readonly Evidence[] },
  ): Promise<Outcome<Session>>;
  /** The sign-in for showing its page. A question that waits is looked at, so that a reload moves on. */
  view(id: SignInId, visit: Visit): Promise<Outcome<Session> & { waiting?: string }>;
  identify(id: SignInId, loginName: string, visit: Visit): Promise<Outcome<Session>>;
  password(id: SignInId, password: string, visit: Visit): Promise<Outcome<Session>>;
  /** Puts a question: sends the text, places the call. */
  ask(id: SignInId, chosen: { credential: string; way: string }, visit: Visit): Promise<Outcome<Session>>;
  answer(id: SignInId, fields: Readonly<Record<string, string>>, visit: Visit): Promise<Outcome<Session>>;
  lookElsewhere(id: SignInId, visit: Visit): Promise<Outcome<Session>>;
  changePassword(id: SignInId, chosen: string, repeated: string, visit: Visit): Promise<Outcome<Session>>;
  /** A registration that belongs to this sign-in ended; what it proved counts here. */
  registered(id: SignInId, registration: RegistrationId, visit: Visit): Promise<Outcome<Session>>;
  stay(id: SignInId, persistent: boolean, visit: Visit): Promise<Outcome<Session>>;
  giveUp(id: SignInId, visit: Visit): Promise<SignIn>;
}

type Spend = (tx: Tx) => Promise<boolean>;

/** One event, what it spends, and what the audit says of it. */
interface Move {
  readonly event: SignInEvent;
  readonly spend?: Spend;
  readonly audit: readonly AuditEvent[];
}

/** How often a step that lost a race is looked at again; each time someone else moved it. */
const looks = 12;

/**
 * The only place where methods, policies, locks, audit and the store meet. Whatever a method is, its
 * failures are counted, its success is spent once, and every step leaves a row.
 */
export function openEngine<Session>(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  judge: Judge;
  passwords: Passwords;
  methods: readonly AnyMethod[];
  registration: Pick<RegistrationEngine, 'proved' | 'spend'>;
  startSession(tx: Tx, granted: SignIn<Granted>, visit: Visit): Promise<Session | undefined>;
}): SignInEngine<Session> {
  const { storage, clock, audit, judge, passwords } = deps;

  const about = (signIn: SignIn, visit: Visit): Omit<AuditEvent, 'kind'> => ({
    user: signIn.user,
    actor: actorOf(signIn),
    correlation: signIn.id,
    address: visit.address,
    application: signIn.aim.target.is === 'application' ? signIn.aim.target.application : 'security-info',
  });

  async function load(id: SignInId, visit: Visit): Promise<SignIn> {
    const signIn = await signIns.find(storage.db, id, visit.browser.hash, clock.now());
    if (!signIn) throw new Problem('sign-in.over');
    return signIn;
  }

  /** Saves what an event made of a sign-in, with all that belongs to it, in one transaction. */
  async function commit(signIn: SignIn, move: Move, visit: Visit): Promise<Outcome<Session> | undefined> {
    const next = advance(signIn, move.event);
    const lost = Symbol('someone else was faster');
    try {
      return await storage.tx(async tx => {
        const saved = isGranted(next) ? await signIns.spend(tx, next) : await signIns.save(tx, next);
        if (!saved || (move.spend && !(await move.spend(tx)))) throw lost;
        const ending = endOf(next, about(next, visit));
        if (!isGranted(next)) {
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
      } catch (error) {
        if (error instanceof MovedOn) throw new Problem('sign-in.moved-on', { cause: error });
        throw error;
      }
    }
    throw new Problem('sign-in.moved-on');
  }

  const methodOf = (way: Pick<Way, 'method'>): AnyMethod => {
    const method = deps.methods.find(candidate => candidate.id === way.method);
    if (!method) throw new Problem('sign-in.moved-on');
    return method;
  };

  const contextOf = (signIn: SignIn, user: UserId, visit: Visit): Context => ({
    now: clock.now(),
    user,
    language: visit.language,
    correlation: signIn.id,
    address: visit.address,
    trustedNetwork: visit.trustedNetwork,
    purpose: signIn.aim.target.is === 'application' ? signIn.aim.target.name : '',
  });

  async function personOf(signIn: SignIn): Promise<Person> {
    const person = signIn.user && (await judge.person(signIn.user));
    if (!person?.enabled) throw new Problem('sign-in.over');
    return person;
  }

  /** What the policies say when this evidence is there; and the row that says it. */
  async function stand(signIn: SignIn, person: Person, evidence: readonly Evidence[], visit: Visit) {
    const { standing, verdict } = await judge.standing(
      person,
      evidence,
      { ...signIn.aim, began: signIn.createdAt },
      visit,
    );
    const policies: AuditEvent = {
      ...about({ ...signIn, user: person.id }, visit),
      kind: 'sign-in.policies',
      detail: verdict,
    };
    return { standing, policies };
  }

  const noted = (signIn: SignIn, visit: Visit, detail: AuditEvent['detail']): AuditEvent => ({
    ...about(signIn, visit),
    kind: 'sign-in.step',
    ...(detail ? { detail } : {}),
  });

  async function judgePassword(signIn: SignIn, password: string, visit: Visit): Promise<Move> {
    const person = signIn.user ? await judge.person(signIn.user) : undefined;
    const lock = person
      ? lockout.passwordLock(person.id, visit.knownTo(person.id) ? visit.browser.hash : undefined)
      : lockout.nobodysLock(storage.sealer, signIn.loginName ?? '');
    const reserved = await lockout.reserve(storage.db, lock, clock.now());
    const refused = (refusal: Refusal): Move => ({
      event: { is: 'refused', refusal },
      audit: [noted(signIn, visit, { method: 'password', verdict: 'refused', reason: refusal.reason })],
    });
    if (!reserved.reserved)
      return refused(
        reserved.until === 'helped'
          ? { reason: 'disabled-until-helped' }
          : { reason: 'locked', until: reserved.until },
      );
    const verdict = await passwords.verify(person, password, clock.now());
    if (verdict === 'wrong') {
      await lockout.remember(storage.db, lock, passwords.fingerprint(lock.key, password));
      return refused({ reason: 'wrong' });
    }
    if (verdict.right === 'expired' || !person) return refused({ reason: 'expired' });
    const evidence: Evidence = passwords.evidence(clock.now());
    const { standing, policies } = await stand(signIn, person, [...signIn.evidence, evidence], visit);
    return {
      event: { is: 'proved', evidence, standing },
      spend: async tx => {
        await lockout.forgive(tx, lock);
        if (verdict.rehash) await passwords.set(tx, person.id, verdict.rehash, clock.now());
        return true;
      },
      audit: [noted(signIn, visit, { method: 'password', verdict: 'proved' }), policies],
    };
  }

  /**
   * Judges an answer to the open question. A try is reserved before it is judged and given back
   * when nothing was judged: a call that still rings is not a guess.
   */
  async function judgeAnswer(
    signIn: SignIn,
    answer: unknown,
    visit: Visit,
    guess: boolean,
    report: (waiting: string) => void,
  ): Promise<Move | undefined> {
    if (signIn.step.is !== 'prove') throw new MovedOn(signIn.step.is, 'proved');
    const { asked, challenge } = signIn.step;
    const person = await personOf(signIn);
    const method = methodOf(asked);
    const lock = lockout.secondFactorLock(person.id);
    const context = contextOf(signIn, person.id, visit);
    const detail = { method: asked.method, way: asked.way, credential: asked.detail };
    const refused = (refusal: Refusal, next?: object): Move => ({
      event: { is: 'refused', refusal, ...(next ? { challenge: next } : {}) },
      audit: [noted(signIn, visit, { ...detail, verdict: 'refused', reason: refusal.reason })],
    });

    if (guess) {
      const reserved = await lockout.reserve(storage.db, lock, context.now);
      if (!reserved.reserved)
        return refused(
          reserved.until === 'helped'
            ? { reason: 'disabled-until-helped' }
            : { reason: 'locked', until: reserved.until },
        );
    }
    const verdict = await method.verify(challenge, answer, context);
    if (verdict.verdict === 'waiting') {
      if (guess) await lockout.giveBack(storage.db, lock);
      report(verdict.state);
      return undefined;
    }
    if (verdict.verdict === 'refused') {
      if (guess && verdict.refusal.reason !== 'wrong') await lockout.giveBack(storage.db, lock);
      return refused(verdict.refusal, verdict.challenge);
    }
    const evidence = verdict.evidence;
    const { standing, policies } = await stand(signIn, person, [...signIn.evidence, evidence], visit);
    return {
      event: { is: 'proved', evidence, standing },
      spend: async tx => {
        if (verdict.spend && !(await verdict.spend(tx))) return false;
        await lockout.forgive(tx, lock);
        await method.used(tx, asked.credential, person.id, context.now);
        return true;
      },
      audit: [noted(signIn, visit, { ...detail, verdict: 'proved' }), policies],
    };
  }

  return {
    async begin(aim, visit, known) {
      const now = clock.now();
      const fresh: SignIn = {
        id: newId(now),
        version: 1,
        aim,
        loginName: undefined,
        user: known?.user,
        evidence: known?.evidence.filter(e => e.at >= aim.notBefore) ?? [],
        asked: {},
        step: { is: 'identify' },
        createdAt: now,
        expiresAt: now + lifetime,
      };
      const started: AuditEvent = { ...about(fresh, visit), kind: 'sign-in.started' };
      const person = known && (await judge.person(known.user));
      if (!person?.enabled || fresh.evidence.length === 0) {
        const asking = aim.loginHint ? { ...fresh, user: undefined } : { ...fresh, user: undefined };
        await storage.tx(async tx => {
          await signIns.insert(tx, asking, visit.browser.hash);
          await audit.record(tx, started);
        });
        return { signIn: asking };
      }
      // Someone we know, who must show more: the first question is the next one, not the name.
      await storage.tx(async tx => {
        await signIns.insert(tx, fresh, visit.browser.hash);
        await audit.record(tx, started);
      });
      return step(fresh.id, visit, async signIn => {
        const { standing, policies } = await stand(signIn, person, signIn.evidence, visit);
        return {
          event: { is: 'recognised', loginName: person.loginName, user: person.id, standing },
          audit: [policies],
        };
      });
    },

    async view(id, visit) {
      const signIn = await load(id, visit);
      if (signIn.step.is !== 'prove' || !methodOf(signIn.step.asked).waits?.(signIn.step.challenge))
        return { signIn };
      let waiting: string | undefined;
      const outcome = await step(id, visit, current =>
        current.step.is === 'prove'
          ? judgeAnswer(current, {}, visit, false, state => {
              waiting = state;
            })
          : Promise.resolve(undefined),
      );
      return { ...outcome, ...(waiting === undefined ? {} : { waiting }) };
    },

    identify: (id, loginName, visit) =>
      step(id, visit, async signIn => {
        const name = judge.readLoginName(loginName);
        if (!name) return { event: { is: 'misnamed' }, audit: [] };
        const person = await judge.personNamed(name);
        const identified = { ...signIn, user: person?.id };
        return {
          event: { is: 'identified', loginName: name, user: person?.enabled ? person.id : undefined },
          audit: [noted(identified, visit, { step: 'identified', known: person !== undefined })],
        };
      }),

    password(id, password, visit) {
      return step(id, visit, async signIn => {
        if (signIn.step.is !== 'password') throw new MovedOn(signIn.step.is, 'proved');
        return judgePassword(signIn, password, visit);
      });
    },

    async ask(id, chosen, visit) {
      // The step is taken before anything is sent: of two tabs, one sends.
      let way: Way | undefined;
      const taken = await step(id, visit, async signIn => {
        const { step: at } = signIn;
        const ways = at.is === 'choose' || at.is === 'prove' || at.is === 'asking' ? at.ways : [];
        way = ways.find(w => w.credential === chosen.credential && w.way === chosen.way);
        if (!way) throw new MovedOn(at.is, 'asking');
        return { event: { is: 'asking', way, at: clock.now() }, audit: [] };
      });
      const asked = way;
      if (!asked) throw new Problem('sign-in.moved-on');
      const person = await personOf(taken.signIn);
      const method = methodOf(asked);
      const credential = (await method.credentials(person.id)).find(
        (c: Credential) => c.id === asked.credential,
      );
      const begun = credential
        ? await method.begin(
            credential,
            asked.way,
            contextOf(taken.signIn, person.id, visit),
            taken.signIn.asked[keyOf(asked)],
          )
        : ({ begun: false, refusal: { reason: 'not-allowed' } } as const);
      const detail = { method: asked.method, way: asked.way, credential: asked.detail };
      return step(id, visit, async signIn =>
        begun.begun
          ? {
              event: { is: 'asked', way: asked, challenge: begun.challenge },
              audit: [noted(signIn, visit, { ...detail, step: 'asked' })],
            }
          : {
              event: { is: 'not-asked', refusal: begun.refusal },
              audit: [noted(signIn, visit, { ...detail, step: 'not-asked', reason: begun.refusal.reason })],
            },
      );
    },

    answer: (id, fields, visit) =>
      step(id, visit, async signIn => {
        if (signIn.step.is !== 'prove') throw new MovedOn(signIn.step.is, 'proved');
        const answer = methodOf(signIn.step.asked).answer.safeParse(fields);
        if (!answer.success) return { event: { is: 'refused', refusal: { reason: 'malformed' } }, audit: [] };
        return judgeAnswer(signIn, answer.data, visit, true, () => undefined);
      }),

    lookElsewhere: (id, visit) =>
      step(id, visit, async signIn => ({
        event: { is: 'looked-elsewhere' },
        audit: [noted(signIn, visit, { step: 'looked-elsewhere' })],
      })),

    changePassword: (id, chosen, repeated, visit) =>
      step(id, visit, async signIn => {
        if (signIn.step.is !== 'change-password') throw new MovedOn(signIn.step.is, 'password-changed');
        const person = await personOf(signIn);
        const [problem] =
          chosen === repeated ? await passwords.problemsOf(chosen, person) : [{ problem: 'differ' } as const];
        if (problem) return { event: { is: 'password-refused', problem }, audit: [] };
        const hash = await passwords.hash(chosen);
        const { standing, policies } = await stand(
          signIn,
          { ...person, mustChangePassword: false },
          signIn.evidence,
          visit,
        );
        return {
          event: { is: 'password-changed', standing },
          spend: async tx => {
            await passwords.set(tx, person.id, hash, clock.now());
            return true;
          },
          audit: [{ ...about(signIn, visit), kind: 'user.password-changed' }, policies],
        };
      }),

    registered: (id, registration, visit) =>
      step(id, visit, async signIn => {
        const person = await personOf(signIn);
        const proved = await deps.registration.proved(registration, visit);
        if (signIn.step.is !== 'register-first' || proved?.user !== person.id)
          throw new MovedOn(signIn.step.is, 'registered');
        const evidence = [proved.evidence];
        const { standing, policies } = await stand(signIn, person, [...signIn.evidence, ...evidence], visit);
        return {
          event: { is: 'registered', evidence, standing },
          spend: tx => deps.registration.spend(tx, registration),
          audit: [policies],
        };
      }),

    stay: (id, persistent, visit) =>
      step(id, visit, async signIn => {
        if (signIn.step.is !== 'stay') throw new MovedOn(signIn.step.is, 'stay-answered');
        // Judged once more at the moment of granting: the network or the person may have changed since.
        const person = await personOf(signIn);
        const { standing, policies } = await stand(signIn, person, signIn.evidence, visit);
        return { event: { is: 'stay-answered', persistent, standing }, audit: [policies] };
      }),

    async giveUp(id, visit) {
      const current = await load(id, visit);
      if (current.step.is === 'refused') return current;
      const { signIn } = await step(id, visit, async () => ({
        event: { is: 'ended', because: 'gave-up' },
        audit: [],
      }));
      return signIn;
    },
  };
}

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
