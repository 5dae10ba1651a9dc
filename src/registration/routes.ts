import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { fieldsOf, longestAnswer } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import { Problem } from '../http/problems.ts';
import type { Clock } from '../kit/clock.ts';
import { isId } from '../kit/ids.ts';
import type { AnyMethod } from '../methods/method.ts';
import { few, NewCodesPage, type RecoveryCodes } from '../methods/recovery-code/index.ts';
import type { MethodId } from '../policies/index.ts';
import type { RegistrationEngine } from './engine.ts';
import { StepPage } from './pages.tsx';
import type { Offered, Registration, RegistrationId } from './registration.ts';

type ById = { Params: { id: string } };

/** The wizard's addresses: one page for the step, one address for each act. POST, then redirect. */
export function registrationRoutes(deps: {
  engine: RegistrationEngine;
  methods: readonly AnyMethod[];
  pages: Pages;
  clock: Clock;
  recoveryCodes: RecoveryCodes;
}): FastifyPluginAsync {
  const { engine, pages, clock, recoveryCodes: codes } = deps;

  function wayOf({ method: id }: Offered) {
    const method = deps.methods.find(candidate => candidate.id === id);
    if (!method?.registration) throw new Problem('registration.moved-on');
    return { method, way: method.registration };
  }

  const idOf = (request: FastifyRequest<ById>): RegistrationId => {
    if (!isId(request.params.id)) throw new Problem('registration.over');
    return request.params.id as RegistrationId;
  };

  return async server => {
    server.get<ById>('/registration/:id', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const { registration, waiting } = await engine.view(idOf(request), visit);
      return pages.send(
        request,
        reply,
        h(StepPage, {
          around: {
            registration,
            waiting,
            wayOf,
            now: clock.now(),
            offersCodes: registration.step.is === 'added' && (await codes.left(registration.user)) <= few,
          },
        }),
        { language: registration.language },
      );
    });

    server.get<ById>('/registration/:id/wait', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const { registration, waiting } = await engine.view(idOf(request), visit);
      return waiting === undefined ? { next: `/registration/${registration.id}` } : { state: waiting };
    });

    /** An act, and then the page of whatever step it led to; also when another tab was faster. */
    const act = (
      path: string,
      work: (request: FastifyRequest<ById>, reply: FastifyReply) => Promise<Registration>,
    ): void => {
      server.post<ById>(`/registration/:id/${path}`, async (request, reply) => {
        try {
          await work(request, reply);
        } catch (error) {
          if (!(error instanceof Problem && error.code === 'registration.moved-on')) throw error;
        }
        return reply.redirect(`/registration/${idOf(request)}`, 303);
      });
    };

    act('choose', async (request, reply) => {
      const [method = '', kind = ''] = (fieldsOf(request).adding ?? '').split(' ');
      return engine.choose(
        idOf(request),
        { method: method as MethodId, kind },
        await pages.visit(request, reply),
      );
    });
    act('fill', async (request, reply) =>
      engine.fill(idOf(request), fieldsOf(request), await pages.visit(request, reply)),
    );
    act('again', async (request, reply) => engine.again(idOf(request), await pages.visit(request, reply)));
    act('answer', async (request, reply) =>
      engine.answer(idOf(request), fieldsOf(request, longestAnswer), await pages.visit(request, reply)),
    );
    act('back', async (request, reply) => engine.back(idOf(request), await pages.visit(request, reply)));

    // Whoever may add a way may also put codes on paper beside it.
    server.post<ById>('/registration/:id/codes', async (request, reply) => {
      const { registration } = await engine.view(idOf(request), await pages.visit(request, reply));
      const { id, step, user } = registration;
      if (step.is !== 'added') return reply.redirect(`/registration/${id}`, 303);
      const made = await codes.make(user);
      const page = h(NewCodesPage, {
        made,
        action: `/registration/${id}/codes-saved`,
        leadTo: await codes.leadTo(),
      });
      return pages.send(request, reply, page, { once: true, language: registration.language });
    });

    server.post<ById>('/registration/:id/codes-saved', async (request, reply) => {
      const visit = await pages.visit(request, reply);
      const { registration } = await engine.view(idOf(request), visit);
      const { id, step, user } = registration;
      if (step.is === 'added') await codes.saved(user, fieldsOf(request).set ?? '', visit);
      return reply.redirect(`/registration/${id}`, 303);
    });

    server.post<ById>('/registration/:id/done', async (request, reply) => {
      const { registration } = await engine.view(idOf(request), await pages.visit(request, reply));
      const { returnTo, within, id } = registration;
      return reply.redirect(within === 'sign-in' ? `${returnTo}?registration=${id}` : returnTo, 303);
    });
  };
}
