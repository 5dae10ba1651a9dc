import type { Evidence } from '../../policies/evidence.ts';
import type { Storage } from '../../storage/index.ts';
import type { AuthenticationMethod, Credential, Registration } from '../method.ts';
import { credentialsIn } from '../named-credentials.ts';
import { type Answer, answer } from './answer.ts';
import { isOver, judgeUse, newQuestion, type Question, type Site } from './ceremony.ts';
import { passkeyOpening } from './opening.tsx';
import { passkeyPages } from './page.tsx';
import { passkeyRegistration } from './registration.tsx';
import type { PasskeySettings } from './settings.ts';
import * as store from './store.ts';

export { siteOf } from './ceremony.ts';
export { postpone as postponePasskey, postponedAt as passkeyPostponedAt } from './reminders.ts';
export type { PasskeySettings } from './settings.ts';

/**
 * A device that one has and that asked, by finger, face or PIN, who holds it: two kinds at once, bound to
 * our address. `hwk` is said of keys that stay in one device, `swk` of those that are copied (RFC 8176).
 */
const shownBy = ({ backupEligible }: Pick<store.Passkey, 'backupEligible'>): Omit<Evidence, 'at'> => ({
  method: 'passkey',
  factors: ['possession', 'inherence'],
  traits: ['phishing-resistant', 'user-verified'],
  amr: [backupEligible ? 'swk' : 'hwk', 'pop', 'user'],
});

const credentialOf = (passkey: store.Passkey): Credential => ({
  id: passkey.id,
  method: 'passkey',
  kind: 'passkey',
  detail: passkey.name,
  createdAt: passkey.createdAt,
  lastUsedAt: passkey.lastUsedAt,
  ways: ['key'],
});

/** Passkeys (WebAuthn L3): user verification required, discoverable, at our own address only. */
export function openPasskey(deps: {
  storage: Storage;
  site: Site;
  settings: () => PasskeySettings;
}): AuthenticationMethod<Question, Answer> {
  const { storage, site } = deps;
  const { db, sealer } = storage;
  const { factors, traits, amr } = shownBy({ backupEligible: false });

  return {
    id: 'passkey',
    offers: { factors, traits, amr },
    answer,
    table: 'passkeys',
    credentials: async user => (await store.list(db, sealer, user)).map(credentialOf),

    async begin(credential, _way, { now, user }) {
      const asked = (await store.list(db, sealer, user)).filter(({ id }) => id === credential.id);
      return asked.length === 0
        ? { begun: false, refusal: { reason: 'not-allowed' } }
        : { begun: true, challenge: newQuestion(now, asked) };
    },

    async verify(question, { credential }, { now, user }) {
      const [asked] = question.credentials;
      const passkey = (await store.list(db, sealer, user)).find(
        ({ credentialId }) => credentialId.toString('base64url') === asked?.id,
      );
      if (!passkey) return { verdict: 'refused', refusal: { reason: 'not-allowed' } };
      // Right or wrong, no answer to this challenge is looked at twice.
      const refused = (reason: 'wrong' | 'cloned' | 'expired') =>
        ({ verdict: 'refused', refusal: { reason }, challenge: newQuestion(now, [passkey]) }) as const;
      if (isOver(question, now)) return refused('expired');
      if (credential.is !== 'used') return refused('wrong');
      const judged = await judgeUse(site, question.challenge, passkey, credential);
      if (!judged.right) return refused(judged.why);
      return {
        verdict: 'proved',
        evidence: { ...shownBy(passkey), at: now },
        spend: tx => store.spendCounter(tx, passkey, judged),
      };
    },

    ...credentialsIn('passkeys'),
    page: passkeyPages(site),
    registration: passkeyRegistration({ ...deps, shownBy }) as Registration,
    opening: passkeyOpening({ ...deps, credentialOf, shownBy }),
  };
}
