import { useWords } from './context.ts';

export interface TimeLeftProps {
  /** when it is over, and now: instants in milliseconds */
  readonly until: number;
  readonly now: number;
  /** the sentence that says how long there is, in words of `wait` */
  sentence(p: { readonly wait: string }): string;
  /** what to do when it is over */
  readonly over: string;
}

/** How long somebody else still waits. A script counts it down and then says that it is over. */
export function TimeLeft({ until, now, sentence, over }: TimeLeftProps) {
  const { seconds } = useWords().wait;
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const said = (n: number): string => sentence({ wait: seconds({ n }) });
  const counting = sentence({ wait: seconds({ n: 0 }).replace('0', '{n}') });
  return (
    <div class="countdown" data-left={left} data-one={said(1)} data-many={counting}>
      <p class="quiet">{left > 0 ? said(left) : over}</p>
      <p class="quiet" hidden>
        {over}
      </p>
    </div>
  );
}
