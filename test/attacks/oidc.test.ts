import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { seconds } from '../../src/kit/clock.ts';
import { acrValues } from '../../src/policies/index.ts';
import { campus } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';
import { assertNotSignedIn, assertSignedIn, isSignedIn, query, type Resident, scene } from './scene.ts';

const callback = 'http://localhost:9/portal/callback';
const bye = 'http://localhost:9/portal/bye';
const apps = new Map<string, string>();

const at = scene(async house => {
  await house.given.campusSkip();
  for (const [id, settings] of Object.entries({
    portal: { redirectUris: [callback], postLogoutRedirectUris: [bye] },
    library: { redirectUris: ['http://localhost:9/library/callback'] },
    kept: { redirectUris: ['http://localhost:9/kept/callback'], offlineAccess: true },
    pushed: { redirectUris: ['http://localhost:9/pushed/callback'], requirePar: true },
    onPhone: {
      redirectUris: ['http://localhost:9/onPhone/callback'],
      tokenEndpointAuthMethod: 'none' as const,
      native: true,
    },
    spa: { redirectUris: ['http://localhost:9/spa/callback'], tokenEndpointAuthMethod: 'none' as const },
  })) {
    const { secret } = await house.given.application(id, settings);
    apps.set(id, secret ?? '');
  }
});
const office = { is: 'office', name: 'test' } as const;
const [, multiFactor] = acrValues;

interface Asked {
  readonly client: string;
  readonly verifier: string;
  readonly parameters: Record<string, string>;
}

function ask(client = 'portal', more: Record<string, string> = {}): Asked {
  const verifier = randomBytes(32).toString('base64url');
  return {
    client,
    verifier,
    parameters: {
      client_id: client,
      response_type: 'code',
      redirect_uri: `http://localhost:9/${client}/callback`,
      scope: 'openid profile',
      state: randomBytes(8).toString('hex'),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    },
  };
}

const authorize = (parameters: Record<string, string>): string =>
  `/oidc/auth?${new URLSearchParams(parameters)}`;

/** Follows redirects and pages that move on, answers what it is asked, and stops where the application would take over. */
async function go(visitor: Visitor, path: string, who?: Resident): Promise<URL | undefined> {
  let next = path;
  for (let hop = 0; hop < 40; hop++) {
    const at9 = new URL(next, at.house.url);
    if (at9.port === '9') return at9;
    const response = await visitor.request(next);
    const html = await response.text();
    const location =
      response.headers.get('location') ?? /http-equiv="refresh" content="0;url=([^"]*)"/.exec(html)?.[1];
    if (location) {
      next = new URL(location.replaceAll('&amp;', '&'), at9).href;
      continue;
    }
    if (!/\/sign-in\//.test(at9.pathname) || !who) {
      await visitor.open(next);
      return undefined;
    }
    await visitor.open(next);
    const has = (end: string): boolean => visitor.page.forms.some(({ action }) => action.endsWith(end));
    const form = (end: string) => visitor.page.forms.find(({ action }) => action.endsWith(end));
    const fields = has('/identify')
      ? { account: who.loginName }
      : has('/password')
        ? { password: 'sakura saku michi' }
        : has('/answer')
          ? { code: await who.phone.code() }
          : has('/ask')
            ? { way: 'mobile text' }
            : has('/stay')
              ? { stay: 'no' }
              : undefined;
    const end = ['/identify', '/password', '/answer', '/ask', '/stay'].find(has);
    if (!fields || !end) return undefined;
    const sent = await visitor.request(new URL(form(end)?.action ?? '', visitor.page.url).pathname, {
      method: 'POST',
      body: new URLSearchParams({ csrf: form(end)?.fields.csrf ?? '', ...fields }),
    });
    const page = await sent.text();
    const moved =
      sent.headers.get('location') ?? /http-equiv="refresh" content="0;url=([^"]*)"/.exec(page)?.[1];
    if (!moved) return undefined;
    next = new URL(moved.replaceAll('&amp;', '&'), at9).href;
  }
  throw new Error('a loop');
}

interface Answer {
  readonly status: number;
  readonly access_token?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly error?: string;
}

async function token(client: string, fields: Record<string, string>): Promise<Answer> {
  const secret = apps.get(client);
  const response = await fetch(`${at.house.url}/oidc/token`, {
    method: 'POST',
    headers: secret
      ? { authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` }
      : {},
    body: new URLSearchParams(secret ? fields : { client_id: client, ...fields }),
  });
  return { ...((await response.json()) as Omit<Answer, 'status'>), status: response.status };
}

const redeem = (asked: Asked, code: string, more: Record<string, string> = {}): Promise<Answer> =>
  token(asked.client, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: asked.parameters.redirect_uri ?? '',
    code_verifier: asked.verifier,
    ...more,
  });

async function signIn(visitor: Visitor, who: Resident, asked = ask()): Promise<Answer> {
  const answer = await go(visitor, authorize(asked.parameters), who);
  assert.ok(answer?.searchParams.get('code'), `${answer} ${visitor.page.text}`);
  return redeem(asked, answer?.searchParams.get('code') ?? '');
}

const claimsOf = (tokens: Answer): Record<string, unknown> =>
  JSON.parse(Buffer.from(tokens.id_token?.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

const userinfo = async (access: string | undefined): Promise<number> => {
  const response = await fetch(`${at.house.url}/oidc/me`, { headers: { authorization: `Bearer ${access}` } });
  await response.arrayBuffer();
  return response.status;
};

async function isActive(client: string, value: string | undefined): Promise<boolean> {
  const response = await fetch(`${at.house.url}/oidc/token/introspection`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${apps.get(client)}`).toString('base64')}` },
    body: new URLSearchParams({ token: value ?? '' }),
  });
  return ((await response.json()) as { active?: boolean }).active === true;
}

test('a redirect address is the registered one, sign by sign: sixty others lead nowhere', async () => {
  const person = await at.resident('Redirected');
  const mutations = [
    'http://localhost:9/portal/callback/',
    'http://localhost:9/portal/callback?',
    'http://localhost:9/portal/callback#',
    'http://localhost:9/portal/callback?x=1',
    'http://localhost:9/portal/Callback',
    'HTTP://localhost:9/portal/callback',
    'http://LOCALHOST:9/portal/callback',
    'https://localhost:9/portal/callback',
    'http://localhost/portal/callback',
    'http://localhost:99/portal/callback',
    'http://localhost:09/portal/callback',
    'http://127.0.0.1:9/portal/callback',
    'http://[::1]:9/portal/callback',
    'http://localhost.evil.example:9/portal/callback',
    'http://localhost:9@evil.example/portal/callback',
    'http://evil@localhost:9/portal/callback',
    'http://localhost:9.evil.example/portal/callback',
    'http://evil.example/portal/callback',
    'http://evil.example#http://localhost:9/portal/callback',
    'http://evil.example?http://localhost:9/portal/callback',
    'http://localhost:9/portal/callback/../evil',
    'http://localhost:9/portal/./callback',
    'http://localhost:9/portal/%63allback',
    'http://localhost:9/portal%2fcallback',
    'http://localhost:9/portal//callback',
    'http://localhost:9//portal/callback',
    'http://localhost:9/portal\\callback',
    'http:\\\\localhost:9\\portal\\callback',
    'http:/localhost:9/portal/callback',
    'http:localhost:9/portal/callback',
    '//localhost:9/portal/callback',
    '/portal/callback',
    'portal/callback',
    '',
    ' ',
    'http://localhost:9/portal/callback ',
    ' http://localhost:9/portal/callback',
    'http://localhost:9/portal/callback\n',
    'http://localhost:9/portal/callback%00',
    'http://localhost:9/portal/callback%0d%0aLocation:%20http://evil.example',
    'http://localhost:9/library/callback',
    'http://localhost:9/*',
    'http://*:9/portal/callback',
    'javascript:alert(1)//http://localhost:9/portal/callback',
    'data:text/html,x',
    'file:///portal/callback',
    'blob:http://localhost:9/portal/callback',
    'http://localhost:9/portal/callback;x',
    'http://localhost:9/portal;/callback',
    'http://ｌocalhost:9/portal/callback',
    'http://localhost：9/portal/callback',
    'http://loca\u00adlhost:9/portal/callback',
    'http://localhost:9/portal/callback\u200b',
    'http://localhost%2eevil.example:9/portal/callback',
    'http://localhost:9/portal/callback&redirect_uri=http://evil.example',
    'http://localhost:9?/portal/callback',
    'http://localhost:9/portal/callback%23',
    'http://localhost:9/portal/callback%3fx',
    'com.evil:/portal/callback',
    'http://0:9/portal/callback',
  ];
  assert.ok(mutations.length >= 60, String(mutations.length));
  const visitor = at.house.visitor();
  for (const redirect_uri of mutations) {
    const response = await visitor.request(authorize(ask('portal', { redirect_uri }).parameters));
    const body = await response.text();
    assert.equal(response.status, 400, `${redirect_uri}: ${response.headers.get('location')}`);
    assert.equal(response.headers.get('location'), null, redirect_uri);
    assert.doesNotMatch(body, /http-equiv="refresh"|href="(?!\/)[^"]*(evil|callback)/, redirect_uri);
  }
  const twice = `${authorize(ask().parameters)}&redirect_uri=${encodeURIComponent('http://evil.example')}`;
  assert.equal((await visitor.request(twice)).status, 400);
  assert.equal((await signIn(visitor, person)).status, 200);
});

test('after a sign-out nobody is sent to an address that is not the application’s', async () => {
  const person = await at.resident('LoggedOut');
  const visitor = at.house.visitor();
  const tokens = await signIn(visitor, person);
  for (const post_logout_redirect_uri of [
    'http://evil.example',
    `${bye}/`,
    `${bye}?x`,
    'javascript:alert(1)',
    callback,
  ]) {
    const response = await visitor.request(
      `/oidc/session/end?${new URLSearchParams({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri })}`,
    );
    await response.arrayBuffer();
    assert.equal(response.status, 400, post_logout_redirect_uri);
  }
  await assertSignedIn(visitor);
  // Without an ID token any page may have sent the browser here: the person is asked.
  await go(visitor, `/oidc/session/end?client_id=portal`);
  await assertSignedIn(visitor);
  const to = await go(
    visitor,
    `/oidc/session/end?${new URLSearchParams({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye, state: 'x' })}`,
  );
  assert.equal(to?.href, `${bye}?state=x`);
  await assertNotSignedIn(visitor);
});

test('without PKCE, with a weak one, or with another verifier there are no tokens', async () => {
  const person = await at.resident('Pkce');
  const visitor = at.house.visitor();
  await signIn(visitor, person);
  for (const without of [
    { code_challenge: '', code_challenge_method: '' },
    { code_challenge_method: 'plain' },
    { code_challenge: 'short' },
    { code_challenge_method: 'S512' },
  ]) {
    const parameters = Object.fromEntries(
      Object.entries({ ...ask().parameters, ...without }).filter(([, value]) => value !== ''),
    );
    const answer = await go(visitor, authorize(parameters), person);
    assert.equal(answer?.searchParams.get('code') ?? null, null, JSON.stringify(without));
  }
  for (const wrong of [
    { code_verifier: '' },
    { code_verifier: randomBytes(32).toString('base64url') },
    { redirect_uri: 'http://localhost:9/library/callback' },
  ]) {
    const asked = ask();
    const answer = await go(visitor, authorize(asked.parameters), person);
    const tokens = await redeem(asked, answer?.searchParams.get('code') ?? '', wrong);
    assert.equal(tokens.status, 400, JSON.stringify(wrong));
    assert.equal(tokens.access_token, undefined);
  }
  assert.equal((await signIn(visitor, person)).status, 200);
});

test('a code is good for its application, once; a thief who comes second ends what the first one got', async () => {
  const person = await at.resident('CodeOnce');
  const visitor = at.house.visitor();
  const asked = ask();
  const answer = await go(visitor, authorize(asked.parameters), person);
  const code = answer?.searchParams.get('code') ?? '';
  assert.equal(answer?.searchParams.get('iss'), `${at.house.url}/oidc`);
  assert.equal(
    (
      await token('library', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: callback,
        code_verifier: asked.verifier,
      })
    ).error,
    'invalid_grant',
  );

  const raced = ask();
  const second = await go(visitor, authorize(raced.parameters), person);
  const racedCode = second?.searchParams.get('code') ?? '';
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(raced, racedCode)));
  const served = answers.filter(each => each.status === 200);
  assert.ok(served.length <= 1, `${served.length} were served`);
  for (const each of served)
    assert.equal(
      await userinfo(each.access_token),
      401,
      'the tokens of a code that was used twice still speak',
    );

  assert.equal((await signIn(visitor, person)).status, 200);
});

test('a refresh token that was used comes back as a thief’s, and its whole family ends', async () => {
  const person = await at.resident('Family');
  const visitor = at.house.visitor();
  const first = await signIn(
    visitor,
    person,
    ask('kept', { scope: 'openid offline_access', prompt: 'consent' }),
  );
  assert.ok(first.refresh_token, JSON.stringify(first));
  const refresh = (value: string | undefined, client = 'kept') =>
    token(client, { grant_type: 'refresh_token', refresh_token: value ?? '' });
  assert.equal((await refresh(first.refresh_token, 'library')).error, 'invalid_grant');
  const second = await refresh(first.refresh_token);
  assert.equal(second.status, 200);
  const [a, b] = await Promise.all([refresh(second.refresh_token), refresh(second.refresh_token)]);
  assert.ok([a, b].filter(each => each.status === 200).length <= 1, 'one refresh token made two');
  assert.equal((await refresh(first.refresh_token)).error, 'invalid_grant');
  for (const value of [a.refresh_token, b.refresh_token, second.refresh_token])
    if (value) assert.equal((await refresh(value)).error, 'invalid_grant', 'a child of a stolen token lives');
  assert.equal(await userinfo(second.access_token), 401);
  assert.equal(
    (await signIn(visitor, person, ask('kept', { scope: 'openid offline_access', prompt: 'consent' })))
      .status,
    200,
  );
});

test('whoever is disabled, revoked or reset has no token from that moment: not to look, not to refresh, not to ask about', async () => {
  const { directory } = at.house.foundation;
  for (const act of ['disable', 'revokeSessions', 'removeMethods'] as const) {
    const person = await at.resident(`Token${act}`);
    const visitor = at.house.visitor();
    const tokens = await signIn(
      visitor,
      person,
      ask('kept', { scope: 'openid offline_access', prompt: 'consent' }),
    );
    assert.equal(await userinfo(tokens.access_token), 200);
    assert.ok(await isActive('kept', tokens.access_token));
    const asked = ask();
    const answer = await go(visitor, authorize(asked.parameters), person);
    at.house.clock.pass(1);
    await directory.office[act](person.id, office);
    assert.equal(await userinfo(tokens.access_token), 401, act);
    assert.equal(await isActive('kept', tokens.access_token), false, act);
    assert.equal(await isActive('kept', tokens.refresh_token), false, act);
    assert.equal(
      (await token('kept', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })).error,
      'invalid_grant',
      act,
    );
    assert.equal((await redeem(asked, answer?.searchParams.get('code') ?? '')).error, 'invalid_grant', act);
    const silent = await go(visitor, authorize(ask('portal', { prompt: 'none' }).parameters));
    assert.equal(silent?.searchParams.get('error'), 'login_required', act);
    if (act === 'disable') await directory.office.enable(person.id, office);
    if (act === 'removeMethods') continue;
    assert.equal((await signIn(at.house.visitor(), person)).status, 200, act);
  }
});

test('the campus proves nothing: an application hears what was shown, and one that demands MFA gets it or an error', async () => {
  const person = await at.resident('Honest');
  const visitor = at.house.visitor({ address: campus });
  const plain = claimsOf(await signIn(visitor, person));
  assert.notEqual(plain.acr, multiFactor);
  assert.deepEqual(plain.amr, ['pwd']);
  const claims = JSON.stringify({ id_token: { acr: { essential: true, value: multiFactor } } });
  for (const demand of [{ acr_values: multiFactor }, { claims }]) {
    const silent = await go(visitor, authorize(ask('portal', { ...demand, prompt: 'none' }).parameters));
    assert.match(silent?.searchParams.get('error') ?? '', /required|unmet/, JSON.stringify(demand));
  }
  const asked = ask('portal', { acr_values: multiFactor });
  const answer = await go(visitor, authorize(asked.parameters), person);
  const stepped = claimsOf(await redeem(asked, answer?.searchParams.get('code') ?? ''));
  assert.equal(stepped.acr, multiFactor);
  assert.ok((stepped.amr as string[]).includes('sms'));

  const phoneless = await at.resident('Dishonest', { phoneless: true });
  const thief = at.house.visitor({ address: campus });
  const refused = await go(
    thief,
    authorize(
      ask('portal', {
        acr_values: 'urn:made:up',
        claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'phr' } } }),
      }).parameters,
    ),
    phoneless,
  );
  assert.equal(refused?.searchParams.get('code') ?? null, null);
});

test('a session that began on campus gives no code at home before more was shown', async () => {
  const person = await at.resident('Traveller');
  const onCampus = at.house.visitor({ address: campus });
  await signIn(onCampus, person);
  const atHome = at.house.visitor();
  for (const [name, value] of onCampus.cookies) atHome.cookies.set(name, value);
  const silent = await go(atHome, authorize(ask('portal', { prompt: 'none' }).parameters));
  assert.equal(silent?.searchParams.get('code') ?? null, null, silent?.href);
  assert.match(silent?.searchParams.get('error') ?? '', /required/);
  const tokens = await signIn(atHome, person);
  assert.deepEqual([...(claimsOf(tokens).amr as string[])].sort().includes('sms'), true);
});

test('what was never offered is not answered: other grants, other response types, tokens in the address, made-up applications', async () => {
  const person = await at.resident('Unsupported');
  const visitor = at.house.visitor();
  await signIn(visitor, person);
  for (const response_type of ['token', 'id_token', 'code token', 'code id_token', 'none', 'code ', '']) {
    const answer = await go(
      visitor,
      authorize(ask('portal', { response_type, nonce: 'n' }).parameters),
      person,
    );
    assert.doesNotMatch(answer?.href ?? '', /access_token=|id_token=|[?#&]code=/, response_type);
  }
  for (const grant of [
    { grant_type: 'password', username: person.loginName, password: 'sakura saku michi' },
    { grant_type: 'client_credentials' },
    { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: 'x' },
    { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' },
    {},
  ]) {
    const answer = await token('portal', grant as Record<string, string>);
    assert.equal(answer.access_token, undefined);
    assert.equal(answer.status, 400);
  }
  for (const client of ['nobody', '__proto__', 'portal\0', 'PORTAL', "portal'--", 'x'.repeat(5_000)])
    assert.ok(
      [400, 401].includes((await token(client, { grant_type: 'authorization_code', code: 'x' })).status),
      client,
    );
  const wrong = await fetch(`${at.house.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('portal:wrong').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x' }),
  });
  assert.equal(wrong.status, 401);
  assert.equal((await fetch(`${at.house.url}/oidc/reg`, { method: 'POST', body: '{}' })).status, 404);
  const { rows } = await query(
    at.house,
    `select count(*)::int as n from oidc_payloads where model = 'AccessToken' and user_id is null`,
  );
  assert.equal(rows[0]?.n, 0);
});

test('a pushed request is good once, for its application, and what stands beside it in the address is nothing', async () => {
  const person = await at.resident('Pushed');
  const visitor = at.house.visitor();
  await signIn(visitor, person);
  const push = async (client: string, parameters: Record<string, string>): Promise<string> => {
    const response = await fetch(`${at.house.url}/oidc/request`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${apps.get(client)}`).toString('base64')}` },
      body: new URLSearchParams(parameters),
    });
    return ((await response.json()) as { request_uri?: string }).request_uri ?? '';
  };
  assert.equal(
    (await go(visitor, authorize(ask('pushed').parameters), person))?.searchParams.get('code') ?? null,
    null,
    'without a push',
  );
  const asked = ask('pushed');
  const uri = await push('pushed', asked.parameters);
  assert.ok(uri);
  assert.equal(
    (await go(visitor, authorize({ client_id: 'portal', request_uri: uri }), person))?.searchParams.get(
      'code',
    ) ?? null,
    null,
    'another application',
  );
  const answer = await go(
    visitor,
    authorize({
      client_id: 'pushed',
      request_uri: uri,
      redirect_uri: 'http://evil.example',
      scope: 'openid email',
    }),
    person,
  );
  const code = answer?.searchParams.get('code');
  if (code) {
    assert.equal(answer?.origin, 'http://localhost:9');
    assert.equal((await redeem(asked, code)).scope, 'openid profile');
  }
  assert.equal(
    (await go(visitor, authorize({ client_id: 'pushed', request_uri: uri }), person))?.searchParams.get(
      'code',
    ) ?? null,
    null,
    'a second time',
  );
  for (const made of [
    'urn:ietf:params:oauth:request_uri:made-up',
    'https://evil.example/request.jwt',
    'http://169.254.169.254/',
  ])
    assert.equal(
      (await go(visitor, authorize({ client_id: 'pushed', request_uri: made }), person))?.searchParams.get(
        'code',
      ) ?? null,
      null,
      made,
    );
  const again = ask('pushed');
  const good = await go(
    visitor,
    authorize({ client_id: 'pushed', request_uri: await push('pushed', again.parameters) }),
    person,
  );
  assert.equal((await redeem(again, good?.searchParams.get('code') ?? '')).status, 200);
});

test('a token of one kind is not a token of another, and an altered one is none', async () => {
  const person = await at.resident('Kinds');
  const visitor = at.house.visitor();
  const tokens = await signIn(
    visitor,
    person,
    ask('kept', { scope: 'openid offline_access', prompt: 'consent' }),
  );
  const [head = '', body = '', signature = ''] = (tokens.id_token ?? '').split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  for (const value of [
    tokens.id_token,
    tokens.refresh_token,
    none,
    `${head}.${body}.`,
    `${tokens.access_token}x`,
    tokens.access_token?.slice(0, -1),
    'undefined',
    '',
  ])
    assert.notEqual(await userinfo(value), 200, String(value).slice(0, 40));
  for (const value of [tokens.access_token, tokens.id_token, none])
    assert.equal(
      (await token('kept', { grant_type: 'refresh_token', refresh_token: value ?? '' })).error,
      'invalid_grant',
    );
  for (const id_token_hint of [
    none,
    `${head}.${Buffer.from(JSON.stringify({ ...claimsOf(tokens), sub: 'x' })).toString('base64url')}.${signature}`,
    'x.y.z',
  ]) {
    const response = await visitor.request(`/oidc/session/end?${new URLSearchParams({ id_token_hint })}`);
    await response.arrayBuffer();
    assert.ok(await isSignedIn(visitor), 'a made-up ID token signed somebody out');
  }
  assert.equal(await userinfo(tokens.access_token), 200);
  assert.equal(await isActive('library', tokens.access_token), false, 'another application may ask about it');
});

test('the sign-in of an application is finished by the browser that it was begun in, and for the person who is there', async () => {
  const [victim, thief] = [await at.resident('MixedVictim'), await at.resident('MixedThief')];
  const his = at.house.visitor();
  const begun = await his.request(authorize(ask().parameters));
  await begun.arrayBuffer();
  assert.match(begun.headers.get('location') ?? '', /^\/sign-in\//);
  const uid =
    /genkan-oidc-resume=([\w-]+)/.exec(begun.headers.get('set-cookie') ?? '')?.[1] ??
    assert.fail('no question');
  const interaction = `/oidc-interaction/${uid}`;
  const hers = at.house.visitor();
  await signIn(hers, victim);
  for (const path of [
    interaction,
    `${interaction}/denied`,
    `${interaction}/unmet`,
    `${interaction}?round=0`,
    `/oidc/auth/${uid}`,
    `/oidc/auth/${uid}?round=1`,
  ]) {
    const response = await hers.request(path);
    const body = await response.text();
    assert.ok(response.status >= 400, `${path}: ${response.status}`);
    assert.doesNotMatch(body, /code=/);
  }
  const tokens = await signIn(his, thief);
  assert.equal(claimsOf(tokens).sub, thief.id);
  assert.equal(claimsOf(await signIn(hers, victim)).sub, victim.id);
});

test('a policy about clients on phones and desktops holds for an application that is one, and for no other', async () => {
  const person = await at.resident('ClientTypes');
  const { policies } = at.house.foundation.directory.access;
  const barred = async (...clientAppTypes: string[]) => {
    const saved = await policies.create(
      {
        displayName: clientAppTypes.join(),
        state: 'enabled',
        conditions: {
          users: { includeUsers: [person.id] },
          applications: { includeApplications: ['All'] },
          clientAppTypes,
        },
        grantControls: { operator: 'OR', builtInControls: ['block'] },
      },
      office,
    );
    assert.ok(saved.saved);
    at.house.clock.pass(seconds(2));
    return async () => {
      await policies.delete(saved.kept.id, office);
      at.house.clock.pass(seconds(2));
    };
  };
  const enters = async (visitor: Visitor, client: string, more = {}): Promise<boolean> => {
    const answer = await go(visitor, authorize(ask(client, more).parameters), person);
    return answer?.searchParams.has('code') ?? false;
  };
  const fresh = () => at.house.visitor({ address: campus });

  const allowPhones = await barred('mobileAppsAndDesktopClients');
  const signedIn = fresh();
  assert.deepEqual([await enters(fresh(), 'onPhone'), await enters(signedIn, 'portal')], [false, true]);
  // Neither does a session that began elsewhere help.
  for (const more of [{}, { prompt: 'none' }]) assert.ok(!(await enters(signedIn, 'onPhone', more)));
  await allowPhones();
  assert.ok(await enters(signedIn, 'onPhone'));

  const allowBrowsers = await barred('browser');
  assert.deepEqual([await enters(fresh(), 'onPhone'), await enters(fresh(), 'portal')], [true, false]);
  await allowBrowsers();
});
