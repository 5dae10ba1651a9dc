import type { AuditEvent } from '../audit/index.ts';
import { Problem } from '../http/problems.ts';
import { speaking, type Visit } from '../http/visit.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { CredentialId, UserId } from '../kit/ids.ts';
import * as lockout from '../methods/lockout.ts';
import type { AnyMethod, Begun, Context, Credential, Refusal, Spending } from '../methods/method.ts';
import type { Passwords } from '../methods/password/index.ts';
import type { Evidence } from '../policies/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { Judge, Person } from './judge.ts';
import { openNetworkTries } from './network-tries.ts';
import { bindingOf, keyOf, MovedOn, type SignIn, type Standing, type Way } from './sign-in.ts';
import { about, type Found, type Move, noted } from './steps.ts';

/** Judges answers: whatever a method is, its failures are counted and its success is spent once. */
export interface Proving {
  password(found: Found, password: string, visit: Visit): Promise<Move>;
  /**
   * Judges an answer to the open question. A try is reserved before it is judged and given back
   * when nothing was judged: a call that still rings is not a guess.
   */
  answer(
    found: Found,
    answer: unknown,
    visit: Visit,
    guess: boolean,
    report: (waiting: string) => void,
  ): Promise<Move | undefined>;
  /** Judges the answer of somebody who said no name. */
  recognise(signIn: SignIn, fields: Readonly<Record<string, string>>, visit: Visit): Promise<Move>;
  methodOf(way: Pick<Way, 'method'>): AnyMethod;
  /** Puts a question to a credential, if it is still there and an answer could be judged. */
  begin(found: Found, way: Way, visit: Visit): Promise<Begun<object>>;
  /** Whose sign-in it is. Throws when it is nobody's, or theirs no more. */
  personOf(found: Found): Person;
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
  const triesOf = openNetworkTries(clock);

  const methodOf = (way: Pick<Way, 'method'>): AnyMethod => {
    const method = deps.methods.find(candidate => candidate.id === way.method);
    if (!method) throw new Problem('sign-in.moved-on');
    return method;
  };

  async function credentialOf(way: Way, person: Person): Promise<Credential | undefined> {
    const owned = await methodOf(way).credentials(person.id, person);
    return owned.find(({ id, createdAt }) => id === way.credential && createdAt === way.since);
  }

  async function begin(found: Found, way: Way, visit: Visit): Promise<Begun<object>> {
    const { signIn } = found;
    const person = personOf(found);
    const lock = lockout.secondFactorLock(person.id);
    const [locked, credential] = await Promise.all([
      lockout.held(storage.db, lock, clock.now()),
      credentialOf(way, person),
    ]);
    if (locked) return { begun: false, refusal: locked };
    if (!credential) return { begun: false, refusal: { reason: 'not-allowed' } };
    const context = contextOf(signIn, person, visit);
    return methodOf(way).begin(credential, way.way, context, signIn.asked[keyOf(way)]);
  }

  const contextOf = (signIn: SignIn, person: Person, visit: Visit): Context => ({
    now: clock.now(),
    user: person.id,
    person,
    language: speaking(visit, signIn.aim.language).language,
    correlation: signIn.id,
    address: visit.address,
    trustedNetwork: visit.trustedNetwork,
    purpose: signIn.aim.target.is === 'security-info' ? '' : signIn.aim.target.name,
  });

  function personOf({ person }: Found): Person {
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

  async function judgePassword({ signIn, person }: Found, password: string, visit: Visit): Promise<Move> {
    const knownBrowser = person && visit.knownTo(person.id);
    const lock = person
      ? lockout.passwordLock(person.id, knownBrowser)
      : lockout.nobodysLock(storage.sealer, signIn.loginName ?? '');
    const refused = (refusal: Refusal): Move => ({
      event: { is: 'refused', refusal },
      audit: [noted(signIn, visit, { method: 'password', verdict: 'refused', reason: refusal.reason })],
    });
    const tries = triesOf(visit, knownBrowser !== undefined);
    const heldUntil = tries.heldUntil(visit.place);
    if (heldUntil !== undefined) return refused({ reason: 'locked', until: heldUntil });
    tries.count(visit.place);
    const reserved = await lockout.reserve(storage.db, lock, clock.now());
    if (!reserved.reserved) return refused(reserved.refusal);
    const verdict = await passwords.verify(person, password, clock.now());
    if (verdict === 'wrong') {
      await lockout.remember(storage.db, lock, passwords.fingerprint(lock.key, password));
      return refused({ reason: 'wrong' });
    }
    tries.giveBack(visit.place);
    if (verdict.right === 'expired' || !person) return refused({ reason: 'expired' });
    const evidence: Evidence = passwords.evidence(clock.now());
    const { standing, policies } = await stand(signIn, person, [...signIn.evidence, evidence], visit);
    return {
      event: { is: 'proved', evidence, standing },
      parts: [lockout.forgiving(lock)],
      work: verdict.rehash ? keeping(person, verdict.rehash) : undefined,
      undo: () => lockout.giveBack(storage.db, lock),
      audit: [noted(signIn, visit, { method: 'password', verdict: 'proved' }), policies],
    };
  }

  /** The same password under today's parameters. */
  const keeping = (person: Person, encoded: string) => async (tx: Tx) => {
    await passwords.set(tx, person.id, encoded, clock.now());
    return true;
  };

  /**
   * Judges an answer to the open question. A try is reserved before it is judged and given back
   * when nothing was judged: a call that still rings is not a guess.
   */
  async function judgeAnswer(
    found: Found,
    answer: unknown,
    visit: Visit,
    guess: boolean,
    report: (waiting: string) => void,
  ): Promise<Move | undefined> {
    const { signIn } = found;
    if (signIn.step.is !== 'prove') throw new MovedOn(signIn.step.is, 'proved');
    const { asked, challenge } = signIn.step;
    const person = personOf(found);
    const method = methodOf(asked);
    const lock = lockout.secondFactorLock(person.id);
    const context = contextOf(signIn, person, visit);
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
      const wrong = verdict.refusal.reason === 'wrong';
      if (guess && !wrong) await lockout.giveBack(storage.db, lock);
      const move = refused(verdict.refusal, verdict.challenge);
      if (guess || !wrong) return move;
      // Guessed on another road: the number that was typed in an app.
      const count = async (tx: Tx) => {
        await lockout.reserve(tx, lock, context.now);
        return true;
      };
      return { ...move, work: count };
    }
    if (!(await credentialOf(asked, person))) {
      if (guess) await lockout.giveBack(storage.db, lock);
      return refused({ reason: 'not-allowed' });
    }
    const evidence = verdict.evidence;
    const { standing, policies } = await stand(signIn, person, [...signIn.evidence, evidence], visit);
    return {
      event: { is: 'proved', evidence, standing },
      ...spending(method, verdict, { lock, credential: asked.credential, user: person.id, now: context.now }),
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
      ...spending(method, seen, { lock, credential: credential.id, user, now }),
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

/** What an answer that is accepted spends, and leaves behind: the count begins anew, the credential was used. */
function spending(
  method: AnyMethod,
  { spends = [], spend }: Spending,
  used: { lock: lockout.Lock; credential: CredentialId; user: UserId; now: Instant },
): Pick<Move, 'parts' | 'work'> {
  const { credential, user, now } = used;
  const using = method.using?.(credential, user, now);
  const parts = [...spends, lockout.forgiving(used.lock), ...(using ? [using] : [])];
  if (using && !spend) return { parts };
  return {
    parts,
    async work(tx) {
      if (spend && !(await spend(tx))) return false;
      if (!using) await method.used(tx, credential, user, now);
      return true;
    },
  };
}
