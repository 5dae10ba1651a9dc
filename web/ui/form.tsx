import type { ComponentChildren } from 'preact';
import { usePage } from './context.ts';
import { Icon, type IconName } from './icon.tsx';

export interface FormProps {
  readonly action: string;
  /** its buttons side by side */
  readonly row?: boolean | undefined;
  /** what goes along unseen */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly children: ComponentChildren;
}

/** The only way to send something: always a POST, always with the token that only our page knows. */
export function Form({ action, row, fields = {}, children }: FormProps) {
  return (
    <form method="post" action={action} class={row ? 'form row' : 'form'} novalidate>
      <input type="hidden" name="csrf" value={usePage().csrf} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** A form of one button, inside a row of other things. */
export function RowForm(props: Omit<FormProps, 'row'>) {
  return (
    <span class="row-form">
      <Form {...props} />
    </span>
  );
}

export interface ButtonProps {
  /** primary, when nothing is said; `link` looks like a link and yet sends */
  readonly kind?: 'primary' | 'secondary' | 'danger' | 'link' | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
}

export function Button({ kind = 'primary', name, value, icon, children }: ButtonProps) {
  return (
    <button type="submit" class={kind === 'link' ? 'link' : `button ${kind}`} name={name} value={value}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface ButtonLinkProps {
  readonly href: string;
  readonly kind?: 'primary' | 'secondary' | undefined;
  readonly children: ComponentChildren;
}

/** Goes somewhere and changes nothing. */
export function ButtonLink({ href, kind = 'primary', children }: ButtonLinkProps) {
  return (
    <a class={`button ${kind}`} href={href}>
      {children}
    </a>
  );
}
