import type { Audit } from '../audit/index.ts';
import type { Arrivals } from '../http/arrivals.ts';
import { Problem } from '../http/problems.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, type SignInId, type UserId } from '../kit/ids.ts';
import type { AnyMethod } from '../methods/method.ts';
import { postponePasskey } from '../methods/passkey/index.ts';
import type { Passwords } from '../methods/password/index.ts';
import type { Evidence } from '../policies/index.ts';
import type { RegistrationEngine, RegistrationId } from '../registration/index.ts';
import type { Part, Storage } from '../storage/index.ts';
import type { Judge } from './judge.ts';
import { openProving } from './proving.ts';
import {
  type Aim,
  type Granted,
  isGranted,
  keyOf,
  lifetime,
  MovedOn,
  type SignIn,
  type Way,
} from './sign-in.ts';
import { about, type Found, type Move, noted, type Outcome, openSteps } from './steps.ts';
import { signIns } from './store.ts';

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
  /** Somebody who said no name, and shows a passkey instead. */
  recognise(id: SignInId, fields: Readonly<Record<string, string>>, visit: Visit): Promise<Outcome<Session>>;
  /** Puts a question: sends the text, places the call. */
  ask(id: SignInId, chosen: { credential: string; way: string }, visit: Visit): Promise<Outcome<Session>>;
  answer(id: SignInId, fields: Readonly<Record<string, string>>, visit: Visit): Promise<Outcome<Session>>;
  lookElsewhere(id: SignInId, visit: Visit): Promise<Outcome<Session>>;
  changePassword(id: SignInId, chosen: string, repeated: string, visit: Visit): Promise<Outcome<Session>>;
  /** Before a registration begins: whoever registered elsewhere meanwhile proves it, and registers nothing here. */
  register(id: SignInId, visit: Visit): Promise<Outcome<Session>>;
  /** A registration that belongs to this sign-in ended; what it proved counts here. */
  registered(id: SignInId, registration: RegistrationId, visit: Visit): Promise<Outcome<Session>>;
  /** "Later", to the passkey that was offered. */
  postpone(id: SignInId, visit: Visit): Promise<Outcome<Session>>;
  stay(id: SignInId, persistent: boolean, visit: Visit): Promise<Outcome<Session>>;
  giveUp(id: SignInId, visit: Visit): Promise<SignIn>;
  /** Takes out what a granted proof showed, once, for the protocol that asked. */
  take(id: SignInId, visit: Visit): Promise<SignIn<Granted>>;
}

/**
 * Where methods, policies, locks, audit and the store meet, and nowhere else: every way to move a
 * sign-in is one of these, and each leaves its rows.
 */
export function openEngine<Session>(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  judge: Judge;
  passwords: Passwords;
  methods: readonly AnyMethod[];
  arrivals: Arrivals;
  registration: Pick<RegistrationEngine, 'proved' | 'spending'>;
  startSession(
    granted: SignIn<Granted>,
    visit: Visit,
  ): Promise<{ readonly session: Session; readonly parts: readonly Part[] }>;
}): SignInEngine<Session> {
  const { storage, clock, judge, passwords } = deps;
  const { begin, load, show, step } = openSteps<Session>(deps);
  const proving = openProving(deps);
  const { methodOf, personOf, stand } = proving;

  /** A question that is left is taken back: whoever still holds the telephone confirms nothing. */
  async function leave({ step: at }: SignIn): Promise<{ readonly left?: object }> {
    const left = at.is === 'prove' && (await methodOf(at.asked).leave?.(at.challenge));
    return left ? { left } : {};
  }

  return {
    async begin(aim, visit, known) {
      if (!known && !deps.arrivals.admits(visit)) throw new Problem('busy', { retryAfter: 10 });
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
        expiresAt: aim.target.is === 'proof' ? aim.target.until : now + lifetime,
      };
      const person = known && (await judge.person(known.user));
      // Who is meant was said by whoever asked: there is nobody else to become.
      if (!person?.enabled && aim.target.is === 'proof') throw new Problem('not-allowed');
      if (!person?.enabled || fresh.evidence.length === 0) {
        const asking = { ...fresh, user: undefined };
        await begin(asking, visit);
        return { signIn: asking };
      }
      // Someone we know, who must show more: the first question is the next one, not the name.
      await begin(fresh, visit);
      const recognised = async ({ signIn }: Found): Promise<Move> => {
        const { standing, policies } = await stand(signIn, person, signIn.evidence, visit);
        return {
          event: { is: 'recognised', loginName: person.loginName, user: person.id, standing },
          audit: [policies],
        };
      };
      return step(fresh.id, visit, recognised, { signIn: fresh, person });
    },

    async view(id, visit) {
      const signIn = await show(id, visit);
      if (signIn.step.is !== 'prove') return { signIn };
      const { asked, challenge } = signIn.step;
      const method = methodOf(asked);
      if (!method.waits?.(challenge)) {
        const standing = await method.standing?.(challenge);
        return { signIn, ...(standing === undefined ? {} : { waiting: standing }) };
      }
      let waiting: string | undefined;
      const outcome = await step(id, visit, current =>
        current.signIn.step.is === 'prove'
          ? proving.answer(
              current,
              methodOf(current.signIn.step.asked).answer.parse({}),
              visit,
              false,
              state => {
                waiting = state;
              },
            )
          : Promise.resolve(undefined),
      );
      return { ...outcome, ...(waiting === undefined ? {} : { waiting }) };
    },

    identify: (id, loginName, visit) =>
      step(id, visit, async ({ signIn }) => {
        const name = judge.readLoginName(loginName);
        if (!name) return { event: { is: 'misnamed' }, audit: [] };
        const person = await judge.personNamed(name);
        const identified = { ...signIn, user: person?.id };
        return {
          event: { is: 'identified', loginName: name, user: person?.enabled ? person.id : undefined },
          audit: [noted(identified, visit, { step: 'identified', known: person !== undefined })],
        };
      }),

    recognise: (id, fields, visit) =>
      step(id, visit, ({ signIn }) => proving.recognise(signIn, fields, visit)),

    password(id, password, visit) {
      return step(id, visit, async found => {
        const { step: at } = found.signIn;
        if (at.is !== 'password') throw new MovedOn(at.is, 'proved');
        return proving.password(found, password, visit);
      });
    },

    async ask(id, chosen, visit) {
      // The step is taken before anything is sent: of two tabs, one sends.
      let way: Way | undefined;
      let person: Found['person'];
      const taken = await step(id, visit, async found => {
        const { step: at } = found.signIn;
        const ways = at.is === 'choose' || at.is === 'prove' || at.is === 'asking' ? at.ways : [];
        way = ways.find(w => w.credential === chosen.credential && w.way === chosen.way);
        if (!way) throw new MovedOn(at.is, 'asking');
        person = found.person;
        // Whoever presses twice is called once: the same question is left standing.
        const isAnother = at.is === 'prove' && keyOf(at.asked) !== keyOf(way);
        const left = isAnother ? await leave(found.signIn) : {};
        return { event: { is: 'asking', way, at: clock.now(), ...left }, audit: [] };
      });
      const asked = way;
      if (!asked) throw new Problem('sign-in.moved-on');
      const asking = { signIn: taken.signIn, person };
      const question = await proving.begin(asking, asked, visit);
      const detail = { method: asked.method, way: asked.way, credential: asked.detail };
      const put = async ({ signIn }: Found): Promise<Move> =>
        question.begun
          ? {
              event: { is: 'asked', way: asked, challenge: question.challenge },
              audit: [noted(signIn, visit, { ...detail, step: 'asked' })],
            }
          : {
              event: { is: 'not-asked', refusal: question.refusal },
              audit: [
                noted(signIn, visit, { ...detail, step: 'not-asked', reason: question.refusal.reason }),
              ],
            };
      try {
        return await step(id, visit, put, asking);
      } catch (error) {
        // They went away while it was being sent.
        if (question.begun) await methodOf(asked).leave?.(question.challenge);
        throw error;
      }
    },

    answer: (id, fields, visit) =>
      step(id, visit, async found => {
        const { step: at } = found.signIn;
        if (at.is !== 'prove') throw new MovedOn(at.is, 'proved');
        const answer = methodOf(at.asked).answer.safeParse(fields);
        if (!answer.success) return { event: { is: 'refused', refusal: { reason: 'malformed' } }, audit: [] };
        return proving.answer(found, answer.data, visit, true, () => undefined);
      }),

    lookElsewhere: (id, visit) =>
      step(id, visit, async ({ signIn }) => ({
        event: { is: 'looked-elsewhere', ...(await leave(signIn)) },
        audit: [noted(signIn, visit, { step: 'looked-elsewhere' })],
      })),

    changePassword: (id, chosen, repeated, visit) =>
      step(id, visit, async found => {
        const { signIn } = found;
        if (signIn.step.is !== 'change-password') throw new MovedOn(signIn.step.is, 'password-changed');
        const person = personOf(found);
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
          work: async tx => {
            const at = { now: clock.now(), since: signIn.createdAt };
            await passwords.change(tx, person.id, hash, at);
            return true;
          },
          audit: [{ ...about(signIn, visit), kind: 'user.password-changed' }, policies],
        };
      }),

    register: (id, visit) =>
      step(id, visit, async found => {
        const { signIn } = found;
        if (signIn.step.is !== 'register-first') return undefined;
        const { standing, policies } = await stand(signIn, personOf(found), signIn.evidence, visit);
        const owes =
          standing.is === 'must-register' || (standing.is === 'enough' && standing.owes === 'registration');
        return owes ? undefined : { event: { is: 'registered', evidence: [], standing }, audit: [policies] };
      }),

    registered: (id, registration, visit) =>
      step(id, visit, async found => {
        const { signIn } = found;
        const person = personOf(found);
        const proved = await deps.registration.proved(registration, visit);
        const awaited = signIn.step.is === 'register-first' || signIn.step.is === 'offer-passkey';
        if (!awaited || proved?.user !== person.id) throw new MovedOn(signIn.step.is, 'registered');
        const evidence = [proved.evidence];
        const { standing, policies } = await stand(signIn, person, [...signIn.evidence, ...evidence], visit);
        return {
          event: { is: 'registered', evidence, standing },
          parts: [deps.registration.spending(registration)],
          audit: [policies],
        };
      }),

    postpone: (id, visit) =>
      step(id, visit, async found => {
        const { signIn } = found;
        if (signIn.step.is !== 'offer-passkey') throw new MovedOn(signIn.step.is, 'postponed');
        const person = personOf(found);
        const { standing, policies } = await stand(signIn, person, signIn.evidence, visit);
        const offered = standing.is === 'enough' && standing.owes === 'passkey';
        return {
          event: { is: 'postponed', standing: offered ? { ...standing, owes: 'nothing' } : standing },
          work: async tx => {
            await postponePasskey(tx, person.id, clock.now());
            return true;
          },
          audit: [noted(signIn, visit, { step: 'postponed', method: 'passkey' }), policies],
        };
      }),

    stay: (id, persistent, visit) =>
      step(id, visit, async found => {
        const { signIn } = found;
        if (signIn.step.is !== 'stay') throw new MovedOn(signIn.step.is, 'stay-answered');
        // Judged once more at the moment of granting: the network or the person may have changed since.
        const person = personOf(found);
        const { standing, policies } = await stand(signIn, person, signIn.evidence, visit);
        return { event: { is: 'stay-answered', persistent, standing }, audit: [policies] };
      }),

    async giveUp(id, visit) {
      const current = await load(id, visit);
      if (current.step.is === 'refused') return current;
      const { signIn } = await step(id, visit, async found => {
        await leave(found.signIn);
        return { event: { is: 'ended', because: 'gave-up' }, audit: [] };
      });
      return signIn;
    },

    async take(id, visit) {
      const signIn = await load(id, visit);
      if (!isGranted(signIn) || signIn.aim.target.is !== 'proof') throw new Problem('sign-in.moved-on');
      const person = personOf({ signIn, person: signIn.user && (await judge.person(signIn.user)) });
      if (person.validFrom > signIn.createdAt) throw new Problem('sign-in.over');
      const taken = { ...signIn, version: signIn.version + 1 };
      if (!(await storage.change([signIns.spending(taken)]))) throw new Problem('sign-in.over');
      return signIn;
    },
  };
}
