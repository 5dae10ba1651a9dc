import { Button, ButtonLink, Form, Notice, Page, Table, usePage } from '../web/ui/index.ts';
import type { Tokens } from './relying-party.ts';
import type { Told } from './visitors.ts';
import { type SampleWords, sampleWords } from './words.ts';

const useSampleWords = (): SampleWords => sampleWords[usePage().language];

export function HomePage({ tokens, notice }: { tokens: Tokens | undefined; notice: Told | undefined }) {
  return tokens ? <SignedIn tokens={tokens} notice={notice} /> : <Stranger notice={notice} />;
}

function Stranger({ notice }: { notice: Told | undefined }) {
  const t = useSampleWords();
  return (
    <Page title={t.welcome} lead={t.lead}>
      <Tell notice={notice} />
      <ButtonLink href="/sign-in">{t.signIn}</ButtonLink>
    </Page>
  );
}

function SignedIn({ tokens, notice }: { tokens: Tokens; notice: Told | undefined }) {
  const t = useSampleWords();
  const { claims } = tokens;
  return (
    <Page wide title={t.hello({ name: String(claims.name ?? claims.sub) })} lead={t.helloLead}>
      <Tell notice={notice} />
      <Table
        head={[t.claim, t.value, t.meaning]}
        rows={told.flatMap(name =>
          claims[name] === undefined
            ? []
            : [
                {
                  key: name,
                  cells: [
                    <code>{name}</code>,
                    <Value name={name} value={claims[name]} />,
                    t.means[name] ?? '',
                  ],
                },
              ],
        )}
      />
      <h2>{t.tokens}</h2>
      <Table
        head={[t.token, t.until]}
        rows={[
          { key: 'access', cells: [t.access, <Time at={tokens.accessTokenUntil} />] },
          { key: 'id', cells: [t.id, <Time at={Number(claims.exp) * 1000} />] },
          { key: 'refresh', cells: [t.refreshToken, tokens.refreshToken ? t.oneUse : t.none] },
        ]}
      />
      <ButtonLink href="/step-up">{t.stepUp}</ButtonLink>
      {tokens.refreshToken && (
        <Form action="/refresh">
          <Button kind="secondary">{t.refresh}</Button>
        </Form>
      )}
      <Form action="/sign-out">
        <Button kind="secondary">{t.signOut}</Button>
      </Form>
    </Page>
  );
}

/** The claims in the order in which they are worth reading. */
const told = [
  'name',
  'preferred_username',
  'email',
  'groups',
  'acr',
  'amr',
  'auth_time',
  'sub',
  'sid',
  'iss',
  'aud',
  'iat',
  'exp',
];
const times = new Set(['auth_time', 'iat', 'exp']);

function Value({ name, value }: { name: string; value: unknown }) {
  const t = useSampleWords();
  if (Array.isArray(value) && value.length === 0) return <>{t.none}</>;
  if (times.has(name)) return <Time at={Number(value) * 1000} />;
  return <code>{Array.isArray(value) ? value.join(', ') : String(value)}</code>;
}

/** @param at ms since 1970 */
function Time({ at }: { at: number }) {
  const { language, timeZone } = usePage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  return <time datetime={new Date(at).toISOString()}>{format.format(at)}</time>;
}

function Tell({ notice }: { notice: Told | undefined }) {
  const t = useSampleWords();
  switch (notice?.is) {
    case undefined:
      return null;
    case 'refreshed':
      return <Notice kind="success">{t.refreshed}</Notice>;
    case 'signed-out':
      return <Notice kind="success">{t.signedOut}</Notice>;
    case 'signed-out-elsewhere':
      return <Notice kind="info">{t.signedOutElsewhere}</Notice>;
    case 'unreachable':
      return <Notice kind="error">{t.unreachable}</Notice>;
    case 'refused':
      return <Notice kind="error">{refusal(t, notice.error)}</Notice>;
  }
}

function refusal(t: SampleWords, error: string): string {
  if (error === 'access_denied') return t.refusedAccess;
  if (error === 'unmet_authentication_requirements') return t.refusedUnmet;
  return t.refused({ error });
}
