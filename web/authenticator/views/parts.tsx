import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useApp, useWords } from '../app-context.ts';

/** One view: its heading, which is read aloud when the view appears, and what stands below. */
export function Sheet(props: { title: string; back?: boolean; children: ComponentChildren }) {
  const { title, back = false, children } = props;
  const app = useApp();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === app.words.app ? title : `${title} – ${app.words.app}`;
    heading.current?.focus();
  }, [title, app.words]);
  return (
    <main id="main" class="card">
      {back && (
        <button type="button" class="link backward" onClick={() => app.back()}>
          <Icon name="back" /> {app.words.back}
        </button>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}

const signs = { info: 'info', success: 'check', warning: 'warning', error: 'error' } as const;

export function Notice({ kind, children }: { kind: keyof typeof signs; children: ComponentChildren }) {
  const { attention } = useWords();
  const isUrgent = kind === 'error' || kind === 'warning';
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={signs[kind]} />
      <div>
        {isUrgent && <span class="unseen">{attention} </span>}
        {children}
      </div>
    </div>
  );
}

export function Button(props: {
  children: ComponentChildren;
  kind?: 'secondary' | 'danger';
  icon?: IconName;
  onClick(): void;
}) {
  const { children, kind = '', icon, onClick } = props;
  return (
    <button type="button" class={`button ${kind}`} onClick={onClick}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly wrong: string | undefined;
  readonly value: string;
  readonly class?: string;
  readonly inputMode?: 'numeric' | 'url' | 'text';
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  onInput(value: string): void;
}

/** A field with its hint above and what is wrong with it below; it takes the focus when it is wrong. */
export function Field(props: FieldProps) {
  const { name, label, hint, wrong, value, onInput, autoFocus = false } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wrong !== undefined || autoFocus) input.current?.focus();
  }, [wrong, autoFocus]);
  return (
    <div class="field">
      <label class="label" for={name}>
        {label}
      </label>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      <input
        ref={input}
        id={name}
        name={name}
        type="text"
        class={`input ${props.class ?? ''}`}
        inputMode={props.inputMode ?? 'text'}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="off"
        spellcheck={false}
        value={value}
        aria-describedby={wrong === undefined ? `${name}-hint` : `${name}-wrong ${name}-hint`}
        {...(wrong === undefined ? {} : { 'aria-invalid': true })}
        onInput={event => onInput(event.currentTarget.value)}
      />
      {wrong !== undefined && (
        <p class="wrong" id={`${name}-wrong`} role="alert">
          <Icon name="error" /> <span>{wrong}</span>
        </p>
      )}
    </div>
  );
}

export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([term, fact]) => [<dt key={term}>{term}</dt>, <dd key={`${term}:`}>{fact}</dd>])}
    </dl>
  );
}

/** A form that sends nothing by itself. */
export function Form({ onSubmit, children }: { onSubmit(): void; children: ComponentChildren }) {
  return (
    <form
      class="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
