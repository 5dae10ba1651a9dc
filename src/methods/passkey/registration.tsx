import { randomBytes } from 'node:crypto';
import { Button, Form, PasskeyForm, usePage, useWords } from '../../../web/ui/index.ts';
import type { Evidence } from '../../policies/evidence.ts';
import type { Storage } from '../../storage/index.ts';
import { wordsFor } from '../../words/index.ts';
import type { Credential, Registration } from '../method.ts';
import { answered } from './answer.ts';
import {
  algorithms,
  isOver,
  judgeMaking,
  type New,
  newQuestion,
  type Question,
  type Site,
} from './ceremony.ts';
import { nameOf } from './names.ts';
import { attestationOf, isWelcome, type PasskeySettings } from './settings.ts';
import * as store from './store.ts';

/** Bytes as base64url: a draft is kept as JSON. */
export interface Draft {
  readonly userHandle: string;
  readonly made?: Omit<New, 'credentialId' | 'publicKey'> & {
    readonly credentialId: string;
    readonly publicKey: string;
  };
}

export function passkeyRegistration(deps: {
  storage: Storage;
  site: Site;
  settings: () => PasskeySettings;
  shownBy(passkey: Pick<store.Passkey, 'backupEligible'>): Omit<Evidence, 'at'>;
}): Registration<Draft, Question> {
  const { storage, site, settings } = deps;
  const { db, sealer } = storage;

  return {
    kinds: existing => (settings().offered && existing.length < store.limit ? ['passkey'] : []),
    card: ({ passkey: t }) => ({ title: t.cardTitle, line: t.cardLine, icon: 'key' }),
    async start(_kind, { user }) {
      // One person to an authenticator, however many passkeys: it shows them as one account.
      const [known] = await store.list(db, sealer, user);
      return { userHandle: (known?.userHandle ?? randomBytes(32)).toString('base64url') };
    },
    formTitle: ({ passkey: t }) => t.formTitle,
    form: ({ action, error }) => <Explained action={action} error={error} />,
    async read(_fields, _kind, draft) {
      if (!draft) throw new Error('a draft of a passkey is made before its form is shown');
      return { ok: true, draft: { userHandle: draft.userHandle } };
    },
    begin: async (_draft, { now, user }) => ({
      begun: true,
      challenge: newQuestion(now, await store.list(db, sealer, user)),
    }),
    questionTitle: ({ passkey: t }) => t.makeTitle,
    question: ({ action, challenge, draft, error, loginName }) => (
      <Make
        site={site}
        attestation={attestationOf(settings())}
        question={challenge}
        user={{ id: draft.userHandle, name: loginName, displayName: loginName }}
        action={action}
        error={error}
      />
    ),
    added: ({ passkey: t }) => ({ title: t.added, line: t.addedLead }),
    async verify(draft, question, given, { now, user }) {
      const anew = newQuestion(now, await store.list(db, sealer, user));
      const refused = (reason: 'wrong' | 'expired' | 'not-allowed') =>
        ({ verdict: 'refused', refusal: { reason }, challenge: anew }) as const;
      const { credential } = answered.parse(given);
      if (isOver(question, now)) return refused('expired');
      const made =
        credential.is === 'made' ? await judgeMaking(site, question.challenge, credential) : undefined;
      if (!made) return refused('wrong');
      if (!isWelcome(made, settings())) return refused('not-allowed');
      // Each belongs to one person: what somebody has cannot be brought along by another.
      if (await store.find(db, sealer, made.credentialId)) return refused('wrong');
      return {
        verdict: 'proved',
        evidence: { ...deps.shownBy(made), at: now },
        draft: {
          ...draft,
          made: {
            ...made,
            credentialId: made.credentialId.toString('base64url'),
            publicKey: made.publicKey.toString('base64url'),
          },
        },
      };
    },
    async prepare(draft, { now, user, language }) {
      const { made } = draft;
      const existing = await store.list(db, sealer, user);
      if (!made || existing.length >= store.limit)
        return { added: false, refusal: { reason: 'not-allowed' } };
      const credential: Credential = {
        id: store.idOf(Buffer.from(made.credentialId, 'base64url')),
        method: 'passkey',
        kind: 'passkey',
        detail: nameOf(made, wordsFor(language)),
        createdAt: now,
        lastUsedAt: undefined,
        ways: ['key'],
      };
      return { added: true, credential };
    },
    async add(tx, { made, userHandle }, credential, { user }) {
      if (!made) return false;
      return store.insert(tx, sealer, {
        ...made,
        id: credential.id,
        user,
        name: credential.detail,
        credentialId: Buffer.from(made.credentialId, 'base64url'),
        publicKey: Buffer.from(made.publicKey, 'base64url'),
        userHandle: Buffer.from(userHandle, 'base64url'),
        createdAt: credential.createdAt,
      });
    },
  };
}

function Explained({ action, error }: { action: string; error: string | undefined }) {
  const { passkey: t } = useWords();
  return (
    <>
      <p>{t.formLead}</p>
      <p>{t.formElsewhere}</p>
      <p class="quiet">{t.formPrivate}</p>
      <noscript>
        <p>{t.needsScript}</p>
      </noscript>
      {error && <p>{error}</p>}
      <Form action={action}>
        <Button>{t.next}</Button>
      </Form>
    </>
  );
}

function Make(props: {
  site: Site;
  attestation: 'none' | 'direct';
  question: Question;
  user: { id: string; name: string; displayName: string };
  action: string;
  error: string | undefined;
}) {
  const { passkey: t } = useWords();
  const { organisation } = usePage();
  // PublicKeyCredentialCreationOptionsJSON (WebAuthn L3 §5.1.8)
  const options = {
    challenge: props.question.challenge,
    rp: { id: props.site.host, name: organisation.name },
    user: props.user,
    pubKeyCredParams: algorithms.map(alg => ({ type: 'public-key', alg })),
    timeout: 300_000,
    excludeCredentials: props.question.credentials.map(({ id, transports }) => ({
      type: 'public-key',
      id,
      transports,
    })),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: props.attestation,
  };
  return (
    <>
      <p>{t.makeLead}</p>
      <PasskeyForm
        ceremony="create"
        action={props.action}
        options={options}
        button={t.make}
        error={props.error}
      />
    </>
  );
}
