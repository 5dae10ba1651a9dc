// What every answer carries, and what its cookies do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf, scene, signInByText } from './scene.ts';

const at = scene();

const wanted: Readonly<Record<string, RegExp>> = {
  'content-security-policy':
    /default-src 'none'.*form-action '(?:self|none)'.*base-uri 'none'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^(same-origin|no-referrer)$/,
};

test('every answer carries what keeps a browser safe: pages, errors, files, and what is not there', async () => {
  const person = await at.resident('Headed');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  const paths = [
    ...at.house
      .routes()
      .filter(route => route.startsWith('GET '))
      .map(pathOf),
    '/no-such-page',
    '/%00',
    '/%zz',
    '/..%2f..%2fetc/passwd',
    '/assets/..%2f..%2fpackage.json',
    '/assets/nothing.js',
    '/oidc/.well-known/openid-configuration',
    '/oidc/jwks',
    '/oidc/auth',
    '/oidc/auth?client_id=nobody&response_type=code',
    '/oidc/me',
    '/oidc/token',
    '/oidc/session/end',
    '/oidc/no-such-endpoint',
    '/account?x='.padEnd(5_000, 'y'),
  ];
  const check = (what: string, response: Response): void => {
    // A script or a sheet is no document: what governs documents says nothing about it.
    const isPart = /^text\/(?:css|javascript)/.test(response.headers.get('content-type') ?? '');
    for (const [header, form] of Object.entries(wanted).filter(
      ([name]) => !isPart || name === 'x-content-type-options',
    ))
      assert.match(response.headers.get(header) ?? '', form, `${what} (${response.status}): ${header}`);
    assert.doesNotMatch(
      response.headers.get('content-security-policy') ?? '',
      /unsafe-|script-src[^;]*\*/,
      what,
    );
    // A window that an application opened for its sign-in stays in the application's sight.
    const isOnTheWay = /^\/(external-mfa|oidc|oidc-interaction|sign-in|registration)\//.test(
      new URL(response.url).pathname,
    );
    if (!isPart)
      assert.equal(
        response.headers.get('cross-origin-opener-policy'),
        isOnTheWay ? 'unsafe-none' : 'same-origin',
        what,
      );
    assert.equal(response.headers.get('x-powered-by'), null, what);
    assert.equal(response.headers.get('server'), null, what);
    const isOpen = /^\/(assets|authenticator(?!\/api)|(oidc|external-mfa)\/(jwks|\.well-known))/.test(
      new URL(response.url).pathname,
    );
    if (!isOpen) assert.match(response.headers.get('cache-control') ?? '', /no-store/, what);
  };
  for (const path of paths) {
    const response = await visitor.request(path);
    const body = await response.text();
    check(path, response);
    assert.ok(response.status < 500, `${path} answered ${response.status}`);
    assert.doesNotMatch(body, /\bat .*\.[jt]sx?:\d+|node_modules|SQLSTATE/, `${path} tells where it broke`);
    assert.ok(!body.includes('root:x:'), path);
  }
  for (const [method, body] of [
    ['POST', 'x'.repeat(100_000)],
    ['PUT', ''],
    ['DELETE', ''],
    ['PATCH', ''],
    ['TRACE', ''],
  ] as const) {
    if (method === 'TRACE') continue;
    const response = await visitor.request('/account', { method, ...(body ? { body } : {}) });
    await response.arrayBuffer();
    check(`${method} /account`, response);
    assert.ok([400, 403, 404, 405, 413, 415].includes(response.status), `${method}: ${response.status}`);
  }
});

test('cookies of a house with https cannot be read by script, sent in clear, or planted from a subdomain', async () => {
  const { openHouse } = await import('../cast/house.ts');
  const house = await openHouse({ url: 'https://genkan.example' });
  try {
    await house.given.user('Secure');
    const visitor = house.visitor();
    // What a subdomain could plant has no __Host- before its name, and is nobody's.
    visitor.cookies.set('genkan-browser', 'A'.repeat(43));
    visitor.cookies.set('genkan-session', 'B'.repeat(43));
    const first = await visitor.request('/account');
    const cookies = first.headers.getSetCookie();
    assert.ok(
      cookies.some(line => line.startsWith('__Host-genkan-browser=')),
      String(cookies),
    );
    await visitor.open('/account');
    await visitor.send('/identify', { account: 'secure@keyaki.example' });
    const path = new URL(visitor.page.url).pathname;
    const entered = await visitor.request(`${path}/password`, {
      method: 'POST',
      body: new URLSearchParams({
        csrf: visitor.page.forms[0]?.fields.csrf ?? '',
        password: 'sakura saku michi',
      }),
    });
    cookies.push(...entered.headers.getSetCookie());
    await visitor.open(path);
    const stay = await visitor.request(`${path}/stay`, {
      method: 'POST',
      body: new URLSearchParams({ csrf: visitor.page.forms[0]?.fields.csrf ?? '', stay: 'yes' }),
    });
    cookies.push(...stay.headers.getSetCookie());
    assert.ok(
      cookies.some(line => line.startsWith('__Host-genkan-session=')),
      String(cookies),
    );
    for (const line of cookies) {
      assert.match(line, /^__(Host|Secure)-/, line);
      assert.match(line, /; HttpOnly/i, line);
      assert.match(line, /; Secure/i, line);
      assert.match(line, /; SameSite=Lax/i, line);
      assert.doesNotMatch(line, /; Domain=/i, line);
    }
    assert.match(stay.headers.get('strict-transport-security') ?? '', /max-age=(\d{8,})/);
    assert.equal((await visitor.request('/account')).status, 200);
  } finally {
    await house.close();
  }
});
