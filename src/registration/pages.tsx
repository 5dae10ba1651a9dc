import { Button, ChoiceCard, Form, Icon, Notice, Page, useWords } from '../../web/ui/index.ts';
import type { AnyMethod, Registration as Way } from '../methods/method.ts';
import { aboutOf, refusalWords } from '../methods/refusal.ts';
import type { Words } from '../words/index.ts';
import { isBeingAsked, type Offered, type Registration, type Step } from './registration.ts';

type At<Is extends Step['is']> = Extract<Step, { is: Is }>;

export interface Around {
  readonly registration: Registration;
  readonly now: number;
  readonly waiting: string | undefined;
  /** after it was added: few recovery codes are there, or none */
  readonly offersCodes: boolean;
  wayOf(adding: Offered): { method: AnyMethod; way: Way };
}

const to = (registration: Registration, act: string): string => `/registration/${registration.id}/${act}`;

/** The page of the step at which a registration stands. */
export function StepPage({ around }: { around: Around }) {
  const { step } = around.registration;
  switch (step.is) {
    case 'choose':
      return <Choose step={step} {...around} />;
    case 'form':
      return <Fill step={step} {...around} />;
    case 'verify':
      return <Verify step={step} {...around} />;
    case 'added':
      return <Added step={step} {...around} />;
  }
}

/**
 * The app is offered first, as the manuals show it, and everything else openly below: the link that
 * people had to be told about is there, and leads to what they can see already.
 */
function Choose({ step, registration, wayOf }: Around & { step: At<'choose'> }) {
  const words = useWords();
  const t = words.registration;
  const interrupted = registration.within === 'sign-in';
  const [first, ...others] = step.offered;
  const card = (offered: Offered, recommended: boolean) => {
    const { title, line, icon } = wayOf(offered).way.card(words, offered.kind);
    return (
      <ChoiceCard
        key={`${offered.method} ${offered.kind}`}
        icon={icon}
        title={title}
        line={line}
        badge={recommended ? t.recommended : undefined}
        name="adding"
        value={`${offered.method} ${offered.kind}`}
      />
    );
  };
  return (
    <Page
      title={interrupted ? t.secureTitle : t.chooseTitle}
      lead={interrupted ? t.secureLead : t.chooseLead}
    >
      {interrupted && (
        <p class="who">
          <Icon name="person" /> {registration.loginName}
        </p>
      )}
      {first ? (
        <Form action={to(registration, 'choose')}>
          {card(first, interrupted && others.length > 0)}
          {interrupted && others.length > 0 && (
            <>
              <p>
                <a href="#another">{t.another}</a>
              </p>
              <h2 id="another">{t.chooseTitle}</h2>
            </>
          )}
          {others.map(offered => card(offered, false))}
        </Form>
      ) : (
        <Notice kind="info">{t.nothing}</Notice>
      )}
      <Leave registration={registration} />
    </Page>
  );
}

function Fill({ step, registration, now, wayOf }: Around & { step: At<'form'> }) {
  const words = useWords();
  const { way } = wayOf(step.adding);
  return (
    <Page title={way.formTitle(words, step.adding.kind)}>
      {way.form({
        kind: step.adding.kind,
        draft: step.draft,
        loginName: registration.loginName,
        action: to(registration, 'fill'),
        fields: step.fields,
        problems: step.problems,
        error: errorOf(words, step, registration, now),
      })}
      <Back registration={registration} />
    </Page>
  );
}

/** Why nothing could be asked or accepted. Where a server died while it was sending, nobody knows what was sent. */
function errorOf(
  words: Words,
  step: At<'form' | 'verify'>,
  registration: Registration,
  now: number,
): string | undefined {
  const brokeOff = registration.asking !== undefined && !isBeingAsked(registration, now);
  const refusal = step.refusal ?? (brokeOff ? ({ reason: 'perhaps-sent' } as const) : undefined);
  return refusal && refusalWords(words, refusal, now, aboutOf(step.adding.method));
}

function Verify({ step, registration, now, waiting, wayOf }: Around & { step: At<'verify'> }) {
  const words = useWords();
  const { way, method } = wayOf(step.adding);
  return (
    <Page
      title={way.questionTitle(words, step.challenge)}
      // Never while something is typed.
      refresh={method.waits?.(step.challenge) ? 3 : undefined}
      wait={waiting === undefined ? undefined : to(registration, 'wait')}
    >
      {way.question({
        kind: step.adding.kind,
        draft: step.draft,
        loginName: registration.loginName,
        challenge: step.challenge,
        detail: '',
        action: to(registration, 'answer'),
        again: to(registration, 'again'),
        error: errorOf(words, step, registration, now),
        state: waiting,
        now,
      })}
      <Back registration={registration} />
    </Page>
  );
}

function Added({ step, registration, offersCodes, wayOf }: Around & { step: At<'added'> }) {
  const words = useWords();
  const t = words.registration;
  const { title, line } = wayOf(step.adding).way.added(words, step.adding.kind);
  return (
    <Page title={title}>
      <Notice kind="success">
        {step.credential.detail}
        <br />
        {line}
      </Notice>
      <Form action={to(registration, 'done')}>
        <Button>{t.done}</Button>
      </Form>
      {offersCodes && (
        <>
          <p class="quiet">{words.recovery.offer}</p>
          <Form action={to(registration, 'codes')}>
            <Button kind="secondary">{words.recovery.make}</Button>
          </Form>
        </>
      )}
    </Page>
  );
}

function Back({ registration }: { registration: Registration }) {
  return (
    <Form action={to(registration, 'back')}>
      <Button kind="link">{useWords().registration.another}</Button>
    </Form>
  );
}

function Leave({ registration }: { registration: Registration }) {
  return registration.within === 'account' ? (
    <a href={registration.returnTo}>{useWords().registration.cancel}</a>
  ) : null;
}
