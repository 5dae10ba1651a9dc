import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Audit } from '../../audit/index.ts';
import { contentSecurityPolicy } from '../../http/headers.ts';
import type { Pages } from '../../http/pages.ts';
import { Problem } from '../../http/problems.ts';
import { type Clock, minutes } from '../../kit/clock.ts';
import { isId, type UserId } from '../../kit/ids.ts';
import { referenceOf } from '../../kit/reference.ts';
import type { Storage } from '../../storage/index.ts';
import { bind } from './accounts.ts';
import { acceptedBy, toldOf } from './claims.ts';
import { discoveryRoutes } from './discovery.ts';
import type { ProofDoor, Proved } from './door.ts';
import type { EntraKeys } from './entra-keys.ts';
import type { Signer } from './keys.ts';
import { match } from './match.ts';
import { Answer, Arrived, NoProof, Trouble } from './pages.tsx';
import { type Back, backTo, type Received, receive } from './receive.ts';
import type { Refusal } from './refusal.ts';
import * as requests from './requests.ts';
import type { Tenant } from './tenants.ts';

type ById = { Params: { id: string } };

/** Entra takes the answer at once. */
const answerLives = minutes(5);

const addressOf = (id: string, what = ''): string => `/external-mfa/requests/${id}${what}`;

/** A request comes in, becomes an attempt in the browser that brings it, and is answered. */
export function externalMfaRoutes(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  issuer: string;
  signer: Signer;
  keys: EntraKeys;
  tenants: () => Promise<readonly Tenant[]>;
  door: ProofDoor;
  pages: Pages;
}): FastifyPluginAsync {
  const { storage, audit, clock, door, pages } = deps;

  const tenantOf = async (id: string): Promise<Tenant> => {
    const tenant = (await deps.tenants()).find(one => one.id === id && one.enabled);
    if (!tenant) throw new Problem('application.unknown');
    return tenant;
  };

  const findRequest = async (request: FastifyRequest<ById>) => {
    const { id } = request.params;
    const found = isId(id) ? await requests.find(storage.db, id, clock.now()) : undefined;
    if (!found) throw new Problem('sign-in.over');
    return found;
  };

  /** The one page of ours whose form goes to somebody else, and says truly where it comes from. */
  const handingOver = (reply: FastifyReply, to: string): void => {
    const { protocol } = new URL(to);
    reply.header('Content-Security-Policy', contentSecurityPolicy(protocol));
    reply.header('Referrer-Policy', 'strict-origin');
  };

  async function trouble(
    request: FastifyRequest,
    reply: FastifyReply,
    { refusal, back, clientRequestId }: Omit<Extract<Received, { is: 'refused' }>, 'is'>,
  ): Promise<FastifyReply> {
    const number = referenceOf(request.id);
    request.log.warn({ refusal, clientRequestId, number }, 'a request of Entra was refused');
    if (back) handingOver(reply, back.to);
    const page = h(Trouble, { refusal, back, clientRequestId, number });
    return pages.send(request, reply, page, { status: 400, fromElsewhere: true });
  }

  /** From another site and without cookies: the request is kept, and the browser comes again from a page of ours. */
  async function authorize(request: FastifyRequest, reply: FastifyReply, given: unknown) {
    const received = await receive(given, deps);
    if (received.is === 'refused') return trouble(request, reply, received);
    return pages.send(request, reply, h(Arrived, { to: addressOf(received.id) }), { fromElsewhere: true });
  }

  async function noted(
    pending: requests.Pending & { signIn?: string },
    kind: 'proof.requested' | 'proof.answered' | 'proof.refused',
    detail: { because?: string; acr?: string; amr?: string; user?: UserId },
  ): Promise<void> {
    const { user, ...said } = detail;
    const { application } = await tenantOf(pending.tenant);
    const { tenant, clientRequestId } = pending;
    await storage.tx(tx =>
      audit.record(tx, {
        kind,
        user,
        application,
        correlation: pending.signIn ?? pending.id,
        detail: { tenant, clientRequestId, ...said },
      }),
    );
  }

  /** The first proof makes the match by name a bond. False: account or person are bound otherwise by now. */
  async function bound({ tenant, object }: requests.Pending, user: UserId): Promise<boolean> {
    const otherwise = Symbol('bound otherwise');
    try {
      await storage.tx(async tx => {
        if (!(await bind(tx, { tenant, object }, user, clock.now()))) throw otherwise;
      });
      return true;
    } catch (error) {
      if (error === otherwise) return false;
      throw error;
    }
  }

  const hearing = (pending: requests.Pending, refusal: Refusal): Back | undefined =>
    backTo(pending.redirectUri, pending.state, refusal);

  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    pending: requests.Pending & { signIn?: string },
    refusal: Refusal,
  ): Promise<FastifyReply> {
    await noted(pending, 'proof.refused', { because: refusal });
    const { clientRequestId } = pending;
    return trouble(request, reply, { refusal, back: hearing(pending, refusal), clientRequestId });
  }

  async function answer(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    pending: requests.Pending & { signIn: string },
    { user, evidence }: Proved,
  ): Promise<FastifyReply> {
    const told = toldOf(pending.wants, evidence);
    if (!told) return refuse(request, reply, pending, 'cannot-answer');
    if (!(await bound(pending, user))) return refuse(request, reply, pending, 'bound-to-another');
    const now = Math.floor(clock.now() / 1000);
    const token = await deps.signer.sign({
      iss: deps.issuer,
      aud: pending.clientId,
      sub: pending.subject,
      nonce: pending.nonce,
      iat: now,
      exp: now + answerLives / 1000,
      acr: told.acr,
      amr: [told.amr],
    });
    await noted(pending, 'proof.answered', { ...told, user });
    handingOver(reply, pending.redirectUri);
    const page = h(Answer, { to: pending.redirectUri, token, state: pending.state });
    return pages.send(request, reply, page, { once: true });
  }

  return async server => {
    discoveryRoutes(server, deps);
    server.post('/external-mfa/authorize', { config: { machine: true } }, (request, reply) =>
      authorize(request, reply, request.body),
    );
    server.get('/external-mfa/authorize', (request, reply) => authorize(request, reply, request.query));

    server.get<ById>('/external-mfa/requests/:id', async (request, reply) => {
      // A link to here, from a mail or another site, would put somebody else's question before a person.
      const site = request.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin') throw new Problem('not-same-site');
      const { id } = request.params;
      const pending = isId(id) ? await requests.takeUp(storage.db, id, clock.now()) : undefined;
      if (!pending) throw new Problem('sign-in.over');
      const tenant = await tenantOf(pending.tenant);
      const matched = await match(storage.db, door, pending);
      if (!matched.matched) return refuse(request, reply, pending, matched.refusal);
      const signIn = await door.begin(request, reply, {
        user: matched.user,
        application: tenant.application,
        applicationName: tenant.displayName,
        accepts: acceptedBy(pending.wants),
        until: pending.until,
        returnTo: addressOf(id, '/answer'),
        refusedTo: addressOf(id, '/refused'),
      });
      await requests.becameSignIn(storage.db, pending.id, signIn);
      await noted({ ...pending, signIn }, 'proof.requested', { user: matched.user });
      return reply.redirect(`/sign-in/${signIn}`, 303);
    });

    server.get<ById>('/external-mfa/requests/:id/answer', async (request, reply) => {
      const pending = await findRequest(request);
      const proved = await door.take(request, reply, pending.signIn);
      if (!proved) return reply.redirect(`/sign-in/${pending.signIn}`, 303);
      return answer(request, reply, pending, proved);
    });

    server.get<ById>('/external-mfa/requests/:id/refused', async (request, reply) => {
      const pending = await findRequest(request);
      if (!(await door.wasRefused(request, reply, pending.signIn)))
        return reply.redirect(`/sign-in/${pending.signIn}`, 303);
      const back: Back = { to: pending.redirectUri, error: 'access_denied', state: pending.state };
      await noted(pending, 'proof.refused', { because: 'refused-or-left' });
      handingOver(reply, back.to);
      return pages.send(request, reply, h(NoProof, { back }), { once: true });
    });
  };
}
