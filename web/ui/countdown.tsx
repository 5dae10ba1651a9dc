import type { ComponentChildren } from 'preact';
import { useWords } from './context.ts';

export interface CountdownProps {
  /** when it may be asked again, and now: instants in milliseconds */
  readonly until: number;
  readonly now: number;
  /** the button that may then be pressed */
  readonly children: ComponentChildren;
}

/**
 * How long one must wait, in words. A script counts and then shows the button in their place;
 * without script both are there, and who presses early is told how long.
 */
export function Countdown({ until, now, children }: CountdownProps) {
  const { againIn, seconds } = useWords().wait;
  const left = Math.ceil((until - now) / 1000);
  const sentence = (n: number): string => againIn({ wait: seconds({ n }) });
  if (left <= 0) return <div class="countdown">{children}</div>;
  return (
    <div
      class="countdown"
      data-left={left}
      data-one={sentence(1)}
      data-many={sentence(0).replace('0', '{n}')}
    >
      <p class="quiet">{sentence(left)}</p>
      {children}
    </div>
  );
}
