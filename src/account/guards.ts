import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Person, portal } from '../directory/index.ts';
import type { Pages } from '../http/pages.ts';
import type { Visit } from '../http/visit.ts';
import type { Session, Sessions, StartedSession } from '../sessions/index.ts';
import type { Aim, Judge, SignInEngine } from '../sign-in/index.ts';
import { wordsFor } from '../words/index.ts';

/** Whoever is signed in, and may see the page. */
export interface Here {
  readonly visit: Visit;
  readonly session: Session;
  readonly person: Person;
}

export type Handler = (here: Here, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Who may see a person's own pages; everybody else is sent to show what is missing, and comes back. */
export function openGuards(deps: {
  pages: Pages;
  sessions: Sessions;
  engine: SignInEngine<StartedSession>;
  judge: Judge;
}) {
  const { pages, sessions, engine, judge } = deps;

  async function signIn(
    request: FastifyRequest,
    reply: FastifyReply,
    aim: Pick<Aim, 'target' | 'returnTo'>,
    session: Session | undefined,
  ) {
    const visit = await pages.visit(request, reply);
    const whole: Aim = {
      ...aim,
      demanded: {},
      notBefore: 0,
      loginHint: undefined,
      language: undefined,
      ...(session ? { persistent: session.persistent } : {}),
    };
    const { signIn: begun, session: started } = await engine.begin(whole, visit, session);
    if (!started) return reply.redirect(`/sign-in/${begun.id}`, 303);
    // What was shown before is enough: the session that took the place of the old one goes to its browser.
    sessions.give(reply, started);
    return reply.redirect(aim.returnTo, 303);
  }

  /** Only for whoever is signed in; others sign in first and come back to the page they wanted. */
  const signedIn =
    (handle: Handler) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const session = await sessions.current(request.raw);
      const person = session && (await judge.person(session.user));
      if (session && person) {
        const visit = await pages.visit(request, reply);
        // A session that began on campus is worth what it showed: outside, the policies may want more.
        const aim = { target: portalTarget(visit), demanded: {} };
        const { standing } = await judge.standing(person, session.evidence, aim, visit);
        if (standing.is === 'enough') return handle({ visit, session, person }, request, reply);
      }
      return enter(request, reply, session);
    };

  async function enter(request: FastifyRequest, reply: FastifyReply, session: Session | undefined) {
    const visit = await pages.visit(request, reply);
    const returnTo = request.method === 'GET' ? request.url : '/';
    return signIn(request, reply, { target: portalTarget(visit), returnTo }, session);
  }

  /** Only for whoever proved lately that it is them: changing security info is what a thief would do first. */
  const fresh =
    (returnTo: (request: FastifyRequest) => string, handle: Handler) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const [session, visit] = await Promise.all([
        sessions.current(request.raw),
        pages.visit(request, reply),
      ]);
      const person = session && (await judge.person(session.user));
      const target = { is: 'security-info' } as const;
      if (!session || !person) return enter(request, reply, session);
      const [portal, info] = await Promise.all(
        [portalTarget(visit), target].map(wanted =>
          judge.standing(person, session.evidence, { target: wanted, demanded: {} }, visit),
        ),
      );
      // A recovery code is not enough for these pages, and is for a new method; a block holds for both.
      if (portal?.standing.is === 'blocked') return enter(request, reply, session);
      if (info?.standing.is === 'enough') return handle({ visit, session, person }, request, reply);
      return signIn(request, reply, { target, returnTo: returnTo(request) }, session);
    };

  /** Whether what this session showed is enough as it is. Looking at it changes nothing. */
  async function isEnough(
    request: FastifyRequest,
    reply: FastifyReply,
    session: Session,
    target: Aim['target'],
  ): Promise<boolean> {
    const [person, visit] = await Promise.all([judge.person(session.user), pages.visit(request, reply)]);
    if (!person) return false;
    const { standing } = await judge.standing(person, session.evidence, { target, demanded: {} }, visit);
    return standing.is === 'enough';
  }

  return { signIn, signedIn, fresh, isEnough };
}

const portalTarget = (visit: Visit): Aim['target'] => ({
  is: 'application',
  application: portal,
  name: wordsFor(visit.language).account.accountTitle,
});
