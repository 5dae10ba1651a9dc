import type { Rules } from '../directory/index.ts';
import { canBeTexted, type Delivery, type DeliverySettings } from '../gateways/index.ts';
import type { Clock } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Storage } from '../storage/index.ts';
import { type Language, languages, organisationIn } from '../words/index.ts';
import { type AuthenticatorDeps, openAuthenticator } from './authenticator/index.ts';
import { openHardwareToken } from './hardware-token/index.ts';
import type { AnyMethod } from './method.ts';
import { openPasskey, siteOf } from './passkey/index.ts';
import { openPhone, type PhoneSettings, phonesOf } from './phone/index.ts';
import { openRecoveryCode, type SlowHashing } from './recovery-code/index.ts';
import { openTemporaryAccessPass } from './temporary-access-pass/index.ts';
import { openTotp } from './totp/index.tsx';

/** The second proofs that people can have, in the order in which registering offers them; and what stands in for them. */
export function openMethods(deps: Deps): readonly AnyMethod[] {
  const { storage, rules, url } = deps;
  const host = new URL(url).hostname;
  const site = siteOf(url);
  return [
    openAuthenticator({
      ...deps,
      issuer: url,
      offered: () => rules().authenticator.offered,
      organisation: () => organisationName(rules().organisation.name),
    }),
    openTotp({ storage }),
    openPhone({ ...deps, settings: () => phoneSettings({ rules, host }) }),
    ...(site ? [openPasskey({ storage, site, settings: () => rules().passkeys })] : []),
    openHardwareToken({ storage }),
    openTemporaryAccessPass(deps),
    openRecoveryCode(deps),
  ];
}

interface Deps
  extends Pick<AuthenticatorDeps, 'audit' | 'push' | 'addressOf' | 'reportFraud' | 'tell' | 'onError'> {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly hashing: SlowHashing;
  readonly delivery: Delivery;
  /** what administrators said, as of a moment ago */
  rules(): Rules;
  /** of our own pages: codes are bound to its host, passkeys to its origin */
  readonly url: string;
}

const phoneSettings = ({ rules, host }: Pick<Deps, 'rules'> & { host: string }): PhoneSettings => {
  const { organisation, phone } = rules();
  return {
    ...phoneRulesOf(rules()),
    host,
    organisation: organisationName(organisation.name),
    callConfirmation: phone.numberMatching ? 'number' : '#',
    callerNumber: phone.callsFrom,
  };
};

const organisationName = (name: Readonly<Record<Language, string>>): Record<Language, string> =>
  Object.fromEntries(languages.map(language => [language, organisationIn(language, name)])) as Record<
    Language,
    string
  >;

/** Where texts and calls may go. */
export const phoneRulesOf = ({ phone }: Rules): DeliverySettings => ({
  defaultCountry: phone.defaultCountry as DeliverySettings['defaultCountry'],
  allowedCountries: phone.countries as DeliverySettings['allowedCountries'],
  voip: phone.voip,
});

/** Tells a person something on a phone that they can be texted at, other than the one it is about. */
export function openOtherPhone(deps: { storage: Storage; delivery: Delivery }) {
  return async (to: {
    user: UserId;
    except: string | undefined;
    text: string;
    id: string;
    language: Language;
  }) => {
    const phones = await phonesOf(deps.storage.db, deps.storage.sealer, to.user);
    const other = phones.find(({ kind, number }) => kind !== to.except && canBeTexted(number));
    if (!other) return false;
    const sent = await deps.delivery.sendNotice({
      id: to.id,
      user: to.user,
      to: other.number,
      text: to.text,
      address: undefined,
      trustedNetwork: false,
      correlation: to.id,
      language: to.language,
    });
    return sent.sent;
  };
}
