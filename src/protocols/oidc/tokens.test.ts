import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as client from 'openid-client';
import { hours, seconds } from '../../kit/clock.ts';
import {
  Browser,
  newRequest,
  password,
  redirectUri,
  signIn,
  startTestProvider,
  type TestProvider,
} from './testing.ts';

describe('what an application does with codes and tokens', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startTestProvider();
  });
  after(() => provider.close());
  beforeEach(() => {
    provider.person.answer = () => [password()];
    provider.person.who = provider.user;
    provider.errors.length = 0;
  });

  /** Asks as any program could, without a library that would refuse to. */
  async function post(path: string, fields: Record<string, string>, as = 'portal', secret = `${as}-secret`) {
    const response = await fetch(`${provider.issuer}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${as}:${secret}`).toString('base64')}` },
      body: new URLSearchParams(fields),
    });
    const body = await response.text();
    return {
      status: response.status,
      body: (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>,
    };
  }

  async function codeFor(id = 'portal') {
    const configuration = await provider.as(id);
    const request = await newRequest();
    const { at } = await new Browser().open(client.buildAuthorizationUrl(configuration, request.parameters));
    return {
      grant_type: 'authorization_code',
      code: at.searchParams.get('code') ?? '',
      code_verifier: request.verifier,
      redirect_uri: redirectUri,
    };
  }

  const refresh = (token: unknown, as = 'portal') =>
    post('/token', { grant_type: 'refresh_token', refresh_token: String(token) }, as);
  const isActive = async (token: unknown, as = 'portal') =>
    (await post('/token/introspection', { token: String(token) }, as)).body.active;
  const refusals = async () =>
    (await provider.storage.db.selectFrom('audit_records').selectAll().execute()).filter(
      record => record.kind === 'token.refused',
    ).length;

  it('gives nothing for a code that is presented twice, and takes back what it gave', async () => {
    const grant = await codeFor();
    const first = await post('/token', grant);
    assert.equal(first.status, 200);
    assert.equal(await isActive(first.body.access_token), true);
    const before = await refusals();
    const second = await post('/token', grant);
    assert.equal(second.status, 400);
    assert.equal(second.body.error, 'invalid_grant');
    assert.equal(await isActive(first.body.access_token), false);
    assert.equal((await refresh(first.body.refresh_token)).body.error, 'invalid_grant');
    assert.equal(await refusals(), before + 1);
  });

  it('serves one of fifty who come with the same code at once, and then nobody', async () => {
    const grant = await codeFor();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('/token', grant)));
    const served = answers.filter(answer => answer.status === 200);
    assert.equal(served.length, 1);
    for (const { status, body } of answers)
      if (status !== 200) assert.deepEqual([status, body.error], [400, 'invalid_grant']);
    assert.equal(await isActive(served[0]?.body.access_token), false);
    assert.equal((await refresh(served[0]?.body.refresh_token)).body.error, 'invalid_grant');
    assert.equal((await post('/token', await codeFor())).status, 200);
  });

  it('binds a code to its application, address and verifier', async () => {
    for (const [change, as] of [
      [{ code_verifier: 'x'.repeat(43) }, 'portal'],
      [{ code_verifier: '' }, 'portal'],
      [{ redirect_uri: `${redirectUri}/` }, 'portal'],
      [{}, 'library'],
      [{ code: 'x'.repeat(43) }, 'portal'],
    ] as [Record<string, string>, string][]) {
      const grant = await codeFor();
      const { status, body } = await post('/token', { ...grant, ...change }, as);
      assert.equal(status, 400, JSON.stringify([change, as]));
      assert.ok(['invalid_grant', 'invalid_request'].includes(String(body.error)), JSON.stringify(body));
    }
  });

  it('refuses a code after a minute', async () => {
    const grant = await codeFor();
    await provider.storage.db
      .updateTable('oidc_payloads')
      .set(({ fn, val }) => ({
        payload: fn('jsonb_set', ['payload', val('{exp}'), val(String(Math.floor(Date.now() / 1000) - 1))]),
      }))
      .where('model', '=', 'AuthorizationCode')
      .execute();
    assert.equal((await post('/token', grant)).body.error, 'invalid_grant');
    const fresh = await codeFor();
    const { payload } = await provider.storage.db
      .selectFrom('oidc_payloads')
      .select('payload')
      .where('model', '=', 'AuthorizationCode')
      .orderBy('expires_at', 'desc')
      .executeTakeFirstOrThrow();
    assert.equal(Number(payload.exp) - Number(payload.iat), 60);
    assert.equal((await post('/token', fresh)).status, 200);
  });

  it('knows no other grants', async () => {
    for (const grant_type of ['password', 'implicit', 'client_credentials', 'urn:made:up'])
      assert.equal(
        (await post('/token', { grant_type, username: 'hanako', password: 'x' })).body.error,
        'unsupported_grant_type',
      );
  });

  it('rotates refresh tokens, with an ID token that still says when and how the person signed in', async () => {
    const { tokens, configuration } = await signIn(provider, 'portal');
    const again = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    assert.notEqual(again.refresh_token, tokens.refresh_token);
    assert.equal(again.claims()?.auth_time, tokens.claims()?.auth_time);
    assert.deepEqual(again.claims()?.amr, ['pwd']);
    const third = await client.refreshTokenGrant(configuration, again.refresh_token ?? '');
    assert.equal(await isActive(third.access_token), true);
  });

  it('ends everything when a refresh token is used again', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const next = await refresh(tokens.refresh_token);
    assert.equal(next.status, 200);
    assert.equal((await refresh(tokens.refresh_token)).body.error, 'invalid_grant');
    assert.equal((await refresh(next.body.refresh_token)).body.error, 'invalid_grant');
    assert.equal(await isActive(next.body.access_token), false);
    assert.equal(await isActive(tokens.access_token), false);
  });

  it('serves one of twenty who refresh with one token at once', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(tokens.refresh_token)));
    assert.equal(answers.filter(answer => answer.status === 200).length, 1);
    const winner = answers.find(answer => answer.status === 200);
    assert.equal(await isActive(winner?.body.access_token), false);
    assert.equal((await refresh(winner?.body.refresh_token)).body.error, 'invalid_grant');
  });

  it('refuses an application that cannot show its secret', async () => {
    const grant = await codeFor();
    assert.equal((await post('/token', grant, 'portal', 'wrong')).status, 401);
    assert.equal((await post('/token', grant, 'nobody', 'x')).status, 401);
    const inBody = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...grant, client_id: 'portal', client_secret: 'portal-secret ' }),
    });
    assert.equal(inBody.status, 401);
    const none = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...grant, client_id: 'portal' }),
    });
    assert.equal(none.status, 401);
    assert.equal((await post('/token', grant)).status, 200);
  });

  it('serves a public application by PKCE alone', async () => {
    const { tokens, configuration } = await signIn(provider, 'spa');
    const again = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    assert.ok(again.access_token);
  });

  it('takes requests pushed beforehand, once, and only so from an application that must', async () => {
    const configuration = await provider.as('pushed');
    const browser = new Browser();
    const request = await newRequest();
    const url = await client.buildAuthorizationUrlWithPAR(configuration, request.parameters);
    assert.ok(!url.href.includes(request.state));
    const { at } = await browser.open(url);
    assert.ok(at.searchParams.get('code'));
    const again = await browser.fetch(url);
    assert.equal(again.headers.get('location'), null);
    assert.equal(again.status, 400);

    const plain = await new Browser().open(
      client.buildAuthorizationUrl(configuration, (await newRequest()).parameters),
    );
    assert.equal(plain.at.searchParams.get('error'), 'invalid_request');

    const foreign = await client.buildAuthorizationUrlWithPAR(configuration, (await newRequest()).parameters);
    foreign.searchParams.set('client_id', 'portal');
    assert.equal((await new Browser().fetch(foreign)).status, 400);
  });

  it('gives one code for a pushed request that is opened many times at once', async () => {
    const configuration = await provider.as('pushed');
    const { browser } = await signIn(provider, 'portal');
    const url = await client.buildAuthorizationUrlWithPAR(configuration, (await newRequest()).parameters);
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.fetch(url)));
    const codes = answers.filter(answer => answer.headers.get('location')?.includes('code='));
    assert.equal(codes.length, 1);
  });

  it('tells an application about its own tokens, and a resource server about all', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const own = (await post('/token/introspection', { token: tokens.access_token })).body;
    assert.equal(own.active, true);
    assert.equal(own.sub, provider.user);
    assert.equal(own.client_id, 'portal');
    assert.equal(await isActive(tokens.access_token, 'resource'), true);
    assert.equal(await isActive(tokens.refresh_token, 'resource'), true);
    assert.equal(await isActive(tokens.access_token, 'library'), false);
    assert.equal(await isActive('x'.repeat(43)), false);
    assert.equal(
      (await post('/token/introspection', { token: tokens.access_token }, 'portal', 'no')).status,
      401,
    );
  });

  it('forgets what an application gives back, with everything that came of it', async () => {
    for (const which of ['access_token', 'refresh_token'] as const) {
      const { tokens } = await signIn(provider, 'portal');
      assert.equal(
        (await post('/token/revocation', { token: String(tokens[which]) }, 'library')).status,
        200,
      );
      assert.equal(await isActive(tokens.access_token), true);
      assert.equal((await post('/token/revocation', { token: String(tokens[which]) })).status, 200);
      assert.equal(await isActive(tokens.access_token), false);
      assert.equal((await refresh(tokens.refresh_token)).body.error, 'invalid_grant');
    }
  });

  it('refuses every token of a person from the moment the office says so', async () => {
    const info = (token: string) =>
      fetch(`${provider.issuer}/me`, { headers: { authorization: `Bearer ${token}` } });
    const ways = {
      disabled: { enabled: false },
      'whose sessions were revoked': { valid_from: Date.now() + 1 },
    };
    for (const [what, change] of Object.entries(ways)) {
      const user = await provider.addUser(`${what}-${Date.now()}`);
      provider.person.who = user;
      const { tokens, browser } = await signIn(provider, 'kept', {
        scope: 'openid offline_access',
        prompt: 'consent',
      });
      const grant = await codeFor('kept');
      assert.equal((await info(tokens.access_token)).status, 200);
      const at = 'valid_from' in change ? { valid_from: Date.now() + 1 } : change;
      await provider.storage.db.updateTable('users').set(at).where('id', '=', user).execute();
      assert.equal((await info(tokens.access_token)).status, 401, what);
      assert.equal(await isActive(tokens.access_token, 'kept'), false, what);
      assert.equal(await isActive(tokens.refresh_token, 'kept'), false, what);
      assert.equal((await refresh(tokens.refresh_token, 'kept')).body.error, 'invalid_grant', what);
      assert.equal((await post('/token', grant, 'kept')).body.error, 'invalid_grant', what);
      assert.ok(browser);
    }
  });

  it('refuses the tokens of an application that was switched off', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const portal = provider.applications.get('portal');
    assert.ok(portal);
    provider.applications.delete('portal');
    await new Promise(resolve => setTimeout(resolve, 1_050));
    assert.equal(await isActive(tokens.access_token, 'resource'), false);
    assert.equal((await refresh(tokens.refresh_token)).status, 401);
    const info = await fetch(`${provider.issuer}/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    assert.equal(info.status, 401);
    provider.applications.set('portal', portal);
    await new Promise(resolve => setTimeout(resolve, 1_050));
    assert.equal((await refresh(tokens.refresh_token)).status, 200);
  });

  it('takes an access token in the header or the body, and never in the address', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const url = new URL(`${provider.issuer}/me`);
    const inBody = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ access_token: tokens.access_token }),
    });
    assert.equal(inBody.status, 200);
    url.searchParams.set('access_token', tokens.access_token);
    assert.equal((await fetch(url)).status, 400);
    assert.equal(
      (await fetch(`${provider.issuer}/me`, { headers: { authorization: `Bearer ${tokens.id_token}` } }))
        .status,
      401,
    );
  });

  it('keeps both applications when two are entered at the same moment', async () => {
    const { browser } = await signIn(provider, 'portal');
    const both = await Promise.all(['library', 'told', 'spa'].map(id => signIn(provider, id, {}, browser)));
    for (const { tokens, configuration } of both)
      assert.ok((await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).access_token);
  });

  it('survives nonsense with a refusal', async () => {
    const long = 'openid '.repeat(20_000);
    const request = await newRequest();
    const bodies: [string, string][] = [
      ['/token', `grant_type=refresh_token&refresh_token=${'x'.repeat(50_000)}`],
      ['/token', 'grant_type=authorization_code&code=%00&redirect_uri=x&code_verifier=y'],
      ['/token', 'grant_type=authorization_code&grant_type=refresh_token'],
      ['/request', new URLSearchParams({ ...request.parameters, scope: long }).toString()],
      [
        '/request',
        new URLSearchParams({ ...request.parameters, claims: '{"id_token":{"acr":7}}' }).toString(),
      ],
      ['/token/introspection', 'token=%00%ff'],
    ];
    for (const [path, body] of bodies) {
      const response = await fetch(`${provider.issuer}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from('portal:portal-secret').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body,
      });
      assert.ok(response.status < 500, `${path} ${body.slice(0, 60)} ${response.status}`);
    }
    for (const claims of [
      'null',
      '[]',
      '{"id_token":null}',
      '{"id_token":{"acr":7}}',
      '{"id_token":{"sub":{"value":7}}}',
      '{"__proto__":1}',
    ]) {
      const { parameters } = await newRequest({ claims });
      const { at, status } = await new Browser().open(
        client.buildAuthorizationUrl(await provider.as('portal'), parameters),
      );
      assert.ok(status < 500, claims);
      assert.notEqual(at.searchParams.get('error'), 'server_error', claims);
    }
    assert.deepEqual(provider.errors, []);
  });

  it('takes a refresh token for a day without use and for fourteen in all, and not a second longer', async t => {
    // oidc-provider reads the time itself. Here it passes where the story says so: the last one, since it goes back.
    const from = Math.ceil(Date.now() / 1000) * 1000;
    t.mock.timers.enable({ apis: ['Date'], now: from });
    const kept = { scope: 'openid offline_access', prompt: 'consent' };
    const { tokens } = await signIn(provider, 'kept', kept);
    const { tokens: unused } = await signIn(provider, 'kept', kept);
    const at = async (passed: number, token: unknown) => {
      t.mock.timers.setTime(from + passed);
      return refresh(token, 'kept');
    };
    const [day, second] = [hours(24), seconds(1)];
    const idle = await at(day - second, unused.refresh_token);
    assert.equal(idle.status, 200, JSON.stringify(idle.body));
    const later = await at(2 * day - second, idle.body.refresh_token);
    assert.equal(later.body.error, 'invalid_grant', 'a day after it was last used');

    t.mock.timers.setTime(from);
    let last: unknown = tokens.refresh_token;
    for (let half = 1; half < 28; half++) {
      const { status, body } = await at((half * day) / 2, last);
      assert.equal(status, 200, `after ${half / 2} days: ${JSON.stringify(body)}`);
      last = body.refresh_token;
    }
    const atLast = await at(14 * day - second, last);
    assert.equal(atLast.status, 200, JSON.stringify(atLast.body));
    const over = await at(14 * day, atLast.body.refresh_token);
    assert.equal(over.body.error, 'invalid_grant', 'after fourteen days');
    assert.equal((await signIn(provider, 'kept', kept)).tokens.token_type, 'bearer');
  });
});
