import assert from 'node:assert/strict';
import { request as rawRequest } from 'node:http';
import { test } from 'node:test';
import { newId } from '../../src/kit/ids.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { assertNotSignedIn, assertSignedIn, name, query, scene, signInByText } from './scene.ts';

const at = scene();
const evil = 'https://evil.example';

/** The address of a route with something in the place of its parameters. */
const pathOf = (route: string): string =>
  route
    .replace(/^\S+ /, '')
    .replace(/:number/g, '+819012345678')
    .replace(/:name/g, 'page.css')
    .replace(/:\w+/g, () => newId());

/** A sign of base64url that is not this one. */
const otherSign = (sign: string | undefined): string => (sign === 'A' ? 'B' : 'A');
const methodOf = (route: string): string => route.split(' ')[0] ?? '';
const changing = (): string[] => at.house.routes().filter(route => !/^(GET|HEAD|OPTIONS) /.test(route));
const isMachine = (route: string): boolean => / \/simulator\/api\//.test(route);

async function tokenOf(visitor: Visitor): Promise<string> {
  await visitor.open('/account');
  return visitor.page.forms[0]?.fields.csrf ?? '';
}

async function refusedAll(what: string, make: (route: string) => Promise<Response>): Promise<void> {
  for (const route of changing().filter(each => !isMachine(each))) {
    const response = await make(route);
    await response.arrayBuffer();
    assert.ok([403, 415, 400].includes(response.status), `${what}: ${route} answered ${response.status}`);
    assert.ok(
      !response.headers.getSetCookie().some(line => /session|known/.test(line)),
      `${what}: ${route} gave a cookie`,
    );
  }
}

test('every route that changes something refuses what no page of ours sent in this browser', async () => {
  assert.ok(changing().length >= 20, changing().join('\n'));
  const person = await at.resident('Forged');
  const victim = at.house.visitor();
  await signInByText(victim, person);
  const token = await tokenOf(victim);
  const thiefs = await tokenOf(at.house.visitor());
  const own = await tokenOf(victim);
  assert.notEqual(own, token, 'the token is the same in every page: BREACH');
  const send = (
    visitor: Visitor,
    route: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    visitor.request(pathOf(route), { method: methodOf(route), body: new URLSearchParams(fields), headers });

  await refusedAll('no cookie', route => send(at.house.visitor(), route, { csrf: token }));
  await refusedAll('no token', route => send(victim, route, {}));
  await refusedAll('an empty token', route => send(victim, route, { csrf: '' }));
  await refusedAll('another browser’s token', route => send(victim, route, { csrf: thiefs }));
  await refusedAll('a token with a bit turned', route =>
    send(victim, route, { csrf: `${token.slice(0, -8)}${otherSign(token.at(-8))}${token.slice(-7)}` }),
  );
  await refusedAll('another origin', route => send(victim, route, { csrf: token }, { origin: evil }));
  await refusedAll('no origin', route => send(victim, route, { csrf: token }, { origin: 'null' }));
  await refusedAll('our origin with another scheme', route =>
    send(victim, route, { csrf: token }, { origin: at.house.url.replace('http:', 'https:') }),
  );
  for (const site of ['cross-site', 'same-site', 'none'])
    await refusedAll(`from ${site}`, route =>
      send(victim, route, { csrf: token }, { 'sec-fetch-site': site }),
    );
  await refusedAll('the token in the address', route =>
    victim.request(`${pathOf(route)}?csrf=${token}`, {
      method: methodOf(route),
      body: new URLSearchParams({}),
    }),
  );
  await refusedAll('two tokens', route =>
    victim.request(pathOf(route), {
      method: methodOf(route),
      body: new URLSearchParams([
        ['csrf', token],
        ['csrf', token],
      ]),
    }),
  );
  await refusedAll('as text', route =>
    victim.request(pathOf(route), {
      method: methodOf(route),
      body: `csrf=${token}`,
      headers: { 'content-type': 'text/plain' },
    }),
  );
  await refusedAll('as parts', route =>
    victim.request(pathOf(route), {
      method: methodOf(route),
      body: `--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${token}\r\n--x--`,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }),
  );
  await refusedAll('nothing at all', route => victim.request(pathOf(route), { method: methodOf(route) }));
  await assertSignedIn(victim);

  for (const route of changing().filter(each => !isMachine(each) && !each.endsWith('/sign-out'))) {
    const response = await send(
      victim,
      route,
      { csrf: own },
      { origin: at.house.url, 'sec-fetch-site': 'same-origin' },
    );
    const body = await response.text();
    assert.ok(response.status !== 403, `${route} refuses its own page: ${body.slice(0, 300)}`);
    assert.ok(response.status < 500, `${route} answered ${response.status}`);
  }
  await victim.open('/account');
  await victim.send('/sign-out');
  await assertNotSignedIn(victim);
});

test('the window for programs of the simulator is the only one without a token, and no page of another site gets through it', async () => {
  for (const route of at.house.routes().filter(isMachine)) {
    const response = await fetch(at.house.url + pathOf(route), {
      method: methodOf(route),
      headers: { 'sec-fetch-site': 'cross-site', origin: evil },
    });
    await response.arrayBuffer();
    assert.equal(response.status, 403, route);
  }
});

const kept = [
  'users',
  'login_names',
  'passwords',
  'phones',
  'totp_credentials',
  'groups',
  'group_members',
  'policies',
  'named_locations',
  'applications',
  'settings',
  'lockouts',
  'deliveries',
  'send_budgets',
  'outbox',
];

test('looking changes nothing: no GET and no HEAD, from wherever it was sent', async () => {
  const person = await at.resident('Looked');
  const victim = at.house.visitor();
  await signInByText(victim, person);
  // The network's word comes a moment after the text.
  await until(
    async () => (await at.count('deliveries', `user_id = '${person.id}' and state = 'delivered'`)) === 1,
  );
  // Nor is anything on its way that was told to people before.
  await until(async () => (await at.count('outbox')) === 0);
  const tables = async (): Promise<string> => {
    const all = [];
    for (const table of kept) {
      const { rows } = await query(
        at.house,
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${table} t`,
      );
      all.push(`${table} ${rows[0]?.sum}`);
    }
    const { rows } = await query(at.house, `select count(*) as n from sessions`);
    return [...all, `sessions ${rows[0]?.n}`].join('\n');
  };
  const before = await tables();
  for (const route of at.house.routes().filter(each => /^(GET|HEAD) /.test(each))) {
    const path = pathOf(route);
    for (const query of ['', '?method=phone&credential=mobile', '?said=removed&registration=x'])
      await (
        await victim.request(path + query, {
          method: methodOf(route),
          headers: { 'sec-fetch-site': 'cross-site' },
        })
      ).arrayBuffer();
  }
  for (const path of ['/sign-out', '/account/devices/end', '/account/security-info/default', '/language'])
    assert.equal((await victim.request(path)).status, 404, path);
  assert.equal(await tables(), before);
  const account = await victim.request('/account');
  assert.equal(
    account.status,
    200,
    `${account.headers.get('location')} ${(await account.text()).slice(0, 300)}`,
  );
});

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

test('no address of another site comes back as a place to go', async () => {
  const visitor = at.house.visitor();
  const csrf = await tokenOf(visitor);
  for (const back of [
    evil,
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

test('a sign-in that an attacker began and sent as a link is not the victim’s to finish', async () => {
  const person = await at.resident('Linked');
  const thief = at.house.visitor();
  await name(thief, person.loginName);
  const victim = at.house.visitor();
  const response = await victim.request(new URL(thief.page.url).pathname);
  assert.equal(response.status, 410);
  await signInByText(victim, person);
  await assertSignedIn(victim);
  await assertNotSignedIn(thief);
});
