import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as client from 'openid-client';
import {
  Browser,
  newRequest,
  password,
  redirectUri,
  signIn,
  startTestProvider,
  type TestProvider,
  text,
} from './testing.ts';

const mfa = 'https://refeds.org/profile/mfa';
const sfa = 'https://refeds.org/profile/sfa';

/** Where our cookies would not come, oidc-provider's redirect is left to the browser. */
const inAFrame = { headers: { 'sec-fetch-dest': 'iframe' } };

describe('an application asks who this is', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startTestProvider();
  });
  after(() => provider.close());
  beforeEach(() => {
    provider.person.answer = () => [password()];
    provider.person.judge = () => 'enough';
    provider.person.who = provider.user;
    provider.wishes.length = 0;
  });

  const errorOf = (at: URL) => at.searchParams.get('error');
  async function ask(more: Record<string, string>, browser = new Browser(), id = 'portal') {
    const configuration = await provider.as(id);
    const request = await newRequest(more);
    const answer = await browser.open(client.buildAuthorizationUrl(configuration, request.parameters));
    return { ...answer, request, configuration, browser };
  }

  it('gives a code, and tokens for it that say who signed in and how', async () => {
    const began = Math.floor(Date.now() / 1000);
    const { tokens, configuration, answer } = await signIn(provider, 'portal', {
      login_hint: 'hanako',
      ui_locales: 'ja en',
    });
    const claims = tokens.claims();
    assert.equal(claims?.sub, provider.user);
    assert.equal(claims?.acr, sfa);
    assert.deepEqual(claims?.amr, ['pwd']);
    const at = Number(claims?.auth_time);
    assert.ok(at >= began && at <= Date.now() / 1000, `${at}, and it began at ${began}`);
    assert.equal((claims?.exp ?? 0) - (claims?.iat ?? 0), 600);
    assert.equal(answer.at.searchParams.get('iss'), provider.issuer);
    const [wish] = provider.wishes;
    assert.equal(wish?.loginHint, 'hanako');
    assert.deepEqual(wish?.locales, ['ja', 'en']);
    assert.equal(wish?.applicationName, 'The portal');
    const info = await client.fetchUserInfo(configuration, tokens.access_token, provider.user);
    assert.equal(info.name, '京大 花子');
    assert.equal(info.email, 'hanako@example.ac.jp');
  });

  it('signs ID tokens as the application asks: RS256 and ES256', async () => {
    for (const [id, alg] of [
      ['portal', 'ES256'],
      ['library', 'RS256'],
    ] as const) {
      const { tokens } = await signIn(provider, id);
      assert.equal(
        JSON.parse(Buffer.from(tokens.id_token?.split('.')[0] ?? '', 'base64url').toString()).alg,
        alg,
      );
    }
  });

  it('asks nothing of a person who is signed in', async () => {
    const { browser } = await signIn(provider, 'portal');
    const { tokens, answer } = await signIn(provider, 'library', {}, browser);
    assert.equal(tokens.claims()?.sub, provider.user);
    assert.equal(answer.hops, 1);
    assert.equal(provider.wishes.length, 1);
  });

  it('answers prompt=none with login_required for a stranger, and with a code for a person who is known', async () => {
    const stranger = await ask({ prompt: 'none' });
    assert.equal(errorOf(stranger.at), 'login_required');
    assert.equal(stranger.at.searchParams.get('state'), stranger.request.state);
    const { browser } = await signIn(provider, 'portal');
    assert.ok((await ask({ prompt: 'none' }, browser, 'library')).at.searchParams.get('code'));
  });

  it('answers prompt=none with interaction_required when a policy wants more', async () => {
    const { browser } = await signIn(provider, 'portal');
    provider.person.judge = () => 'more';
    assert.equal(errorOf((await ask({ prompt: 'none' }, browser)).at), 'interaction_required');
  });

  it('asks anew for prompt=login, select_account and max_age=0, and believes no older proof', async () => {
    for (const more of [{ prompt: 'login' }, { prompt: 'select_account' }, { max_age: '0' }]) {
      const { browser } = await signIn(provider, 'portal');
      provider.wishes.length = 0;
      const { answer } = await signIn(provider, 'portal', more as Record<string, string>, browser);
      assert.ok(answer.at.searchParams.get('code'));
      assert.equal(provider.wishes.length, 1);
      assert.ok(provider.wishes[0]?.demand.notBefore);

      provider.person.answer = () => [password(Date.now() - 60_000)];
      const stale = await ask(more as Record<string, string>, browser);
      assert.equal(errorOf(stale.at), 'unmet_authentication_requirements');
      provider.person.answer = () => [password()];
    }
  });

  it('measures max_age from the last proof, and not from the cookie', async () => {
    const proved = Date.now() - 100_000;
    provider.person.answer = () => [password(Date.now() - 3_600_000), text(proved)];
    const { browser, tokens } = await signIn(provider, 'portal');
    assert.ok(Math.abs(Number(tokens.claims()?.auth_time) - proved / 1000) <= 1);
    provider.wishes.length = 0;
    await signIn(provider, 'portal', { max_age: '200' }, browser);
    assert.equal(provider.wishes.length, 0);
    provider.person.answer = () => [password()];
    const began = Math.floor(Date.now() / 1000);
    const { tokens: younger } = await signIn(provider, 'portal', { max_age: '50' }, browser);
    assert.equal(provider.wishes.length, 1);
    assert.equal(provider.wishes[0]?.demand.maxAge, 50_000);
    assert.ok(Number(younger.claims()?.auth_time) >= began);
  });

  it('raises a session for acr_values, and tells the acr that was reached', async () => {
    const { browser, tokens } = await signIn(provider, 'portal');
    assert.equal(tokens.claims()?.acr, sfa);
    provider.person.answer = wish => {
      assert.deepEqual(wish.demand.acr, [mfa]);
      return [password(), text()];
    };
    const { tokens: raised } = await signIn(provider, 'portal', { acr_values: mfa }, browser);
    assert.equal(raised.claims()?.acr, mfa);
    assert.deepEqual(raised.claims()?.amr, ['mfa', 'pwd', 'sms']);
    const { tokens: lower } = await signIn(provider, 'portal', { acr_values: sfa }, browser);
    assert.equal(lower.claims()?.acr, sfa);
    const { tokens: none } = await signIn(provider, 'portal', {}, browser);
    assert.equal(none.claims()?.acr, mfa);
  });

  it('never claims more than was shown: an error, and no loop', async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: [mfa] } } });
    for (const more of [{ acr_values: mfa }, { claims }]) {
      provider.wishes.length = 0;
      const answer = await ask(more as Record<string, string>);
      assert.equal(errorOf(answer.at), 'unmet_authentication_requirements');
      assert.ok(provider.wishes.length <= 3);
    }
    provider.person.answer = () => 'cannot';
    assert.equal(errorOf((await ask({ claims })).at), 'unmet_authentication_requirements');
    provider.person.answer = () => [password(), text()];
    const unknown = JSON.stringify({ id_token: { acr: { essential: true, value: 'gold' } } });
    assert.equal(errorOf((await ask({ claims: unknown })).at), 'unmet_authentication_requirements');
    assert.ok((await ask({ acr_values: 'gold silver' })).at.searchParams.get('code'));
  });

  it('tells an application when the person gave up or a policy refuses', async () => {
    provider.person.answer = () => 'gives-up';
    assert.equal(errorOf((await ask({})).at), 'access_denied');
    provider.person.answer = () => [password()];
    const { browser } = await signIn(provider, 'portal');
    provider.person.judge = () => 'never';
    assert.equal(errorOf((await ask({}, browser)).at), 'access_denied');
    assert.equal(errorOf((await ask({ prompt: 'none' }, browser)).at), 'access_denied');
  });

  it('asks once more when a policy wants more, and then says so', async () => {
    const { browser } = await signIn(provider, 'portal');
    provider.person.judge = () => 'more';
    assert.equal(errorOf((await ask({}, browser)).at), 'unmet_authentication_requirements');
    assert.ok(provider.wishes.length <= 4);
  });

  it('takes an id_token_hint for the person, and lets nobody else in for it', async () => {
    const { browser, tokens } = await signIn(provider, 'portal');
    const hint = { id_token_hint: tokens.id_token ?? '' };
    assert.ok((await ask({ ...hint, prompt: 'none' }, browser)).at.searchParams.get('code'));
    provider.person.who = await provider.addUser(`taro-${Date.now()}`);
    const other = await signIn(provider, 'portal', { prompt: 'login' }, browser);
    assert.equal(other.tokens.claims()?.sub, provider.person.who);
    assert.equal(errorOf((await ask({ ...hint, prompt: 'none' }, browser)).at), 'login_required');
    const again = await ask(hint, browser);
    assert.equal(errorOf(again.at), 'login_required', `${again.at.href} ${again.body}`);
    assert.equal(errorOf((await ask({ id_token_hint: 'made.up.hint' }, browser)).at), 'invalid_request');
  });

  it('lets another person sign in, who gets nothing of the first', async () => {
    const first = await signIn(provider, 'portal');
    provider.person.who = await provider.addUser(`jiro-${Date.now()}`);
    const second = await signIn(provider, 'portal', { prompt: 'login' }, first.browser);
    assert.equal(second.tokens.claims()?.sub, provider.person.who);
    const asked = await client.tokenIntrospection(first.configuration, first.tokens.access_token);
    assert.equal(asked.active, false);
  });

  it('forgets a session that is over behind the door', async () => {
    const { browser } = await signIn(provider, 'portal');
    provider.sessions.clear();
    assert.equal(errorOf((await ask({ prompt: 'none' }, browser)).at), 'login_required');
  });

  it('keeps two tabs apart', async () => {
    const browser = new Browser();
    const configuration = await provider.as('portal');
    const [one, two] = [await newRequest(), await newRequest()];
    const pathOf = async (request: typeof one) =>
      (
        await browser.fetch(client.buildAuthorizationUrl(configuration, request.parameters), inAFrame)
      ).headers.get('location');
    const [first, second] = [await pathOf(one), await pathOf(two)];
    for (const [path, request] of [
      [second, two],
      [first, one],
    ] as const) {
      const { at } = await browser.open(new URL(path ?? '', provider.url));
      assert.equal(at.searchParams.get('state'), request.state);
      assert.ok(at.searchParams.get('code'));
    }
  });

  it('binds a request to the browser that began it', async () => {
    const configuration = await provider.as('portal');
    const victim = await signIn(provider, 'portal');
    for (const [how, path] of [
      [undefined, /^\/oidc\/auth\/[\w-]+\?round=1$/],
      [inAFrame, /^\/oidc-interaction\/[\w-]+$/],
    ] as const) {
      const started = await new Browser().fetch(
        client.buildAuthorizationUrl(configuration, (await newRequest()).parameters),
        how,
      );
      const to = started.headers.get('location') ?? '';
      assert.match(to, path);
      const begun = provider.wishes.length;
      for (const browser of [new Browser(), victim.browser]) {
        const elsewhere = await browser.fetch(new URL(to, provider.url));
        assert.ok(elsewhere.status >= 400, `${to}: ${elsewhere.status}`);
        assert.equal(elsewhere.headers.get('location'), null);
      }
      assert.equal(provider.wishes.length, begun);
    }
  });

  it('asks in the request that brought the question, with the cookies of both in one answer', async () => {
    const configuration = await provider.as('portal');
    const browser = new Browser();
    const begun = await browser.fetch(
      client.buildAuthorizationUrl(configuration, (await newRequest()).parameters),
    );
    assert.equal(begun.headers.get('location'), provider.wishes.at(-1)?.returnTo);
    const names = begun.headers.getSetCookie().map(line => line.slice(0, line.indexOf('=')));
    assert.deepEqual([...new Set(names.filter(name => !name.endsWith('.sig')))].sort(), [
      'genkan-oidc-interaction',
      'genkan-oidc-resume',
      'me',
    ]);
    assert.equal(new Set(names).size, names.length, 'none is set twice');
  });

  it('says that a question is over to who comes to it again, and asks nobody anew', async () => {
    const { browser, answer, tokens } = await signIn(provider, 'portal');
    assert.ok(tokens.access_token && answer.at.searchParams.get('code'));
    const { returnTo = '' } = provider.wishes.at(-1) ?? {};
    const begun = provider.wishes.length;
    const again = await browser.fetch(new URL(returnTo, provider.url));
    assert.ok(again.status >= 400);
    assert.match(await again.text(), /sign-in\.over/);
    assert.equal(provider.wishes.length, begun);
  });

  it('answers only at registered addresses, compared character by character', async () => {
    const configuration = await provider.as('portal');
    const mutations = [
      `${redirectUri}/`,
      `${redirectUri}?x=1`,
      `${redirectUri}#x`,
      `${redirectUri}%2e`,
      `${redirectUri}/../callback`,
      redirectUri.replace('callback', 'Callback'),
      redirectUri.replace('http:', 'https:'),
      redirectUri.replace('http:', 'HTTP:'),
      redirectUri.replace('127.0.0.1', '127.0.0.1.evil.example'),
      redirectUri.replace('127.0.0.1', 'evil@127.0.0.1'),
      redirectUri.replace('127.0.0.1', 'localhost'),
      redirectUri.replace('127.0.0.1', '[::1]'),
      redirectUri.replace('127.0.0.1:9', '127.0.0.1'),
      redirectUri.replace(':9/', ':10/'),
      'https://evil.example/',
      'javascript:alert(1)',
      'data:text/html,x',
      '//127.0.0.1:9/callback',
      `${redirectUri} `,
      '',
    ];
    for (const uri of mutations) {
      const request = await newRequest({ redirect_uri: uri });
      const response = await new Browser().fetch(
        client.buildAuthorizationUrl(configuration, request.parameters),
      );
      assert.equal(response.status, 400, uri);
      assert.equal(response.headers.get('location'), null, uri);
    }
  });

  it('wants PKCE with S256 of everyone, and only codes', async () => {
    const refusals: [Record<string, string | undefined>, string][] = [
      [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge_method: undefined }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ response_type: 'id_token' }, 'unsupported_response_type'],
      [{ response_type: 'code id_token' }, 'unsupported_response_type'],
      [{ request: 'a.b.c' }, 'request_not_supported'],
    ];
    for (const [change, error] of refusals) {
      const { parameters } = await newRequest();
      const url = client.buildAuthorizationUrl(await provider.as('portal'), parameters);
      for (const [key, value] of Object.entries(change))
        if (value === undefined) url.searchParams.delete(key);
        else url.searchParams.set(key, value);
      const { at } = await new Browser().open(url);
      const answered = new URLSearchParams(at.hash.slice(1) || at.search);
      assert.equal(answered.get('error'), error, JSON.stringify(change));
    }
  });

  it('publishes everything that it does, at its own address whatever the Host header says', async () => {
    const response = await fetch(`${provider.issuer}/.well-known/openid-configuration`, {
      headers: {
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'https',
        Forwarded: 'host=evil.example',
      },
    });
    const metadata = (await response.json()) as Record<string, unknown>;
    assert.ok(!JSON.stringify(metadata).includes('evil.example'));
    assert.equal(metadata.issuer, provider.issuer);
    assert.deepEqual(metadata.response_types_supported, ['code']);
    assert.deepEqual(metadata.grant_types_supported, ['authorization_code', 'refresh_token']);
    assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
    assert.deepEqual(metadata.ui_locales_supported, ['ja', 'en']);
    assert.ok((metadata.acr_values_supported as string[]).includes(mfa));
    for (const claim of ['sub', 'acr', 'amr', 'auth_time', 'name', 'email', 'groups'])
      assert.ok((metadata.claims_supported as string[]).includes(claim), claim);
    for (const endpoint of [
      'pushed_authorization_request',
      'revocation',
      'introspection',
      'end_session',
      'userinfo',
    ])
      assert.match(String(metadata[`${endpoint}_endpoint`]), new RegExp(`^${provider.issuer}/`));
    assert.equal(metadata.backchannel_logout_supported, true);
    assert.equal(metadata.authorization_response_iss_parameter_supported, true);
    assert.deepEqual(metadata.id_token_signing_alg_values_supported, ['RS256', 'ES256']);
  });

  it('hands a code over by a form that may go to the application and nowhere else', async () => {
    const { browser } = await signIn(provider, 'portal');
    const { parameters } = await newRequest({ response_mode: 'form_post' });
    const response = await browser.fetch(
      client.buildAuthorizationUrl(await provider.as('portal'), parameters),
    );
    const page = await response.text();
    assert.match(page, /<form method="post" action="http:\/\/127.0.0.1:9\/callback">/);
    assert.match(page, /name="code"/);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /form-action 'self' http:\/\/127.0.0.1:9;/);
    assert.match(policy, /script-src 'self' 'sha256-/);
    assert.match(policy, /default-src 'none'/);
  });

  it('stores no token, code, cookie or private key in clear', async () => {
    const { tokens, browser, answer } = await signIn(provider, 'portal');
    await ask({}, browser);
    const { rows } = await provider.storage.db
      .selectFrom('oidc_payloads')
      .selectAll()
      .execute()
      .then(rows => ({ rows }));
    const dump = JSON.stringify([
      rows,
      await provider.storage.db.selectFrom('signing_keys').selectAll().execute(),
    ]);
    const cookies = browser
      .header('/')
      .split('; ')
      .map(pair => pair.split('=')[1] ?? '');
    for (const secret of [
      tokens.access_token,
      tokens.refresh_token,
      answer.at.searchParams.get('code'),
      ...cookies,
    ]) {
      assert.ok(secret);
      assert.ok(!dump.includes(secret), secret);
    }
  });
});
