import { Button, CodeField, Field, Form, useWords } from '../../../web/ui/index.ts';
import type { FormProps, Pages } from '../method.ts';

/** How a token is asked for in a sign-in. */
export const tokenPages: Pages<object> = {
  choice: (words, way) => words.token.choice({ name: way.detail }),
  title: words => words.token.title,
  question: ({ action, error }) => <Code action={action} error={error} />,
};

export function Code({ action, error }: { action: string; error: string | undefined }) {
  const { token: t, signIn } = useWords();
  return (
    <Form action={action}>
      <CodeField name="code" label={signIn.code} hint={t.codeHint} error={error} />
      <Button>{signIn.verify}</Button>
    </Form>
  );
}

/** The number on its back says which one it is. */
export function SerialForm({
  action,
  fields,
  problems,
}: Pick<FormProps<object>, 'action' | 'fields' | 'problems'>) {
  const { token: t, registration } = useWords();
  return (
    <Form action={action}>
      <Field
        name="serial"
        label={t.serial}
        hint={t.serialHint}
        value={fields.serial ?? ''}
        error={problems.serial}
        autocomplete="off"
        autofocus
      />
      <Button>{registration.next}</Button>
    </Form>
  );
}
