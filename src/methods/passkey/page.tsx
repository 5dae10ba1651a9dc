import { PasskeyForm, useWords } from '../../../web/ui/index.ts';
import type { Pages } from '../method.ts';
import { type Question, questionLives, type Site } from './ceremony.ts';

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn L3 §5.1.9). */
export const requestOptions = (
  site: Site,
  { challenge, credentials }: Pick<Question, 'challenge' | 'credentials'>,
): object => ({
  challenge,
  rpId: site.host,
  userVerification: 'required',
  timeout: questionLives,
  allowCredentials: credentials.map(({ id, transports }) => ({ type: 'public-key', id, transports })),
});

/** How a passkey is asked for in a sign-in. */
export const passkeyPages = (site: Site): Pages<Question> => ({
  choice: ({ passkey: t }, { detail }) => t.choice({ name: detail }),
  title: ({ passkey: t }) => t.useTitle,
  question: ({ challenge, detail, action, error }) => (
    <Use options={requestOptions(site, challenge)} name={detail} action={action} error={error} />
  ),
});

function Use(props: { options: object; name: string; action: string; error: string | undefined }) {
  const { passkey: t } = useWords();
  return (
    <>
      <p>{t.useLead({ name: props.name })}</p>
      <PasskeyForm
        ceremony="get"
        action={props.action}
        options={props.options}
        button={t.use}
        error={props.error}
      />
    </>
  );
}
