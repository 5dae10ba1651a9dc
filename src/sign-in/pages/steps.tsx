import type { ComponentChildren } from 'preact';
import {
  Button,
  ChoiceCard,
  Field,
  Form,
  LiveState,
  Notice,
  Page,
  PasswordField,
  useWords,
} from '../../../web/ui/index.ts';
import type { PauseEnd } from '../../gateways/index.ts';
import type { Instant } from '../../kit/clock.ts';
import { referenceOf } from '../../kit/reference.ts';
import type { AnyMethod, Opening } from '../../methods/method.ts';
import { aboutOf, refusalWords, waitWords } from '../../methods/refusal.ts';
import type { Words } from '../../words/index.ts';
import {
  bindingOf,
  isBeingAsked,
  type NewPasswordProblem,
  type SignIn,
  type Step,
  type Way,
} from '../sign-in.ts';
import { OfferPasskey } from './offer-passkey.tsx';
import { Onwards } from './onwards.tsx';
import { OtherAccount, to, Who } from './who.tsx';

type At<Is extends Step['is']> = Extract<Step, { is: Is }>;

/** What the pages know besides the step itself. */
export interface Around {
  readonly signIn: SignIn;
  readonly now: number;
  readonly onCampus: boolean;
  /** a dated notice of the organisation, such as 準備中 */
  readonly notice: string | undefined;
  readonly stayDays: number;
  readonly passwordMinimum: number;
  readonly waiting: string | undefined;
  /** whether this person has codes on paper, which lead to a new phone */
  readonly hasCodes: boolean;
  methodOf(way: Way): AnyMethod;
  /** how one is recognised without saying who one is */
  readonly opening?: Opening | undefined;
}

/** The page of the step at which a sign-in stands. */
export function StepPage({ around }: { around: Around }) {
  const { step } = around.signIn;
  switch (step.is) {
    case 'identify':
      return <Identify step={step} {...around} />;
    case 'password':
      return <Password step={step} {...around} />;
    case 'choose':
      return <Choose step={step} {...around} />;
    case 'asking':
      return <Asking step={step} {...around} />;
    case 'prove':
      return <Prove step={step} {...around} />;
    case 'register-first':
      return <RegisterFirst {...around} />;
    case 'offer-passkey':
      return <OfferPasskey signIn={around.signIn} now={around.now} />;
    case 'change-password':
      return <ChangePassword step={step} {...around} />;
    case 'stay':
      return <Stay {...around} />;
    case 'refused':
      return <Refused step={step} {...around} />;
    case 'granted':
      return <Onwards signIn={around.signIn} />;
  }
}

function Identify(props: Around & { step: At<'identify'> }) {
  const { step, signIn, now, onCampus, notice, opening } = props;
  const words = useWords();
  const t = words.signIn;
  const { target } = signIn.aim;
  return (
    <Page
      title={t.title}
      lead={target.is === 'application' ? t.titleFor({ application: target.name }) : undefined}
    >
      {notice && <Notice kind="info">{notice}</Notice>}
      {onCampus && (
        <Notice kind="info" icon="campus">
          {t.onCampus}
        </Notice>
      )}
      <Form action={to(signIn, 'identify')}>
        <Field
          name="account"
          label={t.account}
          autocomplete={opening ? 'username webauthn' : 'username'}
          value={signIn.loginName ?? signIn.aim.loginHint ?? ''}
          error={step.invalid ? t.accountInvalid : undefined}
          autofocus
        />
        <Help summary={t.cannotSignIn}>{t.cannotSignInHelp}</Help>
        <Button>{words.registration.next}</Button>
      </Form>
      {opening?.form({
        action: to(signIn, 'passkey'),
        binding: bindingOf(signIn),
        now,
        error: step.refusal && refusalWords(words, step.refusal, now, 'passkey'),
      })}
    </Page>
  );
}

function Password({ step, signIn, now }: Around & { step: At<'password'> }) {
  const words = useWords();
  const t = words.signIn;
  return (
    <Page title={t.passwordTitle}>
      <Who signIn={signIn} now={now} />
      <Form action={to(signIn, 'password')}>
        <PasswordField
          name="password"
          label={t.password}
          autocomplete="current-password"
          username={signIn.loginName}
          error={step.refusal && refusalWords(words, step.refusal, now, 'password')}
          autofocus
        />
        <Help summary={t.forgot}>{t.cannotSignInHelp}</Help>
        <Button>{t.signInButton}</Button>
      </Form>
      <OtherAccount signIn={signIn} />
    </Page>
  );
}

function Choose({ step, signIn, now, methodOf, hasCodes }: Around & { step: At<'choose'> }) {
  const words = useWords();
  const t = words.signIn;
  return (
    <Page title={t.proveTitle} lead={t.proveLead}>
      <Who signIn={signIn} now={now} />
      {step.refusal && <Notice kind="error">{refusalWords(words, step.refusal, now, 'code')}</Notice>}
      <Form action={to(signIn, 'ask')}>
        {step.ways.map(way => (
          <ChoiceCard
            key={`${way.credential} ${way.way}`}
            icon={iconOf(way)}
            title={titleOf(words, way, methodOf)}
            name="way"
            value={`${way.credential} ${way.way}`}
          />
        ))}
      </Form>
      {signIn.aim.target.is === 'application' && (
        <details>
          <summary>{words.recovery.cannotUseAny}</summary>
          <p>{hasCodes ? words.recovery.cannotUseAnyHelp : words.recovery.cannotUseAnyOffice}</p>
          {hasCodes && (
            <p>
              <a href="/account/security-info/recover">{words.recovery.recover}</a>
            </p>
          )}
        </details>
      )}
      <OtherAccount signIn={signIn} />
    </Page>
  );
}

/** Where a server died while it was sending, nobody knows what was sent: after a moment the ways are offered again. */
function Asking({ step, ...around }: Around & { step: At<'asking'> }) {
  const t = useWords().signIn;
  if (!isBeingAsked(step, around.now))
    return (
      <Choose {...around} step={{ is: 'choose', ways: step.ways, refusal: { reason: 'perhaps-sent' } }} />
    );
  return (
    <Page title={t.sendingTitle} refresh={2} wait={to(around.signIn, 'wait')}>
      <LiveState state="asking" sentences={{ asking: t.sending }} />
    </Page>
  );
}

function Prove(props: Around & { step: At<'prove'> }) {
  const { step, signIn, now, methodOf, waiting } = props;
  const words = useWords();
  const t = words.signIn;
  const method = methodOf(step.asked);
  const page = method.page;
  if (!page) return <Choose {...props} step={{ is: 'choose', ways: step.ways }} />;
  const refused = step.refusal && refusalWords(words, step.refusal, now, aboutOf(step.asked.method));
  return (
    <Page
      title={page.title(words, step.challenge)}
      // Never while something is typed.
      refresh={method.waits?.(step.challenge) ? 3 : undefined}
      wait={waiting === undefined ? undefined : to(signIn, 'wait')}
    >
      <Who signIn={signIn} now={now} />
      {page.question({
        challenge: step.challenge,
        detail: step.asked.detail,
        action: to(signIn, 'answer'),
        again: to(signIn, 'ask'),
        way: `${step.asked.credential} ${step.asked.way}`,
        otherWays: step.ways
          .filter(way => way.credential === step.asked.credential && way.way !== step.asked.way)
          .map(way => `${way.credential} ${way.way}`),
        error: refused,
        state: waiting,
        now,
      })}
      {step.ways.length > 1 && (
        <Form action={to(signIn, 'elsewhere')}>
          <Button kind="link">{t.anotherWay}</Button>
        </Form>
      )}
      <OtherAccount signIn={signIn} />
    </Page>
  );
}

function RegisterFirst({ signIn, now }: Around) {
  const words = useWords();
  const t = words.signIn;
  return (
    <Page title={t.moreTitle} lead={t.moreLead}>
      <Who signIn={signIn} now={now} />
      <Help summary={t.moreDetail}>{t.moreExplained}</Help>
      <Form action={to(signIn, 'register')}>
        <Button>{words.registration.next}</Button>
      </Form>
      <OtherAccount signIn={signIn} />
    </Page>
  );
}

function ChangePassword({ step, signIn, passwordMinimum, now }: Around & { step: At<'change-password'> }) {
  const words = useWords();
  const t = words.signIn;
  return (
    <Page title={t.changePasswordTitle} lead={t.changePasswordLead}>
      <Who signIn={signIn} now={now} />
      <Form action={to(signIn, 'change-password')}>
        <PasswordField
          name="password"
          label={t.newPassword}
          hint={t.newPasswordHint({ minimum: passwordMinimum })}
          autocomplete="new-password"
          username={signIn.loginName}
          error={step.problem && passwordProblemWords(words, step.problem)}
          autofocus
        />
        <PasswordField name="repeated" label={t.repeatPassword} autocomplete="new-password" />
        <Button>{words.registration.next}</Button>
      </Form>
    </Page>
  );
}

function passwordProblemWords(words: Words, found: NewPasswordProblem): string {
  switch (found.problem) {
    case 'differ':
      return words.signIn.passwordsDiffer;
    case 'too-short':
      return words.password['too-short'](found);
    case 'too-long':
      return words.password['too-long'](found);
    default:
      return words.password[found.problem];
  }
}

function Stay({ signIn, stayDays, now }: Around) {
  const t = useWords().signIn;
  return (
    <Page title={t.stayTitle} lead={t.stayLead({ days: stayDays })}>
      <Who signIn={signIn} now={now} />
      <p>{t.stayWarning}</p>
      <Form action={to(signIn, 'stay')} row>
        <Button name="stay" value="yes">
          {t.yes}
        </Button>
        <Button kind="secondary" name="stay" value="no">
          {t.no}
        </Button>
      </Form>
    </Page>
  );
}

function Refused({ step, signIn, now }: Around & { step: At<'refused'> }) {
  const t = useWords().signIn;
  const { refusedTo } = signIn.aim;
  const sentences: Record<At<'refused'>['because'], string> = {
    'blocked-by-policy': t.blockedByPolicy,
    'cannot-satisfy': t.cannotSatisfy,
    'fraud-reported': t.fraudReported,
    disabled: t.disabled,
    'gave-up': t.gaveUp,
  };
  return (
    <Page title={t.refusedTitle} number={referenceOf(signIn.id)}>
      <Notice kind="error">{sentences[step.because]}</Notice>
      {step.because === 'fraud-reported' && step.pausedUntil !== undefined && (
        <Paused until={step.pausedUntil} now={now} />
      )}
      {refusedTo && signIn.aim.target.is !== 'proof' && (
        <p>
          <a href={step.because === 'cannot-satisfy' ? refusedTo.unmet : refusedTo.denied}>
            {t.backToApplication}
          </a>
        </p>
      )}
      <OtherAccount signIn={signIn} />
    </Page>
  );
}

function Paused({ until, now }: { until: PauseEnd; now: Instant }) {
  const words = useWords();
  const t = words.signIn;
  if (until === 'until-lifted') return <p>{t.nothingSentUntilLifted}</p>;
  return until > now ? <p>{t.nothingSentFor({ wait: waitWords(words, until - now) })}</p> : null;
}

function Help({ summary, children }: { summary: string; children: ComponentChildren }) {
  return (
    <details>
      <summary>{summary}</summary>
      <p>{children}</p>
    </details>
  );
}

const icons: Readonly<Record<string, 'message' | 'phone' | 'key'>> = {
  text: 'message',
  call: 'phone',
  key: 'key',
};

const iconOf = (way: Way): 'message' | 'phone' | 'app' | 'key' => icons[way.way] ?? 'app';

function titleOf(words: ReturnType<typeof useWords>, way: Way, methodOf: Around['methodOf']): string {
  return methodOf(way).page?.choice(words, way) ?? way.detail;
}
