// Where an application may have people sent, and what may be asked at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, authorize, bye, callback, oidcScene } from './oidc-scene.ts';
import { assertNotSignedIn, assertSignedIn, query } from './scene.ts';

const { at, clientOf, go, redeem, signIn } = oidcScene();

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
    const answer = await clientOf('portal').token(grant as Record<string, string>);
    assert.equal(answer.access_token, undefined);
    assert.equal(answer.status, 400);
  }
  for (const client of ['nobody', '__proto__', 'portal\0', 'PORTAL', "portal'--", 'x'.repeat(5_000)])
    assert.ok(
      [400, 401].includes(
        (await clientOf(client).token({ grant_type: 'authorization_code', code: 'x' })).status,
      ),
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
    const response = await clientOf(client).post('/request', parameters);
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
