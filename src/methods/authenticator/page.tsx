import type { ComponentChildren } from 'preact';
import { Button, CodeField, Form, LiveState, Notice, TimeLeft, useWords } from '../../../web/ui/index.ts';
import type { Pages, QuestionProps } from '../method.ts';
import type { PushChallenge } from './ask.ts';

export interface CodeChallenge {
  readonly way: 'code';
  readonly credential: string;
}

export type Challenge = PushChallenge | CodeChallenge;

/** How the app is asked for in a sign-in. */
export const authenticatorPages: Pages<Challenge> = {
  choice: ({ approval: t }, { way, detail }) =>
    way === 'push' ? t.choicePush({ name: detail }) : t.choiceCode({ name: detail }),
  title: ({ approval: t }, { way }) => (way === 'push' ? t.pushTitle : t.codeTitle),
  question: props => {
    const { challenge } = props;
    return challenge.way === 'push' ? (
      <Approval {...props} challenge={challenge} />
    ) : (
      <Code {...props} challenge={challenge} />
    );
  },
};

function Approval(props: QuestionProps<PushChallenge>) {
  const { challenge, detail, action, again, way, otherWays, state, now } = props;
  const { approval: t } = useWords();
  const [code] = otherWays;
  return (
    <>
      {challenge.ended === undefined ? (
        <NumberToType
          number={challenge.number}
          lead={t.typeIt({ name: detail })}
          action={action}
          state={state}
        >
          <TimeLeft until={challenge.expiresAt} now={now} sentence={t.timeLeft} over={t.ended.ignored} />
        </NumberToType>
      ) : (
        <>
          <Notice kind="error">{t.ended[challenge.ended]}</Notice>
          <Form action={again} fields={{ way }}>
            <Button>{t.askAgain}</Button>
          </Form>
        </>
      )}
      {code !== undefined && (
        <Form action={again} fields={{ way: code }}>
          <Button kind="link">{t.codeInstead}</Button>
        </Form>
      )}
    </>
  );
}

/** The number, and where the answer to it stands. */
export function NumberToType({
  number,
  lead,
  action,
  state = 'waiting',
  children,
}: {
  readonly number: string;
  readonly lead: string;
  readonly action: string;
  readonly state: string | undefined;
  readonly children?: ComponentChildren;
}) {
  const { approval: t } = useWords();
  return (
    <>
      <p>{lead}</p>
      <p class="big-number">
        <span class="unseen">{t.number}: </span>
        {number}
      </p>
      <LiveState state={state} sentences={{ [state]: t.waiting }} />
      {children}
      <p class="quiet">{t.notYou}</p>
      <p class="quiet">{t.nothingArrives}</p>
      <Form action={action}>
        <Button kind="secondary">{t.lookNow}</Button>
      </Form>
    </>
  );
}

function Code({ action, again, otherWays, error }: QuestionProps<CodeChallenge>) {
  const { approval: t, signIn } = useWords();
  const [push] = otherWays;
  return (
    <>
      <Form action={action}>
        <CodeField name="code" label={signIn.code} hint={t.codeHint} error={error} />
        <Button>{signIn.verify}</Button>
      </Form>
      {push !== undefined && (
        <Form action={again} fields={{ way: push }}>
          <Button kind="link">{t.pushInstead}</Button>
        </Form>
      )}
    </>
  );
}
