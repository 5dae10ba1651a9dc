import type { IncomingMessage } from 'node:http';
import { type Address, parseAddress } from '../http/address.ts';
import type { Arrivals } from '../http/arrivals.ts';
import type { Pages } from '../http/pages.ts';
import type { Clock } from '../kit/clock.ts';
import type { RecoveryCodes } from '../methods/recovery-code/index.ts';
import { counts, type Evidence, multiFactorId } from '../policies/index.ts';
import type { Sessions, StartedSession } from '../sessions/index.ts';
import { isGranted, type Judge, type Person, type SignInEngine, type Target } from '../sign-in/index.ts';
import { isLanguage, type Language } from '../words/index.ts';
import type { ProofDoor } from './external-mfa/door.ts';
import type { Demand, Known, SignInDoor } from './oidc/door.ts';

/** How protocols reach sessions and sign-ins: the session behind this door is the truth. */
export function openSignInDoor(deps: {
  sessions: Sessions;
  judge: Judge;
  engine: SignInEngine<StartedSession>;
  pages: Pages;
  arrivals: Arrivals;
  addressOf(request: IncomingMessage): string | undefined;
  isTrusted(address: Address | undefined): Promise<boolean>;
  recoveryCodes: Pick<RecoveryCodes, 'leadTo'>;
}): SignInDoor {
  const { sessions, judge, engine, pages } = deps;
  /** What was shown to change security info is not told to applications, unless it leads there as well. */
  async function counting(evidence: readonly Evidence[]): Promise<readonly Evidence[]> {
    if (!evidence.some(({ method }) => method === 'recovery-code')) return evidence;
    const purpose = { registering: false, pageless: false, recoveryCodes: await deps.recoveryCodes.leadTo() };
    return evidence.filter(one => counts(one, purpose));
  }
  /** whom a request has just read together with its session */
  const people = new WeakMap<Known, Person>();
  return {
    async current(request) {
      const session = await sessions.current(request);
      if (!session) return undefined;
      const known: Known = {
        user: session.user,
        evidence: await counting(session.evidence),
        startedAt: session.startedAt,
        expiresAt: session.expiresAt,
        ref: session.id,
        address: deps.addressOf(request),
      };
      people.set(known, session.person);
      return known;
    },

    async judge(known, demand) {
      const person = people.get(known) ?? (await judge.person(known.user));
      if (!person?.enabled) return 'more';
      const evidence = known.evidence.filter(e => e.at >= (demand.notBefore ?? 0));
      const aim = {
        target: targetOf(demand, ''),
        demanded: { ...(demand.acr.length > 0 ? { acr: demand.acr } : {}), ...maxAge(demand.maxAge) },
      };
      const place = known.address === undefined ? undefined : parseAddress(known.address);
      const { standing } = await judge.standing(person, evidence, aim, {
        place,
        trustedNetwork: await deps.isTrusted(place),
      });
      if (standing.is === 'enough') return standing.owes === 'nothing' ? 'enough' : 'more';
      return standing.is === 'blocked' || standing.is === 'unsatisfiable' ? 'never' : 'more';
    },

    async begin(request, reply, wish) {
      const language = spokenOf(wish.locales);
      const visit = await pages.visit(request, reply);
      const session = await sessions.current(request.raw);
      const { demand } = wish;
      const { signIn, session: started } = await engine.begin(
        {
          target: targetOf(demand, wish.applicationName),
          demanded: { ...(demand.acr.length > 0 ? { acr: demand.acr } : {}), ...maxAge(demand.maxAge) },
          notBefore: demand.notBefore ?? 0,
          returnTo: wish.returnTo,
          refusedTo: { denied: wish.deniedTo, unmet: wish.unmetTo },
          loginHint: wish.loginHint,
          language,
          ...(session ? { persistent: session.persistent } : {}),
        },
        visit,
        session,
      );
      if (started) sessions.give(reply, started);
      reply.redirect(started ? wish.returnTo : `/sign-in/${signIn.id}`, 303);
    },

    holding: known => sessions.holding(known.user, known.ref),

    async admits(request) {
      const address = deps.addressOf(request);
      const place = address === undefined ? undefined : parseAddress(address);
      return deps.arrivals.admits({ place, trustedNetwork: await deps.isTrusted(place) });
    },

    async end(known) {
      await sessions.endOne(known.user, known.ref, { is: 'user', id: known.user });
    },
  };
}

const targetOf = ({ application, native }: Demand, name: string): Target => ({
  is: 'application',
  application,
  name,
  ...(native ? { native: true } : {}),
});

/** How External MFA reaches sign-ins: one proof of a person who is known, and no session. */
export function openProofDoor(deps: {
  judge: Judge;
  engine: SignInEngine<unknown>;
  pages: Pages;
  clock: Clock;
}): ProofDoor {
  const { judge, engine, pages } = deps;
  return {
    person: who => ('id' in who ? judge.person(who.id) : judge.personNamed(who.loginName)),
    async begin(request, reply, wish) {
      const visit = await pages.visit(request, reply);
      const first: Evidence = {
        method: 'federated',
        factors: ['knowledge'],
        traits: [],
        amr: [],
        at: deps.clock.now(),
      };
      const { signIn } = await engine.begin(
        {
          target: {
            is: 'proof',
            application: wish.application,
            name: wish.applicationName,
            accepts: wish.accepts,
            until: wish.until,
          },
          demanded: { strength: multiFactorId },
          notBefore: 0,
          returnTo: wish.returnTo,
          refusedTo: { denied: wish.refusedTo, unmet: wish.refusedTo },
          loginHint: undefined,
          language: undefined,
        },
        visit,
        { user: wish.user, evidence: [first] },
      );
      return signIn.id;
    },
    async take(request, reply, id) {
      const visit = await pages.visit(request, reply);
      const { signIn } = await engine.view(id, visit);
      if (!isGranted(signIn)) return undefined;
      const { user, evidence } = await engine.take(id, visit);
      return user && { user, evidence };
    },
    async wasRefused(request, reply, id) {
      const { signIn } = await engine.view(id, await pages.visit(request, reply));
      return signIn.step.is === 'refused';
    },
  };
}

const maxAge = (ms: number | undefined): { maxAge?: number } => (ms === undefined ? {} : { maxAge: ms });

/** The first of `ui_locales` that we speak. */
const spokenOf = (locales: readonly string[]): Language | undefined =>
  locales.map(locale => locale.split('-')[0]?.toLowerCase() ?? '').find(isLanguage);
