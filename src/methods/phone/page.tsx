import { Button, CodeField, Countdown, Form, LiveState, Notice, useWords } from '../../../web/ui/index.ts';
import type { Pages } from '../method.ts';
import type { PhoneChallenge } from './ask.ts';
import type { CallChallenge } from './call.ts';
import { lifetime, type TextChallenge } from './code.ts';
import type { PhoneSettings } from './settings.ts';

/** How a phone is asked for in a sign-in. */
export const phonePages = (settings: () => PhoneSettings): Pages<PhoneChallenge> => ({
  choice: ({ phone: t }, { way, detail }) =>
    way === 'text' ? t.choiceText({ to: detail }) : t.choiceCall({ to: detail }),
  title: ({ phone: t }, challenge) => (challenge.way === 'text' ? t.textTitle : t.callTitle),
  question: ({ challenge, detail, action, again, way, otherWays, error, state, now }) => (
    <Question
      challenge={challenge}
      action={action}
      again={again}
      way={way}
      otherWay={otherWays[0]}
      to={detail}
      callerNumber={settings().callerNumber}
      error={error}
      state={state}
      now={now}
      button="verify"
    />
  ),
});

/** What both a sign-in and a registration put around the question. */
export interface Around {
  readonly action: string;
  readonly again: string;
  /** how the same question is asked anew, and how else; absent where the wizard knows */
  readonly way?: string | undefined;
  readonly otherWay?: string | undefined;
  /** the number as this person may see it: masked, or whole just after typing it */
  readonly to: string;
  readonly callerNumber: string | undefined;
  readonly error: string | undefined;
  readonly state: string | undefined;
  readonly now: number;
  /** the word on the button: 検証 in a sign-in, 次へ in the wizard */
  readonly button: 'verify' | 'next';
}

export function Question({ challenge, ...around }: Around & { challenge: PhoneChallenge }) {
  return challenge.way === 'text' ? (
    <TextQuestion challenge={challenge} {...around} />
  ) : (
    <CallQuestion challenge={challenge} {...around} />
  );
}

function TextQuestion({ challenge, ...around }: Around & { challenge: TextChallenge }) {
  const t = useWords().phone;
  return (
    <>
      <Sentence text={t.textSent({ to: around.to })} number={around.to} />
      <Form action={around.action}>
        <CodeField name="code" label={t.code} hint={t.codeHint} error={around.error} />
        <p class="quiet">{t.textValid({ minutes: lifetime / 60_000 })}</p>
        <Button>{t[around.button]}</Button>
      </Form>
      {around.state !== undefined && (
        <TextState state={around.state} here={around.action.replace(/\/answer$/, '')} />
      )}
      <h2>{t.noCode}</h2>
      <p class="quiet">{t.noCodeHelp}</p>
      <Countdown until={challenge.againAt} now={around.now}>
        <Again {...around}>{t.sendAgain}</Again>
      </Countdown>
      <Other {...around}>{t.callInstead}</Other>
    </>
  );
}

/** Whether the text has arrived, as far as the network tells. The link is for where no script looks again. */
function TextState({ state, here }: { state: string; here: string }) {
  const t = useWords().phone;
  return (
    <>
      <LiveState state={state} sentences={t.textStates} ends={['delivered', 'undelivered']} />
      <noscript>
        <p>
          <a href={here}>{t.lookNow}</a>
        </p>
      </noscript>
    </>
  );
}

function CallQuestion({ challenge, ...around }: Around & { challenge: CallChallenge }) {
  const { phone: t } = useWords();
  if (challenge.ended) return <CallOver ended={challenge.ended} challenge={challenge} {...around} />;
  return (
    <>
      <Sentence text={t.calling({ to: around.to })} number={around.to} />
      <CallState state={around.state ?? 'dialling'} />
      <p>
        <strong>{challenge.number === undefined ? t.answerIt : t.answerWithNumber}</strong>
      </p>
      {challenge.number !== undefined && (
        <p class="big-number">
          <span class="unseen">{t.numberLabel}: </span>
          {challenge.number}
        </p>
      )}
      <p>{challenge.number === undefined ? t.analog : t.analogNumber}</p>
      <Announcement number={challenge.number} callerNumber={around.callerNumber} />
      <Form action={around.action}>
        <Button kind="secondary">{t.lookNow}</Button>
      </Form>
      <Other {...around}>{t.textInstead}</Other>
    </>
  );
}

/** Where the call stands, told anew by the script that waits, or by the page that asks for itself again. */
function CallState({ state }: { state: string }) {
  const t = useWords().phone;
  const states: Readonly<Record<string, string>> = {
    dialling: t.stateDialling,
    ringing: t.stateRinging,
    answered: t.stateAnswered,
  };
  return <LiveState state={state} sentences={states} />;
}

/** From whom it rings and what the voice will say, before anyone has to wonder. */
function Announcement(props: { number: string | undefined; callerNumber: string | undefined }) {
  const { phone: t, spoken } = useWords();
  const { callerNumber } = props;
  return (
    <>
      {callerNumber === undefined ? (
        <p class="quiet">{t.callerUnknown}</p>
      ) : (
        <Sentence text={t.caller({ number: callerNumber })} number={callerNumber} />
      )}
      <details open>
        <summary>{t.voiceSays}</summary>
        <blockquote class="quiet">
          {spoken[props.number === undefined ? 'ask-pound' : 'ask-number']}
        </blockquote>
      </details>
    </>
  );
}

/** A sentence whose telephone number does not break at its hyphens. */
function Sentence({ text, number }: { text: string; number: string }) {
  const [before = text, after] = text.split(number);
  return (
    <p>
      {before}
      {after !== undefined && <span class="phone-number">{number}</span>}
      {after}
    </p>
  );
}

function CallOver({ challenge, ended, ...around }: Around & { challenge: CallChallenge; ended: string }) {
  const t = useWords().phone;
  const said: Readonly<Record<string, string>> = t.ended;
  const why = ended === 'wrong-key' && challenge.number !== undefined ? 'wrong-number' : ended;
  // What came of asking once more is newer than how the call ended.
  const isNews = around.error !== undefined && around.error !== said[ended];
  return (
    <>
      <Sentence text={t.called({ to: around.to })} number={around.to} />
      <Notice kind="error">{(isNews ? around.error : said[why]) ?? t.callOver}</Notice>
      {ended !== 'fraud' && (
        <Again {...around} kind="primary">
          {t.callAgain}
        </Again>
      )}
      <Other {...around}>{t.textInstead}</Other>
    </>
  );
}

function Again({
  again,
  way,
  kind = 'link',
  children,
}: Pick<Around, 'again' | 'way'> & { kind?: 'link' | 'primary'; children: string }) {
  return (
    <Form action={again} fields={way === undefined ? {} : { way }}>
      <Button kind={kind}>{children}</Button>
    </Form>
  );
}

function Other({ again, otherWay, children }: Pick<Around, 'again' | 'otherWay'> & { children: string }) {
  if (otherWay === undefined) return null;
  return (
    <Form action={again} fields={{ way: otherWay }}>
      <Button kind="link">{children}</Button>
    </Form>
  );
}
