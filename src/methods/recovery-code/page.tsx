import { Button, Copyable, Field, Form, Notice, Page, useWords } from '../../../web/ui/index.ts';
import type { LeadTo } from '../../policies/index.ts';
import type { Pages } from '../method.ts';
import type { NewCodes } from './codes.ts';

/** How a code is asked for. */
export const codePages: Pages<object> = {
  choice: words => words.recovery.choice,
  title: words => words.recovery.title,
  question: ({ action, error }) => <Question action={action} error={error} />,
};

function Question({ action, error }: { action: string; error: string | undefined }) {
  const { recovery: t, signIn } = useWords();
  return (
    <Form action={action}>
      <Field name="code" label={t.label} hint={t.hint} error={error} autocomplete="off" autofocus />
      <Button>{signIn.verify}</Button>
    </Form>
  );
}

/** A new set, shown this once: to be printed, copied or written down, and then to be said to be saved. */
export function NewCodesPage({ made, action, leadTo }: { made: NewCodes; action: string; leadTo: LeadTo }) {
  const t = useWords().recovery;
  return (
    <Page title={t.newTitle} lead={t.newLead}>
      <p>{t.goodFor[leadTo]}</p>
      <div class="codes">
        <Copyable label={t.codes} text={made.codes.join('\n')} />
      </div>
      <Notice kind="warning">{t.once}</Notice>
      <Form action={action} fields={{ set: made.set }}>
        <Button>{t.saved}</Button>
      </Form>
    </Page>
  );
}
