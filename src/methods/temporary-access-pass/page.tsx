import { Button, Field, Form, useWords } from '../../../web/ui/index.ts';
import type { Pages } from '../method.ts';

/** How a pass is asked for in a sign-in. */
export const passPages: Pages<object> = {
  choice: words => words.pass.choice,
  title: words => words.pass.title,
  question: ({ action, error }) => <Question action={action} error={error} />,
};

function Question({ action, error }: { action: string; error: string | undefined }) {
  const { pass: t, signIn } = useWords();
  return (
    <Form action={action}>
      <Field name="code" label={t.label} hint={t.hint} error={error} autocomplete="off" autofocus />
      <Button>{signIn.verify}</Button>
    </Form>
  );
}
