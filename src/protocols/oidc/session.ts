import type Provider from 'oidc-provider';
import type { Instant } from '../../kit/clock.ts';
import { assurance } from '../../policies/index.ts';
import type { Known, SignInDoor } from './door.ts';
import { keyOf } from './rows.ts';
import { currentUnit } from './unit.ts';

export type ProviderSession = InstanceType<Provider['Session']>;

/**
 * Makes oidc-provider's session follow ours from the moment it is loaded: the same person, the same
 * evidence, or nobody. So everything that oidc-provider decides afterwards, it decides about the truth.
 */
export function followOurs(provider: Provider, door: SignInDoor): void {
  const { Session } = provider;
  const load = Session.get.bind(Session);
  Session.get = async context => {
    const [session, known] = await Promise.all([load(context), door.current(context.req)]);
    currentUnit().known = known;
    align(session, known);
    return session;
  };
}

function align(session: ProviderSession, known: Known | undefined): void {
  if (session.accountId !== known?.user) {
    // What was granted to the one who left is not for the one who came.
    session.authorizations = {};
    if (session.accountId !== undefined) renew(session);
  }
  session.transient = true;
  if (known === undefined) {
    Object.assign(session, { accountId: undefined, loginTs: undefined, acr: undefined, amr: undefined });
    return;
  }
  session.accountId = known.user;
  const { acr, amr, at } = assurance(known.evidence);
  session.acr = acr;
  session.amr = [...amr];
  session.loginTs = secondsOf(at);
}

/** Another person, another cookie. oidc-provider remembers one former name only, and may rename once more. */
function renew(session: ProviderSession): void {
  currentUnit().gone.add(keyOf('Session', session.jti));
  session.resetIdentifier();
}

export const secondsOf = (at: Instant): number => Math.floor(at / 1000);
