import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import {
  afterSignOut,
  Browser,
  newRequest,
  password,
  signIn,
  startTestProvider,
  type TestProvider,
} from './testing.ts';

describe('signing out of applications', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startTestProvider();
  });
  after(() => provider.close());
  beforeEach(() => {
    provider.person.answer = () => [password()];
    provider.person.who = provider.user;
    provider.notices.length = 0;
  });

  const isActive = async (configuration: client.Configuration, token: string) =>
    (await client.tokenIntrospection(configuration, token)).active;
  const end = (parameters: Record<string, string>) => {
    const url = new URL(`${provider.issuer}/session/end`);
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    return url;
  };
  async function isKnown(browser: Browser): Promise<boolean> {
    const { parameters } = await newRequest({ prompt: 'none' });
    const { at } = await browser.open(client.buildAuthorizationUrl(await provider.as('portal'), parameters));
    return at.searchParams.has('code');
  }

  it('believes an application that shows an ID token of the person, and sends the browser back', async () => {
    const { tokens, browser, configuration } = await signIn(provider, 'told');
    const { at } = await browser.open(
      end({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: afterSignOut, state: 'abc' }),
    );
    assert.equal(at.href, `${afterSignOut}?state=abc`);
    assert.equal(await isActive(configuration, tokens.access_token), false);
    assert.equal(await isKnown(browser), false);
    assert.equal(provider.sessions.size, 0);
    assert.deepEqual(provider.notices, [
      { application: 'told', user: provider.user, sid: tokens.claims()?.sid },
    ]);
  });

  it('asks the person when no ID token says who wants to leave', async () => {
    const { tokens, browser, configuration } = await signIn(provider, 'portal');
    const page = await browser.open(end({ client_id: 'portal', post_logout_redirect_uri: afterSignOut }));
    assert.equal(page.status, 200);
    const { action } = JSON.parse(page.body) as { action: string };
    assert.equal(await isActive(configuration, tokens.access_token), true);
    assert.equal(await isKnown(browser), true);
    const { at } = await browser.open(new URL(action, provider.url), { method: 'POST' });
    assert.equal(at.href, afterSignOut);
    assert.equal(await isActive(configuration, tokens.access_token), false);
    assert.equal(await isKnown(browser), false);
  });

  it('asks the person when the ID token is of someone else', async () => {
    const { tokens } = await signIn(provider, 'portal');
    provider.person.who = await provider.addUser(`saburo-${Date.now()}`);
    const other = await signIn(provider, 'portal');
    const page = await other.browser.open(end({ id_token_hint: tokens.id_token ?? '' }));
    assert.ok((JSON.parse(page.body) as { action?: string }).action);
    assert.equal(await isKnown(other.browser), true);
  });

  it('sends a browser in which nobody is signed in straight back', async () => {
    const { at } = await new Browser().open(
      end({ client_id: 'portal', post_logout_redirect_uri: afterSignOut, state: 's' }),
    );
    assert.equal(at.href, `${afterSignOut}?state=s`);
    const without = await new Browser().open(end({}));
    assert.equal(without.at.pathname, '/oidc-interaction/sign-out/done');
  });

  it('sends nobody to an address that is not registered, nor without knowing for whom', async () => {
    const { tokens, browser } = await signIn(provider, 'portal');
    for (const uri of [`${afterSignOut}/`, 'https://evil.example/', `${afterSignOut}?x`]) {
      const wrong = await browser.open(
        end({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: uri }),
      );
      assert.equal(wrong.status, 400, uri);
      assert.ok(!wrong.at.href.startsWith('https://evil'));
    }
    const forged = await browser.open(
      end({ id_token_hint: `${tokens.id_token}x`, post_logout_redirect_uri: afterSignOut }),
    );
    assert.equal(forged.status, 400);
    assert.equal(await isKnown(browser), true);
    const anonymous = await browser.open(end({ post_logout_redirect_uri: 'https://evil.example/' }));
    assert.equal(anonymous.at.origin, provider.url);
  });

  it('tells every application of a session when the person signs out at ours', async () => {
    const { browser, tokens, configuration } = await signIn(provider, 'told');
    const other = await signIn(provider, 'portal', {}, browser);
    const offline = await signIn(provider, 'kept', {}, browser);
    const [session] = [...provider.sessions.values()].slice(-1);
    await provider.storage.tx(tx => provider.oidc.signedOut(tx, session?.ref ?? ''));
    assert.deepEqual(
      provider.notices.map(notice => notice.application),
      ['told'],
    );
    assert.equal(await isActive(configuration, tokens.access_token), false);
    assert.equal(await isActive(other.configuration, other.tokens.access_token), false);
    assert.equal(await isActive(offline.configuration, offline.tokens.refresh_token ?? ''), true);
  });

  it('ends all tokens and tells all applications when the office revokes', async () => {
    const one = await signIn(provider, 'told');
    const two = await signIn(provider, 'told');
    const offline = await signIn(provider, 'kept');
    await provider.storage.tx(tx => provider.oidc.logoutEverywhere(tx, provider.user, Date.now() + 1));
    const sids = provider.notices.map(notice => notice.sid);
    for (const { tokens, configuration } of [one, two, offline])
      assert.equal(await isActive(configuration, tokens.access_token), false);
    for (const { tokens } of [one, two]) assert.ok(sids.includes(String(tokens.claims()?.sid)));
  });

  it('delivers a logout token as Back-Channel Logout 1.0 has it', async () => {
    const received: string[] = [];
    let status = 500;
    const listener = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      received.push(body);
      response.writeHead(status).end();
    });
    await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
    const uri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/backchannel`;
    const told = provider.applications.get('told');
    assert.ok(told);
    provider.applications.set('told', { ...told, backchannelLogoutUri: uri });
    await new Promise(resolve => setTimeout(resolve, 1_050));
    const notice = { application: told.id, user: provider.user, sid: 'the-sid' };
    await assert.rejects(provider.oidc.deliver(notice));
    status = 200;
    await provider.oidc.deliver(notice);
    listener.close();
    const token = new URLSearchParams(received.at(-1)).get('logout_token') ?? '';
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createRemoteJWKSet(new URL(`${provider.issuer}/jwks`)),
      { issuer: provider.issuer, audience: 'told', typ: 'logout+jwt' },
    );
    assert.equal(protectedHeader.alg, 'ES256');
    assert.equal(payload.sub, provider.user);
    assert.equal(payload.sid, 'the-sid');
    assert.ok(payload.jti);
    assert.equal(payload.nonce, undefined);
    assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} });
  });

  it('follows no application that sends the logout token on to somewhere else', async () => {
    const asked: string[] = [];
    const listener = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/inside') response.writeHead(200).end();
      else response.writeHead(307, { location: '/inside' }).end();
    });
    await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
    const uri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/backchannel`;
    const told = provider.applications.get('told');
    assert.ok(told);
    provider.applications.set('told', { ...told, backchannelLogoutUri: uri });
    await new Promise(resolve => setTimeout(resolve, 1_050));
    await assert.rejects(
      provider.oidc.deliver({ application: told.id, user: provider.user, sid: 'the-sid' }),
    );
    listener.close();
    assert.deepEqual(asked, ['/backchannel']);
  });
});
