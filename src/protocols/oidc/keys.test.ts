import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { days, hours, minutes } from '../../kit/clock.ts';
import { listKeys, published, rotateKeys, type SigningKey, stateOf, withdrawKey } from './keys.ts';
import { Browser, newRequest, signIn, startTestProvider, type TestProvider } from './testing.ts';

const key = (id: string, activeFrom: number, retiredAt?: number): SigningKey => ({
  id,
  algorithm: 'ES256',
  createdAt: activeFrom,
  activeFrom,
  retiredAt,
});

describe('the state of a signing key', () => {
  const now = Date.UTC(2026, 10, 1);
  it('is published before its first use and long after its last', () => {
    assert.equal(stateOf(key('a', now + 1), now), 'next');
    assert.equal(stateOf(key('a', now), now), 'current');
    assert.equal(stateOf(key('a', now - days(9), now + 1), now), 'current');
    assert.equal(stateOf(key('a', now - days(9), now), now), 'previous');
    assert.equal(stateOf(key('a', now - days(90), now - days(30)), now), 'withdrawn');
  });
  it('decides the order in which keys are tried for signing', () => {
    const keys = [
      key('next', now + 1),
      key('gone', 1, 2),
      key('previous', now - days(9), now - 1),
      key('current', now - 1),
    ];
    assert.deepEqual(
      published(keys, now).map(each => each.id),
      ['current', 'next', 'previous'],
    );
  });
});

describe('rotating keys', () => {
  let provider: TestProvider;
  let moved = 0;
  const clock = { now: () => Date.now() + moved };
  const actor = { is: 'system' } as const;
  before(async () => {
    provider = await startTestProvider(clock);
  });
  after(() => provider.close());

  const kids = async () => {
    const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as {
      keys: Record<string, string>[];
    };
    for (const each of keys) for (const secret of ['d', 'p', 'q', 'k']) assert.equal(each[secret], undefined);
    return keys.map(each => String(each.kid));
  };
  const kidOf = (token: string | undefined) =>
    String(JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString()).kid);

  it('shows a new key for a day, then signs with it, while people sign in and nobody restarts', async () => {
    const { storage, audit, oidc } = provider;
    const [before] = [await kids()];
    const old = await signIn(provider, 'portal');
    const { browser } = old;
    const configuration = await provider.as('portal');
    const request = await newRequest();
    const started = await new Browser().fetch(
      client.buildAuthorizationUrl(configuration, request.parameters),
    );

    await rotateKeys({ storage, audit, clock }, { now: false }, actor);
    await oidc.reloadKeys();
    assert.equal((await kids()).length, before.length * 2);
    assert.equal(
      kidOf((await signIn(provider, 'portal', {}, browser)).tokens.id_token),
      kidOf(old.tokens.id_token),
    );

    moved = hours(24) + 1000;
    await oidc.reloadKeys();
    const later = await signIn(provider, 'portal', {}, browser);
    assert.notEqual(kidOf(later.tokens.id_token), kidOf(old.tokens.id_token));
    assert.ok((await kids()).includes(kidOf(old.tokens.id_token)));
    assert.equal(started.status, 303);

    // what was begun or given under the old key still counts
    const hinted = await newRequest({ prompt: 'none', id_token_hint: old.tokens.id_token ?? '' });
    const { at } = await browser.open(client.buildAuthorizationUrl(configuration, hinted.parameters));
    assert.ok(at.searchParams.get('code'), at.href);
    const refreshed = await client.refreshTokenGrant(old.configuration, old.tokens.refresh_token ?? '');
    assert.equal(kidOf(refreshed.id_token), kidOf(later.tokens.id_token));
  });

  it('does it within minutes when a key leaked, and withdraws the old one by name', async () => {
    const { storage, audit, oidc } = provider;
    const { tokens, browser } = await signIn(provider, 'portal');
    const leaked = kidOf(tokens.id_token);
    assert.equal(await withdrawKey({ storage, audit, clock }, leaked, actor), false);
    // an unhurried rotation is waiting; the hurried one takes its place
    await rotateKeys({ storage, audit, clock }, { now: false }, actor);
    await rotateKeys({ storage, audit, clock }, { now: true }, actor);
    await oidc.reloadKeys();
    moved += minutes(1) + 1000;
    await oidc.reloadKeys();
    assert.notEqual(kidOf((await signIn(provider, 'portal', {}, browser)).tokens.id_token), leaked);
    assert.equal(await withdrawKey({ storage, audit, clock }, leaked, actor), true);
    await oidc.reloadKeys();
    assert.ok(!(await kids()).includes(leaked));
    const keys = await listKeys(storage.db);
    for (const algorithm of ['RS256', 'ES256'])
      assert.equal(
        keys.filter(each => each.algorithm === algorithm && stateOf(each, clock.now()) === 'current').length,
        1,
      );
  });
});
