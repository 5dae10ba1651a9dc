import { useWords } from './context.ts';
import { Form } from './form.tsx';
import { Icon } from './icon.tsx';
import { Notice } from './notice.tsx';
import { Script } from './script.tsx';

export interface PasskeyFormProps {
  readonly action: string;
  /** `get` asks for one at once, `create` makes one at once, `offer` waits for its button or for the field's list */
  readonly ceremony: 'create' | 'get' | 'offer';
  /** PublicKeyCredentialCreationOptionsJSON, or RequestOptionsJSON */
  readonly options: object;
  readonly button: string;
  /** above it, where it is one way beside another */
  readonly heading?: string;
  /** what was wrong with the last answer; then nothing begins by itself */
  readonly error: string | undefined;
}

/**
 * Asks the browser for a passkey and sends what it says, by web/enhance/passkey.ts. The one thing that
 * cannot be done without script, and says so.
 */
export function PasskeyForm({ action, ceremony, options, button, heading, error }: PasskeyFormProps) {
  const { passkey: t } = useWords();
  return (
    <div
      data-passkey={ceremony}
      data-options={JSON.stringify(options)}
      data-wait={error === undefined ? undefined : 'yes'}
    >
      {heading && <h2 hidden>{heading}</h2>}
      {error && <Notice kind="error">{error}</Notice>}
      <Form action={action} fields={{ credential: '' }}>
        {ceremony !== 'offer' && (
          <noscript>
            <p>{t.needsScript}</p>
          </noscript>
        )}
        <p
          role="status"
          class="quiet"
          hidden
          data-unsupported={t.unsupported}
          data-declined={t.declinedHere}
          data-already={t.already}
          data-failed={t.failed}
        />
        <button type="button" class={ceremony === 'offer' ? 'button secondary' : 'button primary'} hidden>
          <Icon name="key" />
          {button}
        </button>
      </Form>
      <Script name="passkey.js" />
    </div>
  );
}
