// Codes and tokens: whose they are, how often they are good, and when they end.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Visitor } from '../cast/visitor.ts';
import type { Tokens } from './grants.ts';
import { ask, authorize, callback, claimsOf, office, oidcScene } from './oidc-scene.ts';
import { enter, isSignedIn, type Resident, signInByRegistering } from './scene.ts';

const { at, clientOf, go, redeem, signIn } = oidcScene();

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
      await clientOf('library').token({
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
      await clientOf('portal').look(each.access_token),
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
    clientOf(client).token({ grant_type: 'refresh_token', refresh_token: value ?? '' });
  assert.equal((await refresh(first.refresh_token, 'library')).error, 'invalid_grant');
  const second = await refresh(first.refresh_token);
  assert.equal(second.status, 200);
  const [a, b] = await Promise.all([refresh(second.refresh_token), refresh(second.refresh_token)]);
  assert.ok([a, b].filter(each => each.status === 200).length <= 1, 'one refresh token made two');
  assert.equal((await refresh(first.refresh_token)).error, 'invalid_grant');
  for (const value of [a.refresh_token, b.refresh_token, second.refresh_token])
    if (value) assert.equal((await refresh(value)).error, 'invalid_grant', 'a child of a stolen token lives');
  assert.equal(await clientOf('portal').look(second.access_token), 401);
  assert.equal(
    (await signIn(visitor, person, ask('kept', { scope: 'openid offline_access', prompt: 'consent' })))
      .status,
    200,
  );
});

test('whoever is disabled, revoked or reset has no token from that moment: not to look, not to refresh, not to ask about', async () => {
  const { office: desk } = at.house.foundation.directory;
  /** What the office does, and how they come in again. */
  const acts: Record<string, (who: Resident) => Promise<(visitor: Visitor) => Promise<Tokens>>> = {
    async disable(who) {
      await desk.disable(who.id, office);
      return async visitor => {
        await desk.enable(who.id, office);
        return signIn(visitor, who);
      };
    },
    async revokeSessions(who) {
      await desk.revokeSessions(who.id, office);
      return visitor => signIn(visitor, who);
    },
    async removeMethods(who) {
      await desk.removeMethods(who.id, office);
      return async visitor => {
        await enter(visitor, who);
        await signInByRegistering(visitor, who);
        return signIn(visitor, who);
      };
    },
    async resetPassword(who) {
      const temporary = await at.resetPassword(who);
      return visitor => signIn(visitor, { ...who, temporary });
    },
  };
  for (const [act, work] of Object.entries(acts)) {
    const person = await at.resident(`Token${act}`);
    const visitor = at.house.visitor();
    const tokens = await signIn(
      visitor,
      person,
      ask('kept', { scope: 'openid offline_access', prompt: 'consent' }),
    );
    assert.equal(await clientOf('portal').look(tokens.access_token), 200);
    assert.ok(await clientOf('kept').isActive(tokens.access_token));
    const asked = ask();
    const answer = await go(visitor, authorize(asked.parameters), person);
    at.house.clock.pass(1);
    const comesInAgain = await work(person);
    assert.equal(await clientOf('portal').look(tokens.access_token), 401, act);
    assert.equal(await clientOf('kept').isActive(tokens.access_token), false, act);
    assert.equal(await clientOf('kept').isActive(tokens.refresh_token), false, act);
    assert.equal(
      (
        await clientOf('kept').token({
          grant_type: 'refresh_token',
          refresh_token: tokens.refresh_token ?? '',
        })
      ).error,
      'invalid_grant',
      act,
    );
    assert.equal((await redeem(asked, answer?.searchParams.get('code') ?? '')).error, 'invalid_grant', act);
    const silent = await go(visitor, authorize(ask('portal', { prompt: 'none' }).parameters));
    assert.equal(silent?.searchParams.get('error'), 'login_required', act);
    assert.equal((await comesInAgain(at.house.visitor())).status, 200, act);
  }
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
    assert.notEqual(await clientOf('portal').look(value), 200, String(value).slice(0, 40));
  for (const value of [tokens.access_token, tokens.id_token, none])
    assert.equal(
      (await clientOf('kept').token({ grant_type: 'refresh_token', refresh_token: value ?? '' })).error,
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
  assert.equal(await clientOf('portal').look(tokens.access_token), 200);
  assert.equal(
    await clientOf('library').isActive(tokens.access_token),
    false,
    'another application may ask about it',
  );
});
