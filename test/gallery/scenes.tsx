import type { VNode } from 'preact';
import { Desk } from '../../src/demo/desk.tsx';
import { FailurePage } from '../../src/http/failure-page.tsx';
import {
  Button,
  ButtonLink,
  Card,
  ChoiceCard,
  CodeField,
  Copyable,
  Countdown,
  CountrySelect,
  Field,
  Form,
  Icon,
  LiveState,
  Notice,
  Page,
  PasswordField,
  QrCode,
  RadioGroup,
  RowForm,
  Steps,
  Table,
  useTime,
  useWords,
} from '../../web/ui/index.ts';

/**
 * Pages made of every component, with the sentences of the product, and those of its own pages to which no story comes:
 * to be looked at, and measured.
 */
export const scenes: Readonly<Record<string, () => VNode>> = {
  account: Account,
  password: () => <Password />,
  'password-wrong': () => <Password wrong />,
  choose: Choose,
  code: () => <Code />,
  'code-wrong': () => <Code wrong />,
  call: Call,
  secure: Secure,
  phone: () => <Phone />,
  'phone-wrong': () => <Phone wrong />,
  app: App,
  added: Added,
  'security-info': SecurityInfo,
  overview: Overview,
  remove: Remove,
  trouble: () => <FailurePage code="sign-in.over" number={reference} />,
  'database-away': () => <FailurePage code="database-unavailable" number={reference} />,
  demo: () => <Desk here={false} sampleUrl="http://localhost:4001" />,
};

const who = { displayName: '山田 太郎', loginName: 'taro.yamada@genkan.example' };
const at = Date.UTC(2026, 3, 4, 2, 30);
/** what a page tells people to read aloud at the office */
const reference = '7WK3-9QTB';

function Who() {
  return (
    <p class="who">
      <Icon name="person" /> {who.loginName}
    </p>
  );
}

function Account() {
  const { signIn: t, registration } = useWords();
  return (
    <Page title={t.title} lead={t.titleFor({ application: 'Moodle' })}>
      <Notice kind="info" icon="campus">
        {t.onCampus}
      </Notice>
      <Form action="/x">
        <Field name="account" label={t.account} autocomplete="username" autofocus />
        <details>
          <summary>{t.cannotSignIn}</summary>
          <p>{t.cannotSignInHelp}</p>
        </details>
        <Button>{registration.next}</Button>
      </Form>
    </Page>
  );
}

function Password({ wrong = false }: { wrong?: boolean }) {
  const t = useWords().signIn;
  return (
    <Page title={t.passwordTitle}>
      <Who />
      <Form action="/x">
        <PasswordField
          name="password"
          label={t.password}
          username={who.loginName}
          autocomplete="current-password"
          error={wrong ? t.passwordWrong : undefined}
          autofocus
        />
        <details>
          <summary>{t.forgot}</summary>
          <p>{t.cannotSignInHelp}</p>
        </details>
        <Button>{t.signInButton}</Button>
      </Form>
      <Form action="/y">
        <Button kind="link">{t.anotherAccount}</Button>
      </Form>
    </Page>
  );
}

function Choose() {
  const t = useWords().signIn;
  return (
    <Page title={t.proveTitle} lead={t.proveLead}>
      <Who />
      <Form action="/x">
        <ChoiceCard
          icon="message"
          title={t.methodTextTo({ number: '+81 XX-XXXX-XX78' })}
          name="way"
          value="1"
        />
        <ChoiceCard
          icon="phone"
          title={t.methodCallTo({ number: '+81 XX-XXXX-XX78' })}
          name="way"
          value="2"
        />
        <ChoiceCard icon="app" title={t.methodApp({ name: 'Pixel 9' })} name="way" value="3" />
      </Form>
      <Form action="/y">
        <Button kind="link">{t.anotherAccount}</Button>
      </Form>
    </Page>
  );
}

function Code({ wrong = false }: { wrong?: boolean }) {
  const t = useWords().signIn;
  return (
    <Page title={t.appTitle}>
      <Who />
      <Form action="/x">
        <CodeField
          name="code"
          label={t.code}
          hint={t.appLead}
          error={wrong ? t.codeWrongLeft({ tries: 4 }) : undefined}
          value={wrong ? '123456' : undefined}
        />
        <Button>{t.verify}</Button>
      </Form>
      <Countdown until={at + 28_000} now={at}>
        <Form action="/y">
          <Button kind="link">{t.methodText}</Button>
        </Form>
      </Countdown>
      <Form action="/z">
        <Button kind="link">{t.anotherWay}</Button>
      </Form>
    </Page>
  );
}

function Call() {
  const t = useWords().signIn;
  return (
    <Page title={t.proveTitle} wait="/standing" refresh={3}>
      <Who />
      <LiveState state="ringing" sentences={{ ringing: t.sending, answered: t.goingOn }} />
      <Form action="/z">
        <Button kind="link">{t.anotherWay}</Button>
      </Form>
    </Page>
  );
}

function Secure() {
  const t = useWords().registration;
  return (
    <Page title={t.secureTitle} lead={t.secureLead}>
      <Steps at={1} of={3} />
      <Form action="/x">
        <ChoiceCard
          icon="app"
          title={t.appTitle}
          line={t.appLine}
          badge={t.recommended}
          name="adding"
          value="totp"
        />
        <h2 id="another">
          <a href="#another">{t.another}</a>
        </h2>
        <ChoiceCard icon="phone" title={t.mobileTitle} line={t.mobileLine} name="adding" value="phone" />
        <ChoiceCard icon="office" title={t.officeTitle} line={t.officeLine} name="adding" value="office" />
      </Form>
    </Page>
  );
}

function Phone({ wrong = false }: { wrong?: boolean }) {
  const { registration: t, signIn } = useWords();
  const error = wrong ? signIn.undelivered : undefined;
  return (
    <Page title={t.mobileTitle} lead={t.mobileLine}>
      <Steps at={2} of={3} />
      {wrong && <Notice kind="error">{signIn.gatewayDown}</Notice>}
      <Form action="/x">
        <CountrySelect value="JP" usual={['JP', 'CN', 'KR']} />
        <Field
          name="number"
          label={t.mobileTitle}
          hint="090-1234-5678"
          type="tel"
          inputmode="tel"
          autocomplete="tel-national"
          error={error}
        />
        <RadioGroup
          name="way"
          label={signIn.proveLead}
          value="text"
          error={error}
          options={[
            { value: 'text', label: signIn.methodText },
            { value: 'call', label: t.officeTitle, line: t.officeLine },
          ]}
        />
        <Button>{t.next}</Button>
      </Form>
      <Form action="/y">
        <Button kind="link">{t.another}</Button>
      </Form>
    </Page>
  );
}

function App() {
  const t = useWords().registration;
  const uri = `otpauth://totp/Genkan:${who.loginName}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Genkan`;
  return (
    <Page title={t.appSetUpTitle}>
      <p>{t.appInstall}</p>
      <QrCode text={uri} label={t.appInstall} />
      <details open>
        <summary>{t.appCannotScan}</summary>
        <p>{t.appTypeThis}</p>
        <Copyable label={t.appAccount} text={who.loginName} />
        <Copyable label={t.appKey} text="JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP" />
      </details>
      <Form action="/x">
        <Field name="name" label={t.appName} hint={t.appNameHint} value="Pixel 9" />
        <Button>{t.next}</Button>
      </Form>
    </Page>
  );
}

function Added() {
  const t = useWords().registration;
  return (
    <Page title={t.phoneAdded}>
      <Notice kind="success">
        +81 XX-XXXX-XX78
        <br />
        {t.phoneAddedLead}
      </Notice>
      <Form action="/x">
        <Button>{t.done}</Button>
      </Form>
    </Page>
  );
}

function SecurityInfo() {
  const t = useWords().account;
  const time = useTime();
  const row = (kind: string, detail: string, first: boolean) => ({
    key: detail,
    cells: [
      kind,
      <span key="detail" class="number">
        {detail}
      </span>,
      t.lastUsed({ when: time(at) }),
      <div key="acts" class="row">
        {first ? (
          <span class="badge">{t.isDefault}</span>
        ) : (
          <RowForm action="/x">
            <Button kind="link">{t.setDefault}</Button>
          </RowForm>
        )}
        <a href="/x">{t.change}</a>
        <a href="/y">{t.remove}</a>
      </div>,
    ],
  });
  return (
    <Page title={t.securityInfo} lead={t.securityInfoLead} me={who} wide section="security-info">
      <p>
        <ButtonLink href="/x">{t.addMethod}</ButtonLink>
      </p>
      <Table
        head={[t.method, t.detail, t.use, t.actions]}
        rows={[
          row(t.kindMobile, '+81 XX-XXXX-XX78', true),
          row(t.kindOffice, '+81 X-XXXX-XX34', false),
          row(t.kindApp, 'Pixel 9', false),
        ]}
      />
    </Page>
  );
}

function Overview() {
  const t = useWords().account;
  return (
    <Page title={t.accountTitle} me={who} wide section="account">
      <Notice kind="warning">
        {t.preRegister({ date: '2026-04-04' })} <a href="/x">{t.registerNow}</a>
      </Notice>
      <dl class="facts">
        <dt>{t.name}</dt>
        <dd>{who.displayName}</dd>
        <dt>{t.account}</dt>
        <dd>{who.loginName}</dd>
      </dl>
      <ul class="cards">
        <li>
          <Card icon="shield" title={t.securityInfo} line={t.securityInfoCard} href="/x" />
        </li>
        <li>
          <Card icon="clock" title={t.recentTitle} line={t.recentLead} href="/y" />
        </li>
        <li>
          <Card icon="computer" title={t.devicesTitle} line={t.devicesLead} href="/z" />
        </li>
      </ul>
    </Page>
  );
}

function Remove() {
  const t = useWords().account;
  return (
    <Page title={t.removeTitle} me={who}>
      <p>{t.removeLead({ detail: '+81 XX-XXXX-XX78' })}</p>
      <Notice kind="warning">{t.removeLast}</Notice>
      <Form action="/x" row>
        <ButtonLink href="/x" kind="secondary">
          {t.removeNo}
        </ButtonLink>
        <Button kind="danger">{t.removeYes}</Button>
      </Form>
    </Page>
  );
}
