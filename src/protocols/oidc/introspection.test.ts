import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { newRequest, signIn, startTestProvider, type TestProvider } from './testing.ts';

describe('introspection, on the short way and on the long one', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startTestProvider();
  });
  after(() => provider.close());

  async function send(headers: Record<string, string>, body: string) {
    const response = await fetch(`${provider.issuer}/token/introspection`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
    return {
      status: response.status,
      cache: response.headers.get('cache-control'),
      type: response.headers.get('content-type'),
      body: (await response.json()) as Record<string, unknown>,
    };
  }
  const basic = (id: string, secret = `${id}-secret`) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });
  const short = (as: string, token: string) => send(basic(as), new URLSearchParams({ token }).toString());
  /** With the secret in the body: oidc-provider answers that. */
  const long = (as: string, token: string) =>
    send({}, new URLSearchParams({ token, client_id: as, client_secret: `${as}-secret` }).toString());

  it('says the same on both', async () => {
    const { tokens, configuration, browser } = await signIn(provider, 'told');
    const spent = await signIn(provider, 'portal');
    await client.refreshTokenGrant(spent.configuration, spent.tokens.refresh_token ?? '');
    const revoked = await signIn(provider, 'portal');
    await client.tokenRevocation(revoked.configuration, revoked.tokens.access_token);
    const offline = await signIn(provider, 'kept', {}, browser);
    const over = await signIn(provider, 'portal');
    await provider.storage.tx(tx =>
      provider.oidc.signedOut(tx, [...provider.sessions.values()].at(-1)?.ref ?? ''),
    );
    const request = await newRequest();
    const { at } = await browser.open(client.buildAuthorizationUrl(configuration, request.parameters));
    const cases = [
      tokens.access_token,
      tokens.refresh_token,
      at.searchParams.get('code'),
      spent.tokens.access_token,
      spent.tokens.refresh_token,
      revoked.tokens.access_token,
      revoked.tokens.refresh_token,
      offline.tokens.refresh_token,
      over.tokens.access_token,
      'x'.repeat(43),
      ' ',
    ];
    let active = 0;
    for (const token of cases)
      for (const as of ['told', 'portal', 'resource', 'kept']) {
        const [one, other] = [await short(as, token ?? ''), await long(as, token ?? '')];
        assert.deepEqual(one, other, `${as} ${token}`);
        if (one.body.active) active += 1;
      }
    assert.ok(active >= 8, `${active} active`);
  });

  it('refuses the same', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const token = `token=${tokens.access_token}`;
    const refusals: [Record<string, string>, string, number, string][] = [
      [basic('portal', 'wrong'), token, 401, 'invalid_client'],
      [basic('nobody'), token, 401, 'invalid_client'],
      [basic('spa', ''), token, 401, 'invalid_client'],
      [{ authorization: 'Basic !' }, token, 401, 'invalid_client'],
      [
        { authorization: `Basic ${Buffer.from('portal:%E0%A4').toString('base64')}` },
        token,
        401,
        'invalid_client',
      ],
      [basic('portal'), '', 400, 'invalid_request'],
      [basic('portal'), `${token}&${token}`, 400, 'invalid_request'],
      [basic('portal'), `${token}&client_id=library`, 400, 'invalid_request'],
      [basic('portal'), `${token}&client_secret=portal-secret`, 400, 'invalid_request'],
      [{}, token, 400, 'invalid_request'],
    ];
    for (const [headers, body, status, error] of refusals) {
      const answer = await send(headers, body);
      assert.equal(
        answer.status,
        status,
        `${JSON.stringify(headers)} ${body} ${JSON.stringify(answer.body)}`,
      );
      assert.equal(answer.body.error, error);
      assert.equal(answer.body.active, undefined);
    }
    assert.equal((await short('portal', tokens.access_token)).body.active, true);
  });
});
