import { Button } from './form.tsx';
import { Page } from './page.tsx';
import { Script } from './script.tsx';

export interface HandOverProps {
  readonly title: string;
  /** the address of whoever asked; what it hears is in the fields */
  readonly to: string;
  readonly fields: Readonly<Record<string, string>>;
  /** the words of the button, for who has no script */
  readonly button: string;
  /** waits for the button: the page has something to say first */
  readonly explains?: string | undefined;
}

/**
 * A page that hands an answer over to somebody else, by a form that a script sends at once. The one form
 * that carries no token of ours: it is not for us. The answer's `form-action` has to allow it.
 */
export function HandOver({ title, to, fields, button, explains }: HandOverProps) {
  return (
    <Page title={title} lead={explains}>
      <form
        method="post"
        action={to}
        class="form"
        data-hand-over={explains === undefined ? 'now' : undefined}
      >
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button>{button}</Button>
      </form>
      <Script name="hand-over.js" />
    </Page>
  );
}
