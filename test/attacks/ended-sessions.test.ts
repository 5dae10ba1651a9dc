import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import { type App, application, tokensOf } from './grants.ts';
import { assertNotSignedIn, post, query, scene, signInByText } from './scene.ts';

let portal: App;
const at = scene(async house => {
  await house.given.multiFactorEverywhere();
  portal = await application(house, 'portal', {
    backchannelLogoutUri: 'http://localhost:9/portal/out',
  });
});

test('whoever ends the session of a lost device from another one ends what applications hold of it', async () => {
  const person = await at.resident('Loser');
  const lost = at.house.visitor();
  await signInByText(lost, person);
  const tokens = await tokensOf(portal, lost);
  assert.ok(await portal.isActive(tokens.access_token));
  const { rows } = await query(at.house, `select id from sessions where user_id = '${person.id}'`);

  at.house.clock.pass(minutes(11));
  const here = at.house.visitor();
  await signInByText(here, person);
  const others = await tokensOf(portal, here);
  await here.open('/account/devices');
  await post(here, '/account/devices/end', { session: String(rows[0]?.id) });

  await assertNotSignedIn(lost);
  assert.equal(await portal.look(tokens.access_token), 401);
  assert.equal(await portal.isActive(tokens.access_token), false);
  assert.equal((await portal.refresh(tokens.refresh_token)).error, 'invalid_grant');
  assert.equal(await portal.look(others.access_token), 200, 'this device goes on');
  assert.equal((await portal.refresh(others.refresh_token)).status, 200);
});
