import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../src/kit/ids.ts';
import { wordsFor } from '../../src/words/index.ts';
import {
  actionOf,
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  name,
  scene,
  signInByText,
} from './scene.ts';

const at = scene();

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** What an attacker types into a field of one line. */
const payloads = [
  '\0',
  'a\0b',
  '\u202eevil',
  '\ufeff',
  '\ud800',
  'a\r\nSet-Cookie: x=y',
  "' or '1'='1",
  "'; drop table users; --",
  '#{7*7}{{7*7}}<%= 7*7 %>',
  '../../../../etc/passwd',
  '%s%n%x',
  '\x1b[31m',
  '👩‍👩‍👧‍👦'.repeat(50),
  'ﷺ'.repeat(200),
  'x'.repeat(5_000),
  '*)(uid=*',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '{"$gt":""}',
  '\\',
  '%',
  '%00',
  '＜script＞',
];

test('nothing that can be typed into any form of a sign-in breaks it: no 5xx, nobody let in, and the right words work afterwards', async () => {
  const person = await at.resident('Typist');
  const visitor = at.house.visitor();
  await visitor.open('/account');
  const path = new URL(visitor.page.url).pathname;
  const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
  const acts = at.house
    .routes()
    .filter(route => /^POST \/(sign-in|language|account)/.test(route))
    .map(route => route.replace('POST ', '').replace('/sign-in/:id', path));
  const fields = [
    'account',
    'password',
    'way',
    'code',
    'stay',
    'repeated',
    'language',
    'back',
    'credential',
    'session',
    'method',
  ];
  for (const act of acts)
    for (const payload of payloads) {
      const body = new URLSearchParams({
        csrf,
        ...Object.fromEntries(fields.map(field => [field, payload])),
      });
      const response = await visitor.request(act, { method: 'POST', body });
      const text = await response.text();
      assert.ok(
        response.status < 500,
        `${act} ${JSON.stringify(payload)}: ${response.status} ${text.slice(0, 500)}`,
      );
    }
  await assertNotSignedIn(visitor);
  const fresh = at.house.visitor();
  await signInByText(fresh, person);
  await assertSignedIn(fresh);
});

test('every address takes every nonsense in its path and its query without a 5xx', async () => {
  const person = await at.resident('Pathfinder');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  const nonsense = [
    '%00',
    '%ff',
    '..%2f..',
    '0',
    '-1',
    newId().toUpperCase(),
    'x'.repeat(299),
    `${newId()}'`,
    '%F0%9F%91%A9',
    '__proto__',
    '%3Cscript%3E',
  ];
  for (const route of at.house.routes().filter(each => each.startsWith('GET ')))
    for (const value of nonsense) {
      const path = route.replace('GET ', '').replace(/:\w+/g, value);
      for (const query of [
        `?registration=${value}&registration=x&method[]=a&credential=${value}&said=${value}&round=${value}&seen=${value}`,
      ]) {
        const response = await visitor.request(path + query);
        const text = await response.text();
        assert.ok(response.status < 500, `${path}${query}: ${response.status} ${text.slice(0, 300)}`);
      }
    }
  await assertSignedIn(visitor);
});

test('fields that make prototypes, lists or doubles of themselves are refused, and change nothing for anybody', async () => {
  const person = await at.resident('Polluter');
  const visitor = at.house.visitor();
  await name(visitor, person.loginName);
  const password = actionOf(visitor, '/password');
  const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
  const send = (body: string | URLSearchParams, type?: string) =>
    visitor.request(password, {
      method: 'POST',
      body,
      ...(type ? { headers: { 'content-type': type } } : {}),
    });
  const pairs = (...more: [string, string][]): URLSearchParams =>
    new URLSearchParams([['csrf', csrf], ...more]);
  for (const body of [
    pairs(['password', 'a'], ['password', 'sakura saku michi']),
    pairs(['password[]', 'sakura saku michi']),
    pairs(['password[toString]', 'x']),
    pairs(['__proto__', 'x'], ['password', 'wrong']),
    pairs(['__proto__[enabled]', 'true'], ['constructor[prototype][enabled]', 'true'], ['password', 'wrong']),
    pairs(...times(100, i => [`field${i}`, 'x'] as [string, string])),
    pairs(['password', 'x'.repeat(4_097)]),
  ]) {
    const response = await send(body);
    assert.ok([303, 400].includes(response.status), `${body}: ${response.status}`);
  }
  for (const json of [
    { csrf, password: { toString: 'x' } },
    { csrf, password: ['sakura saku michi'] },
    { csrf, password: null },
    { csrf, password: '\ud800' },
    { csrf, password: 'sakura\u0000saku' },
    [{ csrf }],
    csrf,
  ]) {
    const response = await send(JSON.stringify(json), 'application/json');
    assert.ok([400, 403, 415, 303].includes(response.status), `${JSON.stringify(json)}: ${response.status}`);
  }
  const raw = await send(
    `{"csrf":"${csrf}","__proto__":{"isAdmin":true},"password":"wrong"}`,
    'application/json',
  );
  assert.ok([400, 415, 303].includes(raw.status));
  assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
  await assertNotSignedIn(visitor);

  at.house.clock.pass(31_000);
  await visitor.open(password.replace('/password', ''));
  await visitor.send('/password', { password: 'sakura saku michi' });
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('a password of a megabyte, a thousand fields, a name of a kilometre: refused at once, and nobody waits for it', async () => {
  const person = await at.resident('Oversized');
  const visitor = at.house.visitor();
  await name(visitor, person.loginName);
  const path = actionOf(visitor, '/password');
  const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
  const began = performance.now();
  for (const [body, statuses] of [
    [new URLSearchParams({ csrf, password: 'x'.repeat(1_000_000) }), [413]],
    [new URLSearchParams({ csrf, password: '界'.repeat(20_000) }), [400, 413]],
    [
      new URLSearchParams([['csrf', csrf], ...times(5_000, i => [`f${i}`, ''] as [string, string])]),
      [400, 413],
    ],
    [new URLSearchParams({ csrf: 'x'.repeat(60_000), password: 'x' }), [403]],
  ] as const) {
    const response = await visitor.request(path, { method: 'POST', body });
    await response.arrayBuffer();
    assert.ok((statuses as readonly number[]).includes(response.status), `${response.status}`);
  }
  // Over the form's own limit in Unicode: judged like any wrong one, not cut to what fits.
  for (const password of ['x'.repeat(257), `sakura saku michi${' '.repeat(300)}`, 'ﷺ'.repeat(250)]) {
    await visitor.open(path.replace('/password', ''));
    await visitor.send('/password', { password });
    assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/password')));
    at.house.clock.pass(5_000);
  }
  for (const headers of [
    { cookie: `genkan-session=${'x'.repeat(20_000)}` },
    { 'accept-language': 'ja,'.repeat(5_000) },
    { 'user-agent': 'x'.repeat(15_000) },
    { accept: '*/*,'.repeat(4_000) },
  ]) {
    const response = await visitor.request('/account', { headers });
    await response.arrayBuffer();
    assert.ok(response.status < 500, JSON.stringify(headers).slice(0, 40));
  }
  const scopes = await visitor.request(
    `/oidc/auth?${new URLSearchParams({ client_id: 'x', scope: 'openid '.repeat(2_000) })}`,
  );
  assert.ok([400, 431].includes(scopes.status), String(scopes.status));
  assert.ok(performance.now() - began < 60_000, 'somebody was kept busy');

  at.house.clock.pass(31_000);
  const owner = at.house.visitor();
  await signInByText(owner, person);
  await assertSignedIn(owner);
});

test('nobody is let in by an empty answer, whatever is asked', async () => {
  const person = await at.resident('Empty', { app: true });
  const visitor = at.house.visitor();
  for (const password of ['', ' ', '\t']) {
    await enter(visitor, person, undefined, password);
    assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/password')));
    at.house.clock.pass(31_000);
  }
  await enter(visitor, person);
  await visitor.send('/ask', { way: `${person.app?.credential} code` });
  for (const code of [
    '',
    '0',
    '000000'.slice(0, 5),
    '      ',
    '------',
    'abcdef',
    '１２３',
    `${person.app?.code()}0`,
    `0${person.app?.code()}`,
    `${person.app?.code()} ${person.app?.code()}`,
  ]) {
    await visitor.send('/answer', { code });
    await assertNotSignedIn(visitor);
  }
  await visitor.send('/elsewhere');
  await visitor.send('/ask', { way: 'mobile text' });
  const code = await person.phone.code();
  for (const typed of ['', `${code}${code}`, `${code}1`, code.slice(1), `${code.slice(0, 5)}`])
    await visitor.send('/answer', { code: typed });
  await assertNotSignedIn(visitor);
  await visitor.send('/answer', { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('a sign-in takes what people type with good will: full width, spaces, hyphens', async () => {
  const person = await at.resident('Kindly', { app: true });
  const visitor = at.house.visitor();
  await enter(visitor, { loginName: ' ＫＩＮＤＬＹ@keyaki.example ' });
  await visitor.send('/ask', { way: `${person.app?.credential} code` });
  const wide = [...(person.app?.code() ?? '')]
    .map(digit => String.fromCodePoint(0xff10 + Number(digit)))
    .join('');
  await visitor.send('/answer', { code: `${wide.slice(0, 3)}-${wide.slice(3)}` });
  assert.ok(!visitor.page.text.includes(wordsFor('ja').signIn.codeWrong), visitor.page.text);
  await arrive(visitor);
  await assertSignedIn(visitor);
});
