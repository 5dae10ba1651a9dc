import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { until } from '../cast/until.ts';
import { actionOf, arrive, askText, assertSignedIn, post, scene, signInByText } from './scene.ts';

const at = scene();

/** What happens while nobody can reach the database. */
async function without<T>(work: () => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: process.env.GENKAN_TEST_DATABASE });
  await admin.connect();
  const name = new URL(at.house.databaseUrl).pathname.slice(1);
  try {
    await admin.query(`alter database "${name}" allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    return await work();
  } finally {
    await admin.query(`alter database "${name}" allow_connections true`);
    await admin.end();
  }
}

test('with the database gone in the middle of a sign-in nobody is let in, everybody is told to come back, and the code is still good', async () => {
  const [person, other] = [await at.resident('Outage'), await at.resident('Outside')];
  const visitor = at.house.visitor();
  const signedIn = at.house.visitor();
  await signInByText(signedIn, other);
  const code = await askText(visitor, person);
  const answer = actionOf(visitor, '/answer');
  // Long enough that nothing is remembered any more of what was asked before.
  at.house.clock.pass(2_000);
  const answers = await without(() =>
    Promise.all([
      post(visitor, answer, { code }),
      post(visitor, answer, { code: '000000' }),
      visitor.request(answer.replace('/answer', '')),
      visitor.request(answer.replace('/answer', '/wait'), { headers: { accept: 'application/json' } }),
      signedIn.request('/account'),
      signedIn.request('/account/security-info'),
      signedIn.request('/oidc/auth?client_id=portal&response_type=code'),
      at.house.visitor().request('/'),
    ]),
  );
  for (const response of answers) {
    const body = await response.text();
    assert.equal(response.status, 503, `${response.url} ${body.slice(0, 300)}`);
    assert.match(response.headers.get('retry-after') ?? '', /^\d+$/, response.url);
    assert.doesNotMatch(body, /postgres|ECONN|terminat|at .*\.ts:/i, response.url);
    assert.ok(!response.headers.getSetCookie().some(line => /session=/.test(line)), response.url);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/, response.url);
  }
  assert.equal(await at.count('sessions', `user_id = '${person.id}'`), 0);

  await assertSignedIn(signedIn);
  await visitor.open(answer.replace('/answer', ''));
  await visitor.send('/answer', { code });
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.equal(await at.count('sessions', `user_id = '${person.id}'`), 1);
});

test('without its database a server says that it is alive and not ready, and is ready again by itself', async () => {
  const look = async (path: string): Promise<number> => {
    const response = await fetch(at.house.url + path);
    await response.arrayBuffer();
    return response.status;
  };
  assert.equal(await without(() => look('/readyz')), 503);
  assert.equal(await without(() => look('/livez')), 200);
  await until(async () => (await look('/readyz')) === 200);
});

test('a mail gateway, a text gateway and a call that fail let nobody past the second proof', async () => {
  const person = await at.resident('GatewayDown', { app: true });
  const fault = async (wanted: string): Promise<void> => {
    const operator = at.house.visitor();
    await operator.open('/simulator');
    await operator.request('/simulator/fault', {
      method: 'POST',
      body: new URLSearchParams({ csrf: operator.page.forms[0]?.fields.csrf ?? '', fault: wanted }),
    });
  };
  await fault('refused');
  try {
    const visitor = at.house.visitor();
    await visitor.open('/account');
    await visitor.send('/identify', { account: person.loginName });
    await visitor.send('/password', { password: 'sakura saku michi' });
    for (const way of ['mobile text', 'mobile call']) {
      await visitor.send('/ask', { way });
      assert.ok(!visitor.page.forms.some(({ action }) => action.endsWith('/stay')), visitor.page.text);
      assert.ok(
        visitor.page.forms.some(({ action }) => action.endsWith('/ask')),
        'no other way is offered',
      );
    }
    await visitor.send('/ask', { way: `${person.app?.credential} code` });
    await visitor.send('/answer', { code: person.app?.code() ?? '' });
    await arrive(visitor);
    await assertSignedIn(visitor);
  } finally {
    await fault('none');
  }
});
