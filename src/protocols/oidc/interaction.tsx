import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { Problem } from '../../http/problems.ts';
import { assurance } from '../../policies/index.ts';
import type { FindApplication, OidcApplication } from './application.ts';
import { interactionPath } from './configuration.ts';
import { type Asked, acrToTell, answers, demandOf } from './demand.ts';
import type { Demand, Known, SignInDoor } from './door.ts';
import { askedAt } from './prompts.ts';
import { secondsOf } from './session.ts';
import { newUnit, within } from './unit.ts';
import { type UnitDeps, writeUnit } from './write-unit.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** A sign-in that comes back this often without enough would come back for ever. */
const mostRounds = 3;

export interface InteractionDeps extends UnitDeps {
  readonly provider: () => Provider;
  readonly door: SignInDoor;
  readonly applications: FindApplication;
}

/** Between an application's request and its answer: the person is asked, and the answer is handed back. */
export interface Interactions {
  /**
   * Asks the person in the request that brought the question. Where the browser may not have sent our
   * cookies, it is left to follow the redirect.
   */
  ask(ctx: KoaContextWithOIDC, interaction: Interaction): void;
  /**
   * Before oidc-provider goes on with a question: gives it the answer that there is now. False: the
   * person must be asked, and the request is in other hands.
   */
  resume(ctx: KoaContextWithOIDC): Promise<boolean>;
  /** Pages under `/oidc-interaction/`. */
  readonly routes: FastifyPluginAsync;
}

type Verdict =
  | { readonly answer: InteractionResults }
  | { readonly ask: Demand; readonly application: OidcApplication };

export function openInteractions(deps: InteractionDeps): Interactions {
  const { door, clock } = deps;
  let server: FastifyInstance | undefined;
  /** What a request has in hand already; nothing: the question that it came with is no more. */
  const inHand = new WeakMap<IncomingMessage, Interaction | undefined>();

  type Visit = {
    readonly request: FastifyRequest<{ Params: { uid: string } }>;
    readonly reply: FastifyReply;
  };

  async function opened({ request, reply }: Visit): Promise<Interaction> {
    const held = inHand.get(request.raw);
    if (held) return held;
    if (inHand.has(request.raw)) throw new Problem('sign-in.over');
    try {
      return await deps.provider().interactionDetails(request.raw, reply.raw);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) throw new Problem('sign-in.over', { cause: error });
      throw error;
    }
  }

  /** Hands the request over to our own server, as a question that it need not look for. */
  function handOver(ctx: KoaContextWithOIDC, to: string, interaction: Interaction | undefined): void {
    if (!server) throw new Error('The pages of oidc are not mounted.');
    inHand.set(ctx.req, interaction);
    ctx.respond = false;
    ctx.body = null;
    ctx.remove('Location');
    ctx.req.url = to;
    server.routing(ctx.req, ctx.res);
  }

  async function verdictOn(
    interaction: Interaction,
    request: IncomingMessage,
    round: number,
  ): Promise<Verdict> {
    const { params } = interaction;
    const since = askedAt(interaction);
    const known = await door.current(request);
    const wanted = subjectOf(params);
    const wrongPerson = known !== undefined && wanted !== undefined && known.user !== wanted;
    const application = await deps.applications(String(params.client_id));
    if (!application) throw new Problem('application.unknown');
    const asked = demandOf(application, params as Asked, since);
    const demand = wrongPerson ? { ...asked, notBefore: since } : asked;

    const judgement = known && (await door.judge(known, demand));
    if (judgement === 'never') return { answer: denied };
    // Answered once, and still something is asked: it would be asked for ever.
    const answered = interaction.lastSubmission?.login !== undefined;
    if (wrongPerson && (answered || round > 0)) return { answer: someoneElse };
    const enough = judgement === 'enough' && answers(demand, known?.evidence ?? [], clock.now(), since);
    if (known && enough && !answered) return { answer: { login: loginOf(known, demand) } };
    return answered || round >= mostRounds ? { answer: unmet } : { ask: demand, application };
  }

  async function answer(interaction: Interaction, result: InteractionResults): Promise<void> {
    interaction.result = result;
    await interaction.persist();
  }

  async function finish(visit: Visit, interaction: Interaction, result: InteractionResults) {
    const unit = newUnit(clock.now());
    await within(unit, async () => {
      await answer(interaction, result);
      await writeUnit(deps, unit);
    });
    // Nobody comes here by a form of ours, whose form-action would stop the way to the application: a sign-in
    // ends on a page that moves on.
    return visit.reply.redirect(resumePath(interaction), 303);
  }

  async function go(visit: Visit, round: number): Promise<FastifyReply> {
    const { request, reply } = visit;
    const interaction = await within(newUnit(clock.now()), () => opened(visit));
    // Our cookies would take the place of those that oidc-provider has set for the same answer.
    const cookies = reply.raw.getHeader('Set-Cookie');
    if (cookies !== undefined) reply.header('Set-Cookie', cookies);
    const verdict = await verdictOn(interaction, request.raw, round);
    if ('answer' in verdict) return finish(visit, interaction, verdict.answer);

    const { params } = interaction;
    const { application } = verdict;
    const here = interactionPath(interaction.uid);
    await door.begin(request, reply, {
      applicationName: application.name,
      demand: verdict.ask,
      loginHint: text(params.login_hint),
      locales: text(params.ui_locales)?.split(' ') ?? [],
      returnTo: `${resumePath(interaction)}?round=${round + 1}`,
      deniedTo: `${here}/denied`,
      unmetTo: `${here}/unmet`,
    });
    return reply;
  }

  const giveBack = async (visit: Visit, result: InteractionResults) =>
    finish(visit, await within(newUnit(clock.now()), () => opened(visit)), result);

  return {
    ask(ctx, interaction) {
      if (bringsCookies(ctx.req)) handOver(ctx, interactionPath(interaction.uid), interaction);
    },
    async resume(ctx) {
      const uid = ctx.method === 'GET' ? /^\/auth\/([\w-]+)$/.exec(ctx.path)?.[1] : undefined;
      if (uid === undefined) return true;
      const provider = deps.provider();
      const bound = ctx.cookies.get(provider.cookieName('resume'), { signed: true }) === uid;
      const interaction = bound ? await provider.Interaction.find(uid) : undefined;
      if (interaction?.result) return true;
      const verdict =
        interaction && (await verdictOn(interaction, ctx.req, roundOf(ctx.query as { round?: unknown })));
      if (interaction && verdict && 'answer' in verdict) {
        await answer(interaction, verdict.answer);
        return true;
      }
      handOver(ctx, `${interactionPath(uid)}${ctx.search}`, interaction);
      return false;
    },
    async routes(instance) {
      server = instance;
      type Route = { Params: { uid: string }; Querystring: { round?: unknown } };
      instance.get<Route>('/oidc-interaction/:uid', (request, reply) =>
        go({ request, reply }, roundOf(request.query)),
      );
      instance.get<Route>('/oidc-interaction/:uid/denied', (request, reply) =>
        giveBack({ request, reply }, denied),
      );
      instance.get<Route>('/oidc-interaction/:uid/unmet', (request, reply) =>
        giveBack({ request, reply }, unmet),
      );
    },
  };
}

const resumePath = ({ returnTo }: Interaction): string => new URL(returnTo).pathname;

const roundOf = ({ round: told = 0 }: { round?: unknown }): number => {
  const round = Number(told);
  return Number.isInteger(round) && round >= 0 ? round : mostRounds;
};

/** `SameSite=Lax`: our cookies come with whoever goes somewhere, and not with forms, frames and pictures of other sites. */
const bringsCookies = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers['sec-fetch-dest'] ?? 'document') === 'document';

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
