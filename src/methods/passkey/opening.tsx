import { PasskeyForm, useWords } from '../../../web/ui/index.ts';
import { keyedHash } from '../../kit/secrets.ts';
import type { Evidence } from '../../policies/evidence.ts';
import type { Storage } from '../../storage/index.ts';
import type { Credential, Opening, OpeningProps } from '../method.ts';
import type { Answer } from './answer.ts';
import { judgeUse, nobodysPasskey, type Site } from './ceremony.ts';
import { requestOptions } from './page.tsx';
import type { PasskeySettings } from './settings.ts';
import * as store from './store.ts';

/**
 * Recognises who comes with a passkey and says no name. The challenge is kept nowhere: it follows from the
 * sign-in as it stands, so that it is another one after each answer and in each browser.
 */
export function passkeyOpening(deps: {
  storage: Storage;
  site: Site;
  settings: () => PasskeySettings;
  credentialOf(passkey: store.Passkey): Credential;
  shownBy(passkey: store.Passkey): Omit<Evidence, 'at'>;
}): Opening<Answer> {
  const { storage, site } = deps;
  const { db, sealer } = storage;
  const key = sealer.key('passkey opening');
  const nobody = nobodysPasskey();
  const challengeFor = (binding: string): string => keyedHash(key, binding).toString('base64url');

  return {
    offered: () => deps.settings().signIn,
    form: ({ binding, ...props }) => (
      <Offer
        options={requestOptions(site, { challenge: challengeFor(binding), credentials: [] })}
        {...props}
      />
    ),
    async recognise({ credential }, binding, now) {
      if (credential.is !== 'used') return { recognised: false, refusal: { reason: 'wrong' } };
      const credentialId = Buffer.from(credential.id, 'base64url');
      const passkey = await store.find(db, sealer, credentialId);
      const judged = await judgeUse(
        site,
        challengeFor(binding),
        passkey ?? { ...nobody, credentialId },
        credential,
      );
      // What nobody has, or is another person's by its own word, is as wrong as any other.
      const named = passkey?.userHandle.toString('base64url') === credential.response.userHandle;
      if (!passkey || !named) return { recognised: false, refusal: { reason: 'wrong' } };
      const { user } = passkey;
      if (!judged.right) return { recognised: false, refusal: { reason: judged.why }, user };
      return {
        recognised: true,
        user,
        credential: deps.credentialOf(passkey),
        evidence: { ...deps.shownBy(passkey), at: now },
        spend: tx => store.spendCounter(tx, passkey, judged),
      };
    },
  };
}

function Offer({ options, action, error }: Omit<OpeningProps, 'binding'> & { options: object }) {
  const { passkey: t } = useWords();
  return (
    <PasskeyForm
      ceremony="offer"
      action={action}
      options={options}
      heading={t.options}
      button={t.signIn}
      error={error}
    />
  );
}
