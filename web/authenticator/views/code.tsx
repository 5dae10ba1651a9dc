import { codeAt, inTwo, secondsLeft, stepOf } from '../account/code.ts';
import type { Account } from '../account/keep.ts';
import { useAnswer, useNow, useWords } from '../app-context.ts';

/** The code of this moment, and how long it is good. It needs no network. */
export function Code({ account }: { account: Account }) {
  const words = useWords();
  const { codes, ahead, digits, period, loginName } = account;
  const now = useNow() + ahead;
  const step = stepOf(now, period);
  const code = useAnswer(() => codeAt(codes, now, { digits, period }), [codes, step]);
  const left = secondsLeft(now, period);
  return (
    <div class="code-now">
      <p class="big-number">
        <span class="unseen">{words.codeFor({ account: loginName })} </span>
        {code ? inTwo(code) : '\u2007'}
      </p>
      <p class="quiet code-left">
        <Ring part={left / period} />
        {words.codeLeft({ n: left })}
      </p>
    </div>
  );
}

const around = 2 * Math.PI * 8;

function Ring({ part }: { part: number }) {
  return (
    <svg class="ring" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <circle class="ring-whole" cx="10" cy="10" r="8" />
      <circle
        class="ring-left"
        cx="10"
        cy="10"
        r="8"
        stroke-dasharray={`${(around * part).toFixed(2)} ${around.toFixed(2)}`}
        transform="rotate(-90 10 10)"
      />
    </svg>
  );
}
