import {
  Button,
  ButtonLink,
  Card,
  Form,
  Notice,
  Page,
  RowForm,
  Table,
  useTime,
  useWords,
} from '../../web/ui/index.ts';
import type { RecentSignIn } from '../audit/index.ts';
import type { Credential } from '../methods/method.ts';
import { few } from '../methods/recovery-code/index.ts';
import type { ListedSession, Session } from '../sessions/index.ts';
import type { Words } from '../words/index.ts';
import { browserName } from './browser-name.ts';

/** Who is signed in, as every page of the account shows it. */
export interface Me {
  readonly displayName: string;
  readonly loginName: string;
}

export function AppsPage({
  me,
  apps,
  preRegister,
  notice,
}: {
  me: Me;
  apps: readonly { name: string; url: string }[];
  /** the date from which registration is owed, when this person has nothing yet */
  preRegister: string | undefined;
  notice: string | undefined;
}) {
  const t = useWords().account;
  return (
    <Page title={t.appsTitle} me={me} wide>
      {notice && <Notice kind="info">{notice}</Notice>}
      {preRegister && (
        <Notice kind="warning">
          {t.preRegister({ date: preRegister })} <a href="/account/security-info/add">{t.registerNow}</a>
        </Notice>
      )}
      {apps.length === 0 ? (
        <p>{t.noApps}</p>
      ) : (
        <ul class="cards">
          {apps.map(app => (
            <li key={app.url}>
              <Card icon="app" title={app.name} href={app.url} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

export function AccountPage({ me, mail }: { me: Me; mail: string | undefined }) {
  const t = useWords().account;
  return (
    <Page title={t.accountTitle} me={me} wide section="account">
      <dl class="facts">
        <dt>{t.name}</dt>
        <dd>{me.displayName}</dd>
        <dt>{t.account}</dt>
        <dd>{me.loginName}</dd>
        {mail && (
          <>
            <dt>{t.mail}</dt>
            <dd>{mail}</dd>
          </>
        )}
      </dl>
      <ul class="cards">
        <li>
          <Card
            icon="shield"
            title={t.securityInfo}
            line={t.securityInfoCard}
            href="/account/security-info"
          />
        </li>
        <li>
          <Card icon="check" title={t.recentTitle} line={t.recentLead} href="/account/sign-ins" />
        </li>
        <li>
          <Card icon="app" title={t.devicesTitle} line={t.devicesLead} href="/account/devices" />
        </li>
      </ul>
    </Page>
  );
}

export function SecurityInfoPage({
  me,
  credentials,
  codes,
  preferred,
  renamable,
  said,
}: {
  me: Me;
  credentials: readonly Credential[];
  renamable(credential: Credential): boolean;
  /** recovery codes, if there are any left */
  codes: Credential | undefined;
  preferred: string | undefined;
  said: string | undefined;
}) {
  const words = useWords();
  const t = words.account;
  const time = useTime();
  const query = (credential: Credential): string =>
    `method=${credential.method}&credential=${encodeURIComponent(credential.id)}`;
  return (
    <Page title={t.securityInfo} lead={t.securityInfoLead} me={me} wide section="security-info">
      {said && <Notice kind="success">{said}</Notice>}
      <p>
        <ButtonLink href="/account/security-info/add">{t.addMethod}</ButtonLink>
      </p>
      {credentials.length === 0 ? (
        <p>{t.noMethods}</p>
      ) : (
        <Table
          caption={t.securityInfo}
          head={[t.method, t.detail, t.use, t.actions]}
          rows={credentials.map(credential => ({
            key: credential.id,
            cells: [
              kindWords(words, credential),
              <span class="number">{credential.detail}</span>,
              credential.imported
                ? t.imported
                : credential.lastUsedAt === undefined
                  ? t.neverUsed
                  : t.lastUsed({ when: time(credential.lastUsedAt) }),
              <div class="row">
                {preferred === credential.id ? (
                  <span class="badge">{t.isDefault}</span>
                ) : (
                  credentials.length > 1 && (
                    <RowForm action="/account/security-info/default">
                      <Button kind="link" name="credential" value={credential.id}>
                        {t.setDefault}
                      </Button>
                    </RowForm>
                  )
                )}
                {credential.method === 'phone' && (
                  <a href={`/account/security-info/change?${query(credential)}`}>{t.change}</a>
                )}
                {renamable(credential) && (
                  <a href={`/account/security-info/rename?${query(credential)}`}>{words.approval.rename}</a>
                )}
                <a href={`/account/security-info/remove?${query(credential)}`}>{t.remove}</a>
              </div>,
            ],
          }))}
        />
      )}
      <Codes left={Number(codes?.detail ?? 0)} remove={codes && query(codes)} />
    </Page>
  );
}

/** The paper for the day on which the phone is gone. */
function Codes({ left, remove }: { left: number; remove: string | undefined }) {
  const t = useWords().recovery;
  return (
    <section class="recovery">
      {left > 0 && left <= few && <Notice kind="warning">{t.fewLeft({ n: left })}</Notice>}
      <Card
        icon="shield"
        title={t.cardTitle}
        line={t.cardLine}
        badge={left > 0 ? t.left({ n: left }) : undefined}
        href="/account/security-info/recovery-codes"
      />
      {remove && (
        <p>
          <a href={`/account/security-info/remove?${remove}`}>{t.remove}</a>
        </p>
      )}
    </section>
  );
}

export function RemovePage({ me, credential, last }: { me: Me; credential: Credential; last: boolean }) {
  const words = useWords();
  const t = words.account;
  const removed = credential.method === 'recovery-code' ? words.recovery.name : credential.detail;
  return (
    <Page title={t.removeTitle} me={me}>
      <p>
        <strong>{kindWords(words, credential)}</strong>: {t.removeLead({ detail: removed })}
      </p>
      {last && <Notice kind="warning">{t.removeLast}</Notice>}
      <Form action="/account/security-info/remove" row>
        <input type="hidden" name="method" value={credential.method} />
        <input type="hidden" name="credential" value={credential.id} />
        <Button kind="danger">{t.removeYes}</Button>
        <ButtonLink href="/account/security-info" kind="secondary">
          {t.removeNo}
        </ButtonLink>
      </Form>
    </Page>
  );
}

export function SignInsPage({ me, recent }: { me: Me; recent: readonly RecentSignIn[] }) {
  const words = useWords();
  const t = words.account;
  const time = useTime();
  const results = { granted: t.granted, refused: t.refused, abandoned: t.abandoned };
  return (
    <Page title={t.recentTitle} lead={t.recentLead} me={me} wide section="sign-ins">
      {recent.length === 0 ? (
        <p>{t.noRecent}</p>
      ) : (
        <Table
          caption={t.recentTitle}
          head={[t.when, t.what, t.result, t.from]}
          rows={recent.map(signIn => ({
            key: signIn.correlation,
            cells: [
              time(signIn.at),
              signIn.application ?? '',
              results[signIn.outcome],
              <span class="number">{signIn.address ?? ''}</span>,
            ],
          }))}
        />
      )}
    </Page>
  );
}

export function DevicesPage({
  me,
  sessions,
  current,
  said,
}: {
  me: Me;
  sessions: readonly ListedSession[];
  current: Session;
  said: string | undefined;
}) {
  const t = useWords().account;
  const time = useTime();
  return (
    <Page title={t.devicesTitle} lead={t.devicesLead} me={me} wide section="devices">
      {said && <Notice kind="success">{said}</Notice>}
      <Table
        caption={t.devicesTitle}
        head={[t.devicesTitle, t.from, t.when, t.actions]}
        rows={sessions.map(session => ({
          key: session.id,
          cells: [
            browserName(session.userAgent),
            <span class="number">{session.address ?? ''}</span>,
            time(session.lastSeenAt),
            session.id === current.id ? (
              <span class="badge">{t.thisDevice}</span>
            ) : (
              <RowForm action="/account/devices/end">
                <Button kind="link" name="session" value={session.id}>
                  {t.endSession}
                </Button>
              </RowForm>
            ),
          ],
        }))}
      />
    </Page>
  );
}

export function SignedOutPage() {
  const t = useWords().signIn;
  return (
    <Page title={t.signedOutTitle}>
      <Notice kind="success">{t.signedOutLead}</Notice>
      <ButtonLink href="/" kind="secondary">
        {t.signInAgain}
      </ButtonLink>
    </Page>
  );
}

export function kindWords(words: Words, credential: Pick<Credential, 'kind' | 'method'>): string {
  const t = words.account;
  const kinds: Readonly<Record<string, string>> = {
    mobile: t.kindMobile,
    alternateMobile: t.kindAlternateMobile,
    office: t.kindOffice,
    app: t.kindApp,
    passkey: t.kindPasskey,
    'recovery-code': words.recovery.name,
    'hardware-token': words.token.name,
    authenticator: words.approval.name,
  };
  return kinds[credential.kind ?? credential.method] ?? credential.method;
}
