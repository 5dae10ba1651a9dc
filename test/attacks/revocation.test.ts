import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../../src/kit/clock.ts';
import { until } from '../cast/until.ts';
import { type App, application, tokensOf } from './grants.ts';
import { query, scene, signInByText } from './scene.ts';

let portal: App;
const at = scene(async house => {
  await house.given.multiFactorEverywhere();
  portal = await application(house, 'portal', { offlineAccess: true });
});
const office = { is: 'office', name: 'test' } as const;

/** Whether somebody waits in the database for what another one has not committed yet. */
const somebodyWaits = async (): Promise<boolean> =>
  (
    await query(
      at.house,
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).rows.length > 0;

test('a code that is asked for at the moment of a revocation brings no tokens that outlive it', async () => {
  const person = await at.resident('Racer');
  const thief = at.house.visitor();
  await signInByText(thief, person);
  const asked = portal.ask();
  let answered: Promise<string | undefined> = Promise.resolve(undefined);
  let isAnswered = false;
  // Everything of hers is ended, and not committed yet: whoever reads now reads what was before.
  await at.house.foundation.directory.office.removeMethods(person.id, office, async () => {
    answered = portal.codeFor(thief, asked).finally(() => {
      isAnswered = true;
    });
    await until(async () => isAnswered || (await somebodyWaits()));
  });
  const code = await answered;
  const tokens = code === undefined ? undefined : await portal.redeem(asked, code);
  assert.equal(tokens?.access_token, undefined, 'the thief has tokens after the revocation');
  assert.equal(
    await at.count('oidc_payloads', `user_id = '${person.id}' and model = 'AuthorizationCode'`),
    0,
  );
});

test('a pushed request that meets a revocation was not used twice, and nobody is called a thief for it', async () => {
  const person = await at.resident('Pusher');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  const asked = portal.ask();
  const parameters = Object.fromEntries(new URL(asked.path, at.house.url).searchParams);
  const pushed = (await (await portal.post('/request', parameters)).json()) as { request_uri: string };
  const query = new URLSearchParams({ client_id: 'portal', request_uri: pushed.request_uri });
  let answered: Promise<Response> | undefined;
  let isAnswered = false;
  await at.house.foundation.directory.office.removeMethods(person.id, office, async () => {
    answered = visitor.request(`/oidc/auth?${query}`).finally(() => {
      isAnswered = true;
    });
    await until(async () => isAnswered || (await somebodyWaits()));
  });
  const response = await answered;
  assert.equal(response?.status, 503, 'the same request may be made again');
  await response?.arrayBuffer();
  const twice = `kind = 'token.refused' and record::jsonb->'detail'->>'reason' = 'used-twice'`;
  assert.equal(await at.count('audit_records', twice), 0);
  const again = await visitor.request(`/oidc/auth?${query}`);
  await again.arrayBuffer();
  assert.match(again.headers.get('location') ?? '', /\/sign-in\//, 'its person is asked anew');
});

test('what a clock that was ahead has dated later than the revocation ends with it all the same', async () => {
  const { clock, foundation } = at.house;
  for (const act of ['revokeSessions', 'requireRegistration'] as const) {
    const person = await at.resident(`Ahead${act}`);
    const visitor = at.house.visitor();
    await signInByText(visitor, person);
    const tokens = await tokensOf(portal, visitor);
    const asked = portal.ask();
    const code = await portal.codeFor(visitor, asked);
    clock.pass(-hours(1));
    await foundation.directory.office[act](person.id, office);
    assert.equal(await portal.look(tokens.access_token), 401, act);
    assert.equal(await portal.isActive(tokens.refresh_token), false, act);
    assert.equal((await portal.refresh(tokens.refresh_token)).error, 'invalid_grant', act);
    assert.equal((await portal.redeem(asked, code ?? '')).error, 'invalid_grant', act);
    clock.pass(hours(1));
    assert.equal((await portal.refresh(tokens.refresh_token)).error, 'invalid_grant', act);
  }
});
