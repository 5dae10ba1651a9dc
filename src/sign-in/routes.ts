import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { fieldsOf, longestAnswer } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import { Problem } from '../http/problems.ts';
import { speaking, type Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import { isId, type SignInId } from '../kit/ids.ts';
import type { AnyMethod } from '../methods/method.ts';
import type { RegistrationEngine, RegistrationId } from '../registration/index.ts';
import type { SignInEngine } from './engine.ts';
import { Onwards } from './pages/onwards.tsx';
import { StepPage } from './pages/steps.tsx';
import { type Aim, isBeingAsked, isGranted, type SignIn } from './sign-in.ts';
import type { Outcome } from './steps.ts';

type ById = { Params: { id: string }; Querystring: { registration?: string } };

/** What the organisation set, as the sign-in pages show it. */
export interface Showing {
  readonly notice: string | undefined;
  readonly stayDays: number;
  readonly passwordMinimum: number;
}

/** The addresses of a sign-in: one page for the step, one address for each act. POST, then redirect. */
export function signInRoutes<Session>(deps: {
  engine: SignInEngine<Session>;
  registration: RegistrationEngine;
  methods: readonly AnyMethod[];
  pages: Pages;
  clock: Clock;
  showing(visit: Visit): Promise<Showing>;
  /** Gives the browser the session that its sign-in became. */
  give(request: FastifyRequest, reply: FastifyReply, session: Session, signIn: SignIn): void;
}): FastifyPluginAsync {
  const { engine, pages, clock } = deps;

  const idOf = (request: FastifyRequest<ById>): SignInId => {
    if (!isId(request.params.id)) throw new Problem('sign-in.over');
    return request.params.id as SignInId;
  };

  const methodOf = ({ method: id }: { method: string }): AnyMethod => {
    const method = deps.methods.find(candidate => candidate.id === id);
    if (!method) throw new Problem('sign-in.moved-on');
    return method;
  };

  /** Only who showed a password comes so far as to choose: nobody else learns who has codes. */
  async function hasCodes({ step, user, aim }: SignIn): Promise<boolean> {
    if (step.is !== 'choose' || !user || aim.target.is !== 'application') return false;
    const codes = deps.methods.find(({ id }) => id === 'recovery-code');
    return codes !== undefined && (await codes.credentials(user)).length > 0;
  }

  /** The end is a page of our own that moves on; every other step is a redirect to its page. */
  async function follow(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<Session>) {
    const { signIn, session } = outcome;
    if (!isGranted(signIn)) return reply.redirect(`/sign-in/${signIn.id}`, 303);
    if (session) deps.give(request, reply, session, signIn);
    return pages.send(request, reply, h(Onwards, { signIn }), { language: signIn.aim.language });
  }

  return async server => {
    server.get<ById>('/sign-in/:id', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const outcome = await engine.view(idOf(request), visit);
      if (isGranted(outcome.signIn)) return follow(request, reply, outcome);
      const showing = await deps.showing(speaking(visit, outcome.signIn.aim.language));
      return pages.send(
        request,
        reply,
        h(StepPage, {
          around: {
            ...showing,
            signIn: outcome.signIn,
            now: clock.now(),
            onCampus: visit.trustedNetwork,
            waiting: outcome.waiting,
            hasCodes: await hasCodes(outcome.signIn),
            methodOf,
            opening: deps.methods.find(({ opening }) => opening?.offered())?.opening,
          },
        }),
        { language: outcome.signIn.aim.language },
      );
    });

    server.get<ById>('/sign-in/:id/wait', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const outcome = await engine.view(idOf(request), visit);
      if (outcome.session) deps.give(request, reply, outcome.session, outcome.signIn);
      if (isGranted(outcome.signIn)) return { next: outcome.signIn.aim.returnTo };
      if (isBeingAsked(outcome.signIn.step, clock.now())) return { state: 'asking' };
      return outcome.waiting === undefined
        ? { next: `/sign-in/${outcome.signIn.id}` }
        : { state: outcome.waiting };
    });

    /** An act, and then the page of whatever step it led to; also when another tab was faster. */
    const act = (
      path: string,
      work: (request: FastifyRequest<ById>, visit: Visit) => Promise<Outcome<Session>>,
    ): void => {
      server.post<ById>(`/sign-in/:id/${path}`, async (request, reply) => {
        const visit = await pages.visit(request, reply);
        try {
          return await follow(request, reply, await work(request, visit));
        } catch (error) {
          if (!(error instanceof Problem && error.code === 'sign-in.moved-on')) throw error;
          return reply.redirect(`/sign-in/${idOf(request)}`, 303);
        }
      });
    };

    act('identify', (request, visit) =>
      engine.identify(idOf(request), fieldsOf(request).account ?? '', visit),
    );
    act('passkey', (request, visit) =>
      engine.recognise(idOf(request), fieldsOf(request, longestAnswer), visit),
    );
    act('password', (request, visit) =>
      engine.password(idOf(request), fieldsOf(request).password ?? '', visit),
    );
    act('ask', (request, visit) => {
      const [credential = '', way = ''] = (fieldsOf(request).way ?? '').split(' ');
      return engine.ask(idOf(request), { credential, way }, visit);
    });
    act('answer', (request, visit) => engine.answer(idOf(request), fieldsOf(request, longestAnswer), visit));
    act('elsewhere', (request, visit) => engine.lookElsewhere(idOf(request), visit));
    act('later', (request, visit) => engine.postpone(idOf(request), visit));
    act('stay', (request, visit) => engine.stay(idOf(request), fieldsOf(request).stay === 'yes', visit));
    act('change-password', (request, visit) => {
      const { password = '', repeated = '' } = fieldsOf(request);
      return engine.changePassword(idOf(request), password, repeated, visit);
    });

    server.post<ById>('/sign-in/:id/register', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const outcome = await engine.register(idOf(request), visit);
      const { signIn } = outcome;
      const passkey = signIn.step.is === 'offer-passkey';
      if ((signIn.step.is !== 'register-first' && !passkey) || !signIn.user)
        return follow(request, reply, outcome);
      const { id } = await deps.registration.begin(
        {
          user: signIn.user,
          loginName: signIn.loginName ?? '',
          within: 'sign-in',
          language: signIn.aim.language,
          returnTo: `/sign-in/${signIn.id}/registered`,
        },
        visit,
        {
          ...(passkey ? { adding: { method: 'passkey', kind: 'passkey' } } : {}),
          ...(signIn.step.is === 'register-first' && signIn.step.methods ? { of: signIn.step.methods } : {}),
        },
      );
      return reply.redirect(`/registration/${id}`, 303);
    });

    server.get<ById>('/sign-in/:id/registered', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const registration = request.query.registration ?? '';
      if (!isId(registration)) throw new Problem('registration.over');
      try {
        const outcome = await engine.registered(idOf(request), registration as RegistrationId, visit);
        return await follow(request, reply, outcome);
      } catch (error) {
        if (!(error instanceof Problem && error.code === 'sign-in.moved-on')) throw error;
        return reply.redirect(`/sign-in/${idOf(request)}`, 303);
      }
    });

    // Leaving is a beginning: the same aim, another person, nothing kept of the first one.
    server.post<ById>('/sign-in/:id/other-account', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const left = await engine.giveUp(idOf(request), visit);
      // Whoever asked for a proof asked for one person's.
      if (left.aim.target.is === 'proof') return pages.send(request, reply, h(Onwards, { signIn: left }));
      const { loginHint: _, persistent: __, ...aim } = left.aim;
      const anew: Aim = { ...aim, loginHint: undefined, notBefore: clock.now() };
      const { signIn } = await engine.begin(anew, visit);
      return reply.redirect(`/sign-in/${signIn.id}`, 303);
    });
  };
}
