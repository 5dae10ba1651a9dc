import type { AuditEvent } from '../audit/index.ts';
import { Problem } from '../http/problems.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { AnyMethod, Begun, Context, Credential, Refusal } from '../methods/method.ts';
import type { Passwords } from '../methods/password/index.ts';
import type { Evidence } from '../policies/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Judge, Person } from './judge.ts';
import * as lockout from './lockout.ts';
import { bindingOf, keyOf, MovedOn, type SignIn, type Standing, type Way } from './sign-in.ts';
import { about, type Move, noted } from './steps.ts';

/** Judges answers: whatever a method is, its failures are counted and its success is spent once. */
export interface Proving {
  password(signIn: SignIn, password: string, visit: Visit): Promise<Move>;
  /**
   * Judges an answer to the open question. A try is reserved before it is judged and given back
   * when nothing was judged: a call that still rings is not a guess.
   */
  answer(
    signIn: SignIn,
    answer: unknown,
    visit: Visit,
    guess: boolean,
    report: (waiting: string) => void,
  ): Promise<Move | undefined>;
  /** Judges the answer of somebody who said no name. */
  recognise(signIn: SignIn, fields: Readonly<Record<string, string>>, visit: Visit): Promise<Move>;
  methodOf(way: Pick<Way, 'method'>): AnyMethod;
  /** Puts a question to a credential, if it is still there and an answer could be judged. */
  begin(signIn: SignIn, way: Way, visit: Visit): Promise<Begun<object>>;
  personOf(signIn: SignIn): Promise<Person>;
  /** What the policies say when this evidence is there; and the row that says it. */
  stand(
    signIn: SignIn,
    person: Person,
    evidence: readonly Evidence[],
    visit: Visit,
  ): Promise<{ standing: Standing; policies: AuditEvent }>;
}

export function openProving(deps: {
  storage: Storage;
  clock: Clock;
  judge: Judge;
  passwords: Passwords;
  methods: readonly AnyMethod[];
}): Proving {
  const { storage, clock, judge, passwords } = deps;

  const methodOf = (way: Pick<Way, 'method'>): AnyMethod => {
    const method = deps.methods.find(candidate => candidate.id === way.method);
    if (!method) throw new Problem('sign-in.moved-on');
    return method;
  };

  async function credentialOf(way: Way, user: UserId): Promise<Credential | undefined> {
    const owned = await methodOf(way).credentials(user);
    return owned.find(({ id, createdAt }) => id === way.credential && createdAt === way.since);
  }

  async function begin(signIn: SignIn, way: Way, visit: Visit): Promise<Begun<object>> {
    const { id } = await personOf(signIn);
    const locked = await lockout.held(storage.db, lockout.secondFactorLock(id), clock.now());
    if (locked) return { begun: false, refusal: locked };
    const credential = await credentialOf(way, id);
    if (!credential) return { begun: false, refusal: { reason: 'not-allowed' } };
    const context = contextOf(signIn, id, visit);
    return methodOf(way).begin(credential, way.way, context, signIn.asked[keyOf(way)]);
  }

  const contextOf = (signIn: SignIn, user: UserId, visit: Visit): Context => ({
    now: clock.now(),
    user,
    language: visit.language,
    correlation: signIn.id,
    address: visit.address,
    trustedNetwork: visit.trustedNetwork,
    purpose: signIn.aim.target.is === 'security-info' ? '' : signIn.aim.target.name,
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

  async function judgePassword(signIn: SignIn, password: string, visit: Visit): Promise<Move> {
    const person = signIn.user ? await judge.person(signIn.user) : undefined;
    const lock = person
      ? lockout.passwordLock(person.id, visit.knownTo(person.id))
      : lockout.nobodysLock(storage.sealer, signIn.loginName ?? '');
    const reserved = await lockout.reserve(storage.db, lock, clock.now());
    const refused = (refusal: Refusal): Move => ({
      event: { is: 'refused', refusal },
      audit: [noted(signIn, visit, { method: 'password', verdict: 'refused', reason: refusal.reason })],
    });
    if (!reserved.reserved) return refused(reserved.refusal);
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
      undo: () => lockout.giveBack(storage.db, lock),
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
      if (!reserved.reserved) return refused(reserved.refusal);
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
    if (!(await credentialOf(asked, person.id))) {
      if (guess) await lockout.giveBack(storage.db, lock);
      return refused({ reason: 'not-allowed' });
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
      ...(guess ? { undo: () => lockout.giveBack(storage.db, lock) } : {}),
      audit: [noted(signIn, visit, { ...detail, verdict: 'proved' }), policies],
    };
  }

  /**
   * Nothing here can be guessed, so no try is counted: a stranger must not lock out whose passkey they
   * know by its name. Whoever is locked out elsewhere stays so.
   */
  async function recognise(signIn: SignIn, fields: Readonly<Record<string, string>>, visit: Visit) {
    const method = deps.methods.find(({ opening }) => opening?.offered());
    // Whoever asked for a proof said whose.
    if (!method?.opening || signIn.step.is !== 'identify' || signIn.aim.target.is === 'proof')
      throw new MovedOn(signIn.step.is, 'recognised-by-passkey');
    const unknown = (refusal: Refusal, user?: UserId): Move => {
      const detail = { method: method.id, verdict: 'refused', reason: refusal.reason };
      return {
        event: { is: 'not-recognised', refusal },
        audit: [noted({ ...signIn, user }, visit, detail)],
      };
    };
    const answer = method.answer.safeParse(fields);
    if (!answer.success) return unknown({ reason: 'malformed' });
    const now = clock.now();
    const seen = await method.opening.recognise(answer.data, bindingOf(signIn), now);
    if (!seen.recognised) return unknown(seen.refusal, seen.user);
    const { user, credential, evidence } = seen;
    const person = await judge.person(user);
    if (!person?.enabled) return unknown({ reason: 'wrong' }, user);
    const lock = lockout.secondFactorLock(user);
    const locked = await lockout.held(storage.db, lock, now);
    if (locked) return unknown(locked, user);
    const { standing, policies } = await stand(signIn, person, [...signIn.evidence, evidence], visit);
    const move: Move = {
      event: { is: 'recognised-by-passkey', loginName: person.loginName, user, evidence, standing },
      spend: async tx => {
        if (!(await seen.spend(tx))) return false;
        await lockout.forgive(tx, lock);
        await method.used(tx, credential.id, user, now);
        return true;
      },
      audit: [
        noted({ ...signIn, user }, visit, {
          method: method.id,
          verdict: 'proved',
          credential: credential.detail,
        }),
        policies,
      ],
    };
    return move;
  }

  return { password: judgePassword, begin, answer: judgeAnswer, recognise, methodOf, personOf, stand };
}
