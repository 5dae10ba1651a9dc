import type Provider from 'oidc-provider';
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { Clock, Instant } from '../../kit/clock.ts';
import type { ApplicationId } from '../../kit/ids.ts';
import { acrToTell, answers, demandOf } from './demand.ts';
import type { SignInDoor } from './door.ts';
import { currentUnit } from './unit.ts';

const { Check, Prompt, base } = interactionPolicy;

/**
 * When a person is asked before an application is answered. oidc-provider's checks of acr and age are
 * replaced by one that knows policies, ranks of acr and the instants of the evidence.
 */
export function openPrompts(deps: { door: SignInDoor; clock: Clock }): interactionPolicy.DefaultPolicy {
  const { clock } = deps;
  const policy = base();
  const login = policy.get('login');
  if (!login) throw new Error('oidc-provider has no login prompt');
  for (const replaced of ['max_age', 'essential_acrs', 'essential_acr']) login.checks.remove(replaced);
  const { details } = login;
  login.details = async ctx => ({ ...(await details(ctx)), askedAt: clock.now() });
  login.checks.add(asPrompted, 0);
  login.checks.add(enoughShown(deps));
  policy.remove('consent');
  policy.add(new Prompt({ name: 'consent', requestable: true }));
  policy.add(new Prompt({ name: 'select_account', requestable: true }));
  return policy;
}

/**
 * All our applications are the organisation's own, so nobody is asked to consent to them; an
 * application may still send `prompt=consent`, as OpenID Connect Core §11 wants it for
 * `offline_access`. Choosing an account is signing in as it.
 */
const asPrompted = new Check('as_prompted', 'never asks by itself', ({ oidc }) => {
  const prompts = [...oidc.prompts].filter(prompt => prompt !== 'consent');
  const asked = prompts.map(prompt => (prompt === 'select_account' ? 'login' : prompt));
  if (oidc.params && oidc.prompts.size > 0)
    oidc.params.prompt = asked.length === 0 ? undefined : [...new Set(asked)].join(' ');
  return Check.NO_NEED_TO_PROMPT;
});

const enoughShown = ({ door, clock }: { door: SignInDoor; clock: Clock }) =>
  new Check('more_proof', 'more proof is required', 'interaction_required', async ctx => {
    const { known } = currentUnit();
    const { session, params, client } = ctx.oidc;
    if (!known || !session || !client) return Check.NO_NEED_TO_PROMPT;
    const since = firstAsked(ctx) ?? clock.now();
    const asking = { id: client.clientId as ApplicationId, native: client.applicationType === 'native' };
    const demand = demandOf(asking, params ?? {}, since);
    session.acr = acrToTell(demand, known.evidence);
    const judgement = await door.judge(known, demand);
    if (judgement === 'never') throw new errors.AccessDenied('a policy of the organisation refuses this');
    const enough = judgement === 'enough' && answers(demand, known.evidence, clock.now(), since);
    return enough ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
  });

/** When the person was first asked for this request, if that was done already. */
const firstAsked = ({ oidc }: KoaContextWithOIDC): Instant | undefined =>
  oidc.entities.Interaction && askedAt(oidc.entities.Interaction);

/** oidc-provider itself keeps seconds, which cannot tell a sign-in from the one a moment before. */
export function askedAt({ prompt }: Interaction): Instant {
  const { askedAt: at } = prompt.details;
  if (typeof at !== 'number') throw new Error('an interaction without the instant of its question');
  return at;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
