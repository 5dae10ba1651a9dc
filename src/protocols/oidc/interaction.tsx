import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { Problem } from '../../http/problems.ts';
import type { ApplicationId } from '../../kit/ids.ts';
import { assurance } from '../../policies/index.ts';
import type { FindApplication } from './application.ts';
import { interactionPath } from './configuration.ts';
import { type Asked, acrToTell, answers, demandOf } from './demand.ts';
import type { Demand, Known, SignInDoor } from './door.ts';
import { type UnitDeps, writeUnit } from './middleware.ts';
import { askedAt } from './prompts.ts';
import { secondsOf } from './session.ts';
import { newUnit, within } from './unit.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** A sign-in that comes back this often without enough would come back for ever. */
const mostRounds = 3;

export interface InteractionDeps extends UnitDeps {
  readonly provider: () => Provider;
  readonly door: SignInDoor;
  readonly applications: FindApplication;
}

/** Between an application's request and its answer: the person is asked, and the answer is handed back. */
export function openInteraction(deps: InteractionDeps): FastifyPluginAsync {
  const { door, clock } = deps;

  type Visit = {
    readonly request: FastifyRequest<{ Params: { uid: string } }>;
    readonly reply: FastifyReply;
  };

  async function opened(visit: Visit): Promise<Interaction> {
    try {
      return await deps.provider().interactionDetails(visit.request.raw, visit.reply.raw);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) throw new Problem('sign-in.over', { cause: error });
      throw error;
    }
  }

  async function finish(
    visit: Visit,
    result: InteractionResults,
    unit = newUnit(clock.now()),
  ): Promise<FastifyReply> {
    const to = await within(unit, async () => {
      const returnTo = await deps
        .provider()
        .interactionResult(visit.request.raw, visit.reply.raw, result, { mergeWithLastSubmission: false });
      await writeUnit(deps, unit);
      return returnTo;
    });
    // Nobody comes here by a form of ours, whose form-action would stop the way to the application: a sign-in
    // ends on a page that moves on.
    return visit.reply.redirect(new URL(to).pathname, 303);
  }

  async function go(visit: Visit, round: number): Promise<FastifyReply> {
    // What was read for the question is read for the answer too.
    const unit = newUnit(clock.now());
    const interaction = await within(unit, () => opened(visit));
    const { params } = interaction;
    const since = askedAt(interaction);
    const known = await door.current(visit.request.raw);
    const wanted = subjectOf(params);
    const wrongPerson = known !== undefined && wanted !== undefined && known.user !== wanted;
    const asked = demandOf(params.client_id as ApplicationId, params as Asked, since);
    const demand = wrongPerson ? { ...asked, notBefore: since } : asked;

    const judgement = known && (await door.judge(known, demand));
    if (judgement === 'never') return finish(visit, denied);
    // Answered once, and still something is asked: it would be asked for ever.
    const answered = interaction.lastSubmission?.login !== undefined;
    if (wrongPerson && (answered || round > 0)) return finish(visit, someoneElse, unit);
    const enough = judgement === 'enough' && answers(demand, known?.evidence ?? [], clock.now(), since);
    if (known && enough && !answered) return finish(visit, { login: loginOf(known, demand) }, unit);
    if (answered || round >= mostRounds) return finish(visit, unmet, unit);

    const application = await deps.applications(demand.application);
    if (!application) throw new Problem('application.unknown');
    const here = interactionPath(interaction.uid);
    await door.begin(visit.request, visit.reply, {
      applicationName: application.name,
      demand,
      loginHint: text(params.login_hint),
      locales: text(params.ui_locales)?.split(' ') ?? [],
      returnTo: `${here}?round=${round + 1}`,
      deniedTo: `${here}/denied`,
      unmetTo: `${here}/unmet`,
    });
    return visit.reply;
  }

  return async server => {
    type Route = { Params: { uid: string }; Querystring: { round?: unknown } };
    server.get<Route>('/oidc-interaction/:uid', (request, reply) => {
      const round = Number(request.query.round ?? 0);
      return go({ request, reply }, Number.isInteger(round) && round >= 0 ? round : mostRounds);
    });
    server.get<Route>('/oidc-interaction/:uid/denied', (request, reply) =>
      finish({ request, reply }, denied),
    );
    server.get<Route>('/oidc-interaction/:uid/unmet', (request, reply) => finish({ request, reply }, unmet));
  };
}

const denied = { error: 'access_denied', error_description: 'the sign-in was refused or given up' };
const someoneElse = { error: 'login_required', error_description: 'someone else signed in' };
const unmet = {
  error: 'unmet_authentication_requirements',
  error_description: 'the proof that is asked for cannot be shown',
};

function loginOf(known: Known, demand: Demand) {
  const { amr, at } = assurance(known.evidence);
  return {
    accountId: known.user,
    acr: acrToTell(demand, known.evidence),
    amr: [...amr],
    ts: secondsOf(at),
    remember: false,
  };
}

/** Whom the application expects: by a token of ours that oidc-provider has verified, or by name. */
function subjectOf(params: Interaction['params']): string | undefined {
  const hint = text(params.id_token_hint);
  if (hint !== undefined) return decodeJwt(hint).sub;
  const claims = text(params.claims);
  const asked = claims && (JSON.parse(claims) as { id_token?: { sub?: { value?: unknown } | null } });
  return asked ? text(asked.id_token?.sub?.value) : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
