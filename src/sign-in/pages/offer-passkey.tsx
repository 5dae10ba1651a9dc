import { Button, Form, Page, useWords } from '../../../web/ui/index.ts';
import type { SignIn } from '../sign-in.ts';
import { to, Who } from './who.tsx';

/** What is easier than the phone, for whoever just used it. */
export function OfferPasskey({ signIn, now }: { signIn: SignIn; now: number }) {
  const { passkey: t } = useWords();
  return (
    <Page title={t.offerTitle} lead={t.offerLead}>
      <Who signIn={signIn} now={now} />
      <p>{t.formPrivate}</p>
      <Form action={to(signIn, 'register')}>
        <Button icon="key">{t.offerYes}</Button>
      </Form>
      <Form action={to(signIn, 'later')}>
        <Button kind="secondary">{t.offerLater}</Button>
      </Form>
    </Page>
  );
}
