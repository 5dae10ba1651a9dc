// Whatever a request names, nobody is sent to a place of its choice.
import assert from 'node:assert/strict';
import { request as rawRequest } from 'node:http';
import { test } from 'node:test';
import { assertSignedIn, scene, signInByText } from './scene.ts';

const at = scene();

test('no address of another site comes back as a place to go', async () => {
  const visitor = at.house.visitor();
  await visitor.open('/account');
  const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
  for (const back of [
    'https://evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example\n',
    'javascript:alert(1)',
    'https:evil.example',
    '/..//evil.example',
    ' //evil.example',
    '/@evil.example\\',
    '///evil.example',
    'account',
    '',
  ]) {
    const response = await visitor.request('/language', {
      method: 'POST',
      body: new URLSearchParams({ csrf, language: 'en', back }),
    });
    const to = new URL(response.headers.get('location') ?? '', at.house.url);
    assert.equal(to.origin, at.house.url, back);
  }
  const person = await at.resident('Returned');
  for (const path of [
    '/account?next=https://evil.example',
    '/account?returnTo=//evil.example',
    '/?continue=javascript:alert(1)',
  ]) {
    const fresh = at.house.visitor();
    at.house.clock.pass(1000 * 60 * 11);
    const page = await signInByText(fresh, person, path);
    assert.equal(new URL(page.url).origin, at.house.url);
    assert.equal(new URL(page.url).pathname + new URL(page.url).search, path);
    await assertSignedIn(fresh);
  }
});

/** A request as only a program can make it: its own Host, its own first line. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; all: string; headers: Record<string, unknown> }> {
  const { hostname, port } = new URL(at.house.url);
  return new Promise((resolve, reject) => {
    const request = rawRequest(
      { host: hostname === 'localhost' ? '127.0.0.1' : hostname, port, path, headers },
      response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            all: JSON.stringify(response.headers) + body,
            headers: response.headers,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

test('the name that a request gives to us is not our name: not in pages, links, redirects or metadata', async () => {
  for (const headers of [
    { host: 'evil.example' },
    {
      host: new URL(at.house.url).host,
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '444',
      forwarded: 'for=203.0.113.77;host=evil.example;proto=https',
    },
    {
      host: new URL(at.house.url).host,
      'x-original-url': '/evil.example',
      'x-rewrite-url': '/evil.example',
      'x-http-method-override': 'POST',
    },
  ])
    for (const path of [
      '/',
      '/account',
      '/signed-out',
      '/no-such-page',
      '/oidc/.well-known/openid-configuration',
      '/oidc/auth?client_id=x',
      '/oidc/session/end',
      '/oidc-interaction/sign-out',
    ])
      assert.doesNotMatch(
        (await raw(path, { ...headers, accept: 'text/html' })).all,
        /evil\.example/,
        `${path} ${JSON.stringify(headers)}`,
      );
  const { all } = await raw('/oidc/.well-known/openid-configuration', { host: 'evil.example' });
  assert.ok(all.includes(`${at.house.url}/oidc`));
});

test('a request whose first line names another site leads nobody there after the sign-in', async () => {
  const person = await at.resident('Absolute');
  const begun = await raw('http://evil.example/account', { host: 'evil.example', accept: 'text/html' });
  const location = String(begun.headers.location ?? '');
  const [cookie = ''] = (begun.headers['set-cookie'] as string[] | undefined) ?? [];
  if (!/^\/sign-in\//.test(location)) return assert.ok(begun.status >= 400, begun.all);
  const visitor = at.house.visitor();
  const [pair = ''] = cookie.split(';');
  visitor.cookies.set(pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1));
  await visitor.open(location);
  await visitor.send('/identify', { account: person.loginName });
  await visitor.send('/password', { password: 'sakura saku michi' });
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  const page = await visitor.send('/stay', { stay: 'no' });
  assert.doesNotMatch(page.html, /evil\.example/);
});
