// Nothing changes but by a form of ours, in the browser that was given it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { assertNotSignedIn, assertSignedIn, name, pathOf, query, scene, signInByText } from './scene.ts';

const at = scene();
const evil = 'https://evil.example';

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
