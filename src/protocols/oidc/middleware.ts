import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AuditEvent } from '../../audit/index.ts';
import { Problem } from '../../http/problems.ts';
import type { UserId } from '../../kit/ids.ts';
import { isPassing, type Part } from '../../storage/index.ts';
import type { SignInDoor } from './door.ts';
import type { Interactions } from './interaction.tsx';
import { writing } from './rows.ts';
import { currentUnit, newUnit, type Trouble, type Unit, within } from './unit.ts';
import { type UnitDeps, writeUnit } from './write-unit.ts';

export interface Around {
  /** Nobody is signed in where an application wants a sign-out. */
  nobodyLeaves(ctx: KoaContextWithOIDC): Promise<void>;
  /** Answers with a page of ours. */
  show(ctx: KoaContextWithOIDC, trouble: Trouble): void;
  readonly interactions: Pick<Interactions, 'ask' | 'resume'>;
  readonly door: Pick<SignInDoor, 'admits' | 'holding'>;
  onError(error: unknown): void;
}

/** Around every request to oidc-provider: one unit, written before the answer leaves. */
export function aroundRequests(provider: Provider, deps: UnitDeps & Around): void {
  provider.on('authorization.success', ctx => currentUnit().events.push(entered(ctx)));
  provider.on('interaction.started', ctx => {
    currentUnit().asking = ctx.oidc.entities.Interaction;
  });
  provider.on('grant.error', ctx => {
    const unit = currentUnit();
    if (unit.grantsGone.size > 0) unit.events.push(refused(ctx, 'used-again'));
  });
  provider.on('server_error', (_ctx, error) => {
    const unit = currentUnit();
    unit.failure ??= error;
    if (!isPassing(unit.failure)) deps.onError(error);
  });

  provider.use(async (context, next) => {
    const ctx = context as KoaContextWithOIDC;
    const unit = newUnit(deps.clock.now());
    const isAnswered = await within(unit, async () => {
      try {
        if (!(await deps.interactions.resume(ctx))) return false;
        await next();
        // oidc-provider would send a page that signs nobody out.
        if (ctx.oidc?.route === 'end_session' && ctx.status === 200) await deps.nobodyLeaves(ctx);
        if (isStrangers(ctx, unit) && !(await deps.door.admits(ctx.req))) unit.failure = new Problem('busy');
        if (unit.failure === undefined) await keep(ctx, unit, deps);
      } catch (error) {
        if (!isPassing(error)) throw error;
        unit.failure = error;
      }
      return true;
    });
    if (!isAnswered) return;
    if (isPassing(unit.failure) || unit.failure instanceof Problem) answerLater(ctx, unit);
    if (ctx.oidc?.route === 'jwks' || ctx.oidc?.route === 'discovery')
      ctx.set('Cache-Control', 'public, max-age=600');
    openFormTo(ctx);
    if (unit.trouble) deps.show(ctx, unit.trouble);
    else if (unit.asking && unit.failure === undefined) deps.interactions.ask(ctx, unit.asking);
  });
}

/** Whether anybody can have sent this, and it would be kept: a question, or what an application without a secret pushed. */
const isStrangers = ({ oidc, status }: KoaContextWithOIDC, { asking, known }: Unit): boolean =>
  asking !== undefined
    ? known === undefined
    : oidc?.route === 'pushed_authorization_request' &&
      status === 201 &&
      oidc.client?.clientAuthMethod === 'none';

/**
 * Writes the unit. A code is given on a session: one that ended since it was read, by a sign-out or by the
 * office, gives none, and what was to be spent for it was not spent by anybody.
 */
async function keep(ctx: KoaContextWithOIDC, unit: Unit, deps: UnitDeps & Around): Promise<void> {
  const givesCode = [...unit.kept.values()].some(({ model }) => model === 'AuthorizationCode');
  const held = unit.known && givesCode ? [deps.door.holding(unit.known)] : [];
  try {
    if (await writeUnit(deps, unit, held)) return;
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    refuse(ctx, unit, { error: 'invalid_request', description: 'a parameter holds a zero byte' });
    return;
  }
  if (unit.spent.size > 0 && (await stillHolds(deps, held))) return refuseSpent(ctx, unit, deps);
  unit.failure = new Problem('busy');
}

const stillHolds = async ({ storage }: UnitDeps, held: readonly Part[]): Promise<boolean> =>
  held.length === 0 || storage.change(held);

/** JSON may hold a zero byte, and PostgreSQL's jsonb may not: it was in something that the application sent. */
const isUnwritable = (error: unknown): boolean => (error as { code?: unknown }).code === '22P05';

/** What programs ask for by themselves; everywhere else there is a person in front of it. */
const asksByItself: ReadonlySet<string> = new Set(['token', 'pushed_authorization_request']);

/** Answers that the request is wrong, instead of what was to be answered and is not kept. */
function refuse(ctx: KoaContextWithOIDC, unit: Unit, trouble: Trouble): void {
  ctx.remove('Location');
  ctx.remove('Set-Cookie');
  ctx.status = 400;
  if (asksByItself.has(ctx.oidc.route))
    ctx.body = { error: trouble.error, error_description: trouble.description };
  else unit.trouble = trouble;
}

/** Two came with one code or token: one was served; and since one of them is a thief, all that came of it ends. */
async function refuseSpent(ctx: KoaContextWithOIDC, unit: Unit, deps: UnitDeps): Promise<void> {
  const nothing = { by: unit.id, at: deps.clock.now(), spent: [], gone: [], kept: [] };
  await deps.storage.change([
    ...writing({ ...nothing, grantsGone: [...unit.grantsAtStake] }),
    deps.audit.recording(refused(ctx, 'used-twice')),
  ]);
  refuse(
    ctx,
    unit,
    ctx.oidc.route === 'token'
      ? { error: 'invalid_grant', description: 'grant request is invalid' }
      : { error: 'invalid_request_uri', description: 'request_uri was already used' },
  );
}

/** The database did not answer, or too many came. Nothing was decided, so the same request may simply be made again. */
function answerLater(ctx: KoaContextWithOIDC, unit: Unit): void {
  ctx.remove('Location');
  ctx.remove('Set-Cookie');
  ctx.status = 503;
  ctx.set('Retry-After', '2');
  ctx.body = { error: 'temporarily_unavailable' };
  unit.trouble =
    ctx.accepts('json', 'html') === 'html'
      ? { error: 'temporarily_unavailable', description: undefined }
      : undefined;
}

/** `response_mode=form_post`: the page posts to the application, which form-action must allow. */
function openFormTo(ctx: KoaContextWithOIDC): void {
  const params = ctx.oidc?.params;
  const policy = ctx.response.get('Content-Security-Policy');
  if (params?.response_mode !== 'form_post' || ctx.response.is('html') === false || !policy) return;
  const application = URL.parse(String(params.redirect_uri))?.origin;
  if (application) allowFormTo(ctx, application);
}

export function allowFormTo(ctx: KoaContextWithOIDC, origin: string): void {
  const policy = String(ctx.response.get('Content-Security-Policy'));
  ctx.set('Content-Security-Policy', policy.replace("form-action 'self'", `form-action 'self' ${origin}`));
}

const about = ({ oidc }: KoaContextWithOIDC): Partial<AuditEvent> => ({
  application: oidc.client?.clientId,
  user: (oidc.account?.accountId ?? oidc.entities.AuthorizationCode?.accountId) as UserId | undefined,
});

const entered = (ctx: KoaContextWithOIDC): AuditEvent => ({
  ...about(ctx),
  kind: 'token.issued',
  address: currentUnit().known?.address,
  detail: { acr: ctx.oidc.acr, amr: ctx.oidc.amr, authTime: ctx.oidc.session?.authTime() },
});

const refused = (ctx: KoaContextWithOIDC, reason: string): AuditEvent => ({
  ...about(ctx),
  kind: 'token.refused',
  detail: { reason },
});
