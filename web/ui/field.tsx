import type { ComponentChildren } from 'preact';
import { useWords } from './context.ts';
import { Icon } from './icon.tsx';
import { Script } from './script.tsx';

/** What every question has: its name, and the sentences above and below it. */
export interface Asked {
  readonly name: string;
  readonly label: string;
  /** stands above the field, so that neither a keyboard nor typing covers it */
  readonly hint?: string | undefined;
  /** what was wrong with the last answer, and what to do */
  readonly error?: string | undefined;
  /** when another form of the page has a field of the same name */
  readonly id?: string | undefined;
}

export interface FieldProps extends Asked {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | undefined;
  readonly inputmode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | undefined;
  readonly autocomplete?: string | undefined;
  readonly autofocus?: boolean | undefined;
  /** as wide as what belongs in it */
  readonly width?: 'short' | 'full' | undefined;
  /** `data-guide` of the illustrated manual */
  readonly guide?: string | undefined;
}

export function Field({ type = 'text', width = 'full', ...props }: FieldProps) {
  return (
    <Labelled {...props}>
      <input
        {...inputOf(props)}
        type={type}
        list={undefined}
        class={width === 'short' ? 'input short' : 'input'}
      />
    </Labelled>
  );
}

export interface CodeFieldProps extends Asked {
  readonly value?: string | undefined;
}

/**
 * One field for a code. No maxlength: it cuts a pasted `123 456` to five digits. Not a number: that
 * loses zeros.
 */
export function CodeField(props: CodeFieldProps) {
  return (
    <Labelled {...props}>
      <input
        {...inputOf({ ...props, autofocus: true, autocomplete: 'one-time-code', inputmode: 'numeric' })}
        type="text"
        class="input code"
      />
      <Script name="webotp.js" />
    </Labelled>
  );
}

export interface PasswordFieldProps extends Asked {
  readonly autocomplete: 'current-password' | 'new-password';
  readonly autofocus?: boolean | undefined;
  /** whose password it is: managers of passwords look for a field that says so */
  readonly username?: string | undefined;
}

/** Never given back: its value is not among its properties. */
export function PasswordField({ username, ...props }: PasswordFieldProps) {
  const { showPassword, hidePassword, show, hide } = useWords().field;
  return (
    <Labelled {...props}>
      {username && <input type="text" autocomplete="username" value={username} readonly hidden />}
      <span class="password">
        <input {...inputOf(props)} type="password" class="input" />
        <button
          type="button"
          class="peek"
          hidden
          aria-label={showPassword}
          aria-controls={props.id ?? props.name}
          data-show={show}
          data-hide={hide}
          data-show-label={showPassword}
          data-hide-label={hidePassword}
        >
          {show}
        </button>
      </span>
    </Labelled>
  );
}

export interface RadioGroupProps extends Asked {
  readonly value?: string | undefined;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly line?: string | undefined;
  }[];
}

export function RadioGroup({ name, label, hint, error, id = name, value, options }: RadioGroupProps) {
  return (
    <fieldset class="field radios" aria-describedby={describedBy({ id, hint, error })}>
      <legend class="label">{label}</legend>
      {hint && <Hint id={id}>{hint}</Hint>}
      {options.map(option => (
        <label key={option.value} class="radio">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-invalid={error ? true : undefined}
          />
          <span>
            {option.label}
            {option.line && <span class="choice-line">{option.line}</span>}
          </span>
        </label>
      ))}
      {error && <Wrong id={id}>{error}</Wrong>}
    </fieldset>
  );
}

/** Label, hint, the control, error: in the order in which they are read. */
export function Labelled({
  name,
  label,
  hint,
  error,
  id = name,
  children,
}: Asked & { readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {hint && <Hint id={id}>{hint}</Hint>}
      {children}
      {error && <Wrong id={id}>{error}</Wrong>}
    </div>
  );
}

/** The attributes that tie a control to its sentences. */
export function tied({ name, id = name, hint, error }: Omit<Asked, 'label'>) {
  return {
    id,
    name,
    'aria-describedby': describedBy({ id, hint, error }),
    'aria-invalid': error ? (true as const) : undefined,
  };
}

function inputOf(props: Omit<FieldProps, 'type' | 'width'>) {
  return {
    ...tied(props),
    value: props.value,
    inputmode: props.inputmode,
    autocomplete: props.autocomplete,
    autofocus: props.autofocus || undefined,
    autocapitalize: 'none' as const,
    spellcheck: false,
    'data-guide': props.guide,
  };
}

function describedBy({
  id,
  hint,
  error,
}: {
  id: string;
  hint?: string | undefined;
  error?: string | undefined;
}) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Hint({ id, children }: { id: string; children: string }) {
  return (
    <p class="hint" id={`${id}-hint`}>
      {children}
    </p>
  );
}

function Wrong({ id, children }: { id: string; children: string }) {
  return (
    <p class="wrong" id={`${id}-error`}>
      <Icon name="error" />
      <span>
        <span class="unseen">{useWords().page.error} </span>
        {children}
      </span>
    </p>
  );
}
