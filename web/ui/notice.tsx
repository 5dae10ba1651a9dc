import type { ComponentChildren } from 'preact';
import { useWords } from './context.ts';
import { Icon, type IconName } from './icon.tsx';

export interface NoticeProps {
  readonly kind: 'info' | 'success' | 'warning' | 'error';
  /** in place of the sign of its kind: `campus` for 学内からアクセスしています */
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
}

const signs = { info: 'info', success: 'check', warning: 'warning', error: 'error' } as const;

/** A sentence about the page. Its kind is told by colour, sign and, to ears, by a word. */
export function Notice({ kind, icon = signs[kind], children }: NoticeProps) {
  const { error, warning } = useWords().page;
  const said = { info: undefined, success: undefined, warning, error }[kind];
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div>
        {said && <span class="unseen">{said} </span>}
        {children}
      </div>
    </div>
  );
}

/** Where in a wizard the page stands. */
export function Steps({ at, of }: { readonly at: number; readonly of: number }) {
  return (
    <p class="steps">
      <svg class="steps-bar" viewBox={`0 0 ${of * 10} 2`} preserveAspectRatio="none" aria-hidden="true">
        {Array.from({ length: of }, (_, i) => (
          <rect key={i} class={i < at ? 'gone' : 'ahead'} x={i * 10 + 0.3} y="0" width="9.4" height="2" />
        ))}
      </svg>
      <span>{useWords().page.step({ at, of })}</span>
    </p>
  );
}

export interface LiveStateProps {
  /** where it stands now */
  readonly state: string;
  /** a sentence for every state that the address of `wait` may tell */
  readonly sentences: Readonly<Record<string, string>>;
  /** states that nothing follows, of what changes seldom, beside a field: asked for less often, and not for long */
  readonly ends?: readonly string[];
}

/** Where something outside the browser stands: a call rings, is answered. Kept true by web/enhance/wait.ts. */
export function LiveState({ state, sentences, ends }: LiveStateProps) {
  return (
    <p class="live" role="status" data-states={JSON.stringify(sentences)} data-ends={ends?.join(' ')}>
      {sentences[state]}
    </p>
  );
}
