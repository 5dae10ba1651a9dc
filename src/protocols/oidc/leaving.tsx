import type { FastifyPluginAsync } from 'fastify';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Pages } from '../../http/pages.ts';
import type { SignInDoor } from './door.ts';
import { GoOn, SignedOutPage, SignOutPage } from './pages.tsx';
import type { ProviderSession } from './session.ts';
import type { SignOut } from './sign-out.ts';
import { currentUnit, newUnit, within } from './unit.ts';
import { type UnitDeps, writeUnit } from './write-unit.ts';

export const leavingPath = '/oidc-interaction/sign-out';

/** What OpenID Connect RP-Initiated Logout 1.0 asked for, checked by oidc-provider and kept in its session. */
interface Leaving {
  readonly clientId?: string | undefined;
  readonly state?: string | undefined;
  readonly postLogoutRedirectUri?: string | undefined;
}

export interface LeavingDeps extends UnitDeps {
  readonly provider: () => Provider;
  readonly door: SignInDoor;
  readonly signOut: SignOut;
  readonly pages: Pick<Pages, 'send'>;
}

/** Ends our session and oidc-provider's, and says where the browser goes, if the application said so. */
async function leave(deps: LeavingDeps, session: ProviderSession): Promise<string | undefined> {
  const { known } = currentUnit();
  await deps.storage.tx(tx => deps.signOut.session(tx, { uid: session.uid }));
  if (known) await deps.door.end(known);
  const to = destination((session.state ?? {}) as Leaving);
  await session.destroy();
  return to;
}

function destination({ postLogoutRedirectUri, state }: Leaving): string | undefined {
  if (postLogoutRedirectUri === undefined) return undefined;
  const to = new URL(postLogoutRedirectUri);
  if (state !== undefined) to.searchParams.set('state', state);
  return to.href;
}

/**
 * Answers a sign-out that an application started. Whoever shows an ID token of the person who is signed
 * in is believed; otherwise the person is asked, because any page could have sent the browser here.
 */
export async function answerSignOut(deps: LeavingDeps, ctx: KoaContextWithOIDC): Promise<void> {
  const { session, entities } = ctx.oidc;
  if (!session) return;
  const sure = session.accountId === undefined || entities.IdTokenHint?.payload.sub === session.accountId;
  ctx.status = 303;
  if (sure) ctx.redirect((await leave(deps, session)) ?? `${leavingPath}/done`);
  else ctx.redirect(leavingPath);
}

/** The question whether to sign out, and the page after it. */
export function openLeaving(deps: LeavingDeps): FastifyPluginAsync {
  return async server => {
    server.get(leavingPath, async (request, reply) => {
      const state = await within(newUnit(deps.clock.now()), async () => {
        const provider = deps.provider();
        const session = await provider.Session.get(provider.createContext(request.raw, reply.raw));
        return session.accountId === undefined ? undefined : ((session.state ?? {}) as Leaving);
      });
      if (!state) return reply.redirect(`${leavingPath}/done`, 303);
      return deps.pages.send(request, reply, <SignOutPage action={leavingPath} />);
    });
    server.post(leavingPath, async (request, reply) => {
      const unit = newUnit(deps.clock.now());
      const to = await within(unit, async () => {
        const provider = deps.provider();
        const session = await provider.Session.get(provider.createContext(request.raw, reply.raw));
        const left = await leave(deps, session);
        await writeUnit(deps, unit);
        return left;
      });
      if (to === undefined) return reply.redirect(`${leavingPath}/done`, 303);
      return deps.pages.send(request, reply, <GoOn to={to} />);
    });
    server.get(`${leavingPath}/done`, (request, reply) => deps.pages.send(request, reply, <SignedOutPage />));
  };
}
