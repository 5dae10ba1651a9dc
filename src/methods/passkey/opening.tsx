import { PasskeyForm, useWords } from '../../../web/ui/index.ts';
import type { Instant } from '../../kit/clock.ts';
import { keyedHash, sameSecret } from '../../kit/secrets.ts';
import type { Evidence } from '../../policies/evidence.ts';
import type { Storage } from '../../storage/index.ts';
import type { Credential, Opening, OpeningProps } from '../method.ts';
import type { Answer } from './answer.ts';
import { challengeIn, isOver, judgeUse, nobodysPasskey, type Site } from './ceremony.ts';
import { requestOptions } from './page.tsx';
import type { PasskeySettings } from './settings.ts';
import * as store from './store.ts';

/**
 * Recognises who comes with a passkey and says no name. The challenge is kept nowhere: it follows from the
 * sign-in as it stands, so that it is another one after each answer and in each browser, and from the moment
 * at which it was asked, which it says itself.
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
  const challengeFor = (binding: string, askedAt: Instant): Buffer => {
    const moment = Buffer.alloc(momentLength);
    moment.writeUIntBE(askedAt, 0, momentLength);
    return Buffer.concat([moment, keyedHash(key, binding, String(askedAt))]);
  };

  return {
    offered: () => deps.settings().signIn,
    form({ binding, now, ...props }) {
      const challenge = challengeFor(binding, now).toString('base64url');
      return <Offer options={requestOptions(site, { challenge, credentials: [] })} {...props} />;
    },
    async recognise({ credential }, binding, now) {
      if (credential.is !== 'used') return { recognised: false, refusal: { reason: 'wrong' } };
      const answered = challengeIn(credential.response.clientDataJSON);
      const askedAt = answered.length > momentLength ? answered.readUIntBE(0, momentLength) : 0;
      const asked = challengeFor(binding, askedAt);
      // Whoever it is hears the same, known or not.
      if (isOver({ askedAt }, now) && sameSecret(asked, answered))
        return { recognised: false, refusal: { reason: 'expired' } };
      const credentialId = Buffer.from(credential.id, 'base64url');
      const passkey = await store.find(db, sealer, credentialId);
      const judged = await judgeUse(
        site,
        asked.toString('base64url'),
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

/** Bytes of an instant: enough until the year 10889. */
const momentLength = 6;

function Offer({ options, action, error }: Pick<OpeningProps, 'action' | 'error'> & { options: object }) {
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
