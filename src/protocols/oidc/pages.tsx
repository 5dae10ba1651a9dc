import { Button, ButtonLink, Form, MovingOn, Notice, Page, useWords } from '../../../web/ui/index.ts';
import type { Trouble } from './unit.ts';

/** Hands the browser over by itself; 200, so that no form of ours is still on its way (CSP form-action). */
export function GoOn({ to }: { to: string }) {
  const t = useWords().oidc;
  return <MovingOn title={t.goOn} to={to} link={t.goOnLink} />;
}

export function SignOutPage({ action }: { action: string }) {
  const t = useWords().oidc;
  return (
    <Page title={t.signOutTitle}>
      <p>{t.signOutText}</p>
      <Form action={action}>
        <Button kind="primary">{t.signOut}</Button>
      </Form>
      <ButtonLink href="/" kind="secondary">
        {t.staySignedIn}
      </ButtonLink>
    </Page>
  );
}

export function SignedOutPage() {
  const t = useWords().oidc;
  return (
    <Page title={t.signedOutTitle}>
      <p>{t.signedOutText}</p>
      <ButtonLink href="/">{t.signInAgain}</ButtonLink>
    </Page>
  );
}

type Sentence = Extract<keyof ReturnType<typeof useWords>['oidc'], `trouble${string}`>;

/** What can be said of an error of OAuth to the person in front of it. */
const sentences: Readonly<Record<string, Sentence>> = {
  invalid_client: 'troubleClient',
  unauthorized_client: 'troubleClient',
  invalid_redirect_uri: 'troubleRedirect',
  invalid_request_uri: 'troubleOver',
  temporarily_unavailable: 'troubleLater',
  server_error: 'troubleOurs',
};

export function TroublePage({ trouble, number }: { trouble: Trouble; number: string }) {
  const t = useWords().oidc;
  return (
    <Page title={t.troubleTitle} number={number}>
      <Notice kind="error">{t[sentences[trouble.error] ?? 'troubleRequest']}</Notice>
      <p>
        {t.forDeveloper}: <code>{trouble.error}</code> {trouble.description ?? ''}
      </p>
    </Page>
  );
}
