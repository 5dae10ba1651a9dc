import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  Button,
  CodeField,
  Copyable,
  Field,
  Form,
  QrCode,
  usePage,
  useWords,
} from '../../../web/ui/index.ts';
import { type CredentialId, newId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import { type Words, wordsFor } from '../../words/index.ts';
import type { AuthenticationMethod, Credential, Registration } from '../method.ts';
import { credentialsIn, spendStep } from '../named-credentials.ts';
import { base32, keyUri, matchingStep } from '../otp.ts';
import * as store from './store.ts';

/** Which app was asked; the secret stays where it is. */
interface Challenge {
  readonly credential: string;
}

interface Draft {
  readonly id: string;
  readonly name: string;
  /** base64 of the sealed secret, at home in the row that it will have */
  readonly secret: string;
  /** whose code has proved it: that one is spent, and the next one is not */
  readonly step?: number;
}

const answer = z.object({
  code: z
    .string()
    .transform(digitsOf)
    .pipe(z.string().regex(/^\d{6}$/)),
});

/** Codes of an authenticator app (RFC 6238: 160-bit secret, 30 seconds, 6 digits, one step of drift). */
export function openTotp(deps: {
  storage: Storage;
}): AuthenticationMethod<Challenge, z.output<typeof answer>> {
  const { storage } = deps;
  const { sealer } = storage;
  const placeOf = (id: string) => ({ table: 'totp_credentials', column: 'secret_sealed', row: id });
  const secretOf = (draft: Draft): Buffer =>
    sealer.open(placeOf(draft.id), Buffer.from(draft.secret, 'base64'));

  const registration: Registration<Draft, Challenge> = {
    kinds: () => ['app'],
    card: words => ({ title: words.registration.appTitle, line: words.registration.appLine, icon: 'app' }),
    async start(_kind, context) {
      const id = newId(context.now);
      const secret = sealer.seal(placeOf(id), randomBytes(20)).toString('base64');
      return { id, name: wordsFor(context.language).registration.appDefaultName, secret };
    },
    formTitle: words => words.registration.appSetUpTitle,
    form: props => props.draft && <SetUp {...props} draft={props.draft} secret={secretOf(props.draft)} />,
    async read(fields, _kind, draft, context) {
      const words = wordsFor(context.language).registration;
      const name = (fields.name ?? '').normalize('NFKC').trim() || words.appDefaultName;
      if (!draft) throw new Error('a TOTP draft is made before its form is shown');
      if ([...name].length > 50) return { ok: false, problems: { name: words.appNameTooLong } };
      // Names are logged, and the log has no telephone numbers.
      if (/\+\s*\d/.test(name)) return { ok: false, problems: { name: words.appNameIsNumber } };
      return { ok: true, draft: { ...draft, name } };
    },
    begin: async draft => ({ begun: true, challenge: { credential: draft.id } }),
    questionTitle: words => words.registration.appCheckTitle,
    question: ({ action, error }) => (
      <AppCode action={action} error={error} lead={words => words.registration.appCheckLead} />
    ),
    added: words => ({ title: words.registration.appAdded, line: words.registration.appAddedLead }),
    async verify(draft, _challenge, given, context) {
      const { code } = answer.parse(given);
      const step = matchingStep(secretOf(draft), code, context.now, { last: 0 });
      return step === undefined
        ? { verdict: 'refused', refusal: { reason: 'wrong' } }
        : {
            verdict: 'proved',
            evidence: { ...shown, method: 'totp', at: context.now },
            draft: { ...draft, step },
          };
    },
    async prepare(draft, context) {
      const credential: Credential = {
        id: draft.id as CredentialId,
        method: 'totp',
        kind: 'app',
        detail: draft.name,
        createdAt: context.now,
        lastUsedAt: undefined,
        ways: ['code'],
      };
      return { added: true, credential };
    },
    async add(tx, draft, credential, context) {
      if (draft.step === undefined) throw new Error('a code has not proved this app');
      await store.insert(tx, sealer, {
        id: credential.id,
        user: context.user,
        name: draft.name,
        secret: secretOf(draft),
        lastStep: draft.step,
        createdAt: context.now,
      });
      return true;
    },
  };

  return {
    id: 'totp',
    offers: shown,
    answer,
    table: 'totp_credentials',
    async credentials(user) {
      const owned = await store.list(storage.db, sealer, user);
      return owned.map(credential => ({
        id: credential.id,
        method: 'totp',
        kind: 'app',
        detail: credential.name,
        createdAt: credential.createdAt,
        lastUsedAt: credential.lastUsedAt,
        ways: ['code'],
      }));
    },
    begin: async credential => ({ begun: true, challenge: { credential: credential.id } }),
    async verify(challenge, { code }, context) {
      const owned = await store.list(storage.db, sealer, context.user);
      const credential = owned.find(candidate => candidate.id === challenge.credential);
      if (!credential) return { verdict: 'refused', refusal: { reason: 'not-allowed' } };
      const step = matchingStep(credential.secret, code, context.now, { last: credential.lastStep });
      if (step === undefined) {
        const replayed = matchingStep(credential.secret, code, context.now, { last: 0 }) !== undefined;
        return { verdict: 'refused', refusal: { reason: replayed ? 'spent' : 'wrong' } };
      }
      return {
        verdict: 'proved',
        evidence: { ...shown, method: 'totp', at: context.now },
        spend: tx => spendStep(tx, 'totp_credentials', credential.id, step),
      };
    },
    ...credentialsIn('totp_credentials'),
    page: {
      choice: (words, way) => words.signIn.methodApp({ name: way.detail }),
      title: words => words.signIn.appTitle,
      question: ({ action, error }) => (
        <AppCode action={action} error={error} lead={words => words.signIn.appLead} />
      ),
    },
    registration: registration as Registration,
  };

  function SetUp({
    action,
    draft,
    fields,
    loginName,
    problems,
    secret,
  }: {
    action: string;
    draft: Draft;
    fields: Readonly<Record<string, string>>;
    loginName: string;
    problems: Readonly<Record<string, string>>;
    secret: Buffer;
  }) {
    const { registration: t } = useWords();
    const uri = keyUri(secret, usePage().organisation.name, loginName);
    const typed = base32(secret).replace(/.{4}(?=.)/g, '$& ');
    return (
      <>
        <p>{t.appInstall}</p>
        <QrCode text={uri} label={t.appInstall} />
        <p>
          <a href={uri}>{t.appOpen}</a>
        </p>
        <details>
          <summary>{t.appCannotScan}</summary>
          <p>{t.appTypeThis}</p>
          <Copyable label={t.appAccount} text={loginName} />
          <Copyable label={t.appKey} text={typed} />
        </details>
        <Form action={action}>
          <Field
            name="name"
            label={t.appName}
            hint={t.appNameHint}
            value={fields.name ?? draft.name}
            error={problems.name}
          />
          <Button>{t.next}</Button>
        </Form>
      </>
    );
  }
}

const shown = { factors: ['possession'], traits: [], amr: ['otp'] } as const;

function AppCode({
  action,
  error,
  lead,
}: {
  action: string;
  error: string | undefined;
  lead(words: Words): string;
}) {
  const words = useWords();
  return (
    <Form action={action}>
      <CodeField name="code" label={words.signIn.code} hint={lead(words)} error={error} />
      <Button>{words.signIn.verify}</Button>
    </Form>
  );
}

/** People type codes with spaces, hyphens and full-width digits. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '');
}
