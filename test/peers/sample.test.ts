import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSample } from '../../sample/server.tsx';
import { freePort } from '../../src/kit/testing.ts';
import {
  Browser,
  password,
  startTestProvider,
  type TestProvider,
  text,
} from '../../src/protocols/oidc/testing.ts';
import { assetFolders } from '../cast/pages.ts';

describe('the sample application', () => {
  let provider: TestProvider;
  let sample: Awaited<ReturnType<typeof startSample>>;
  let url: string;
  before(async () => {
    provider = await startTestProvider();
    const port = await freePort();
    url = `http://localhost:${port}`;
    const portal = provider.applications.get('portal');
    assert.ok(portal);
    provider.applications.set('portal', {
      ...portal,
      idTokenSignedResponseAlg: 'RS256',
      redirectUris: [`${url}/callback`],
      postLogoutRedirectUris: [`${url}/`],
      backchannelLogoutUri: `${url}/backchannel-logout`,
    });
    const [assets = ''] = await assetFolders();
    sample = await startSample({
      issuer: provider.issuer,
      url,
      port,
      clientId: 'portal',
      clientSecret: 'portal-secret',
      assets,
    });
  });
  after(async () => {
    await sample.close();
    await provider.close();
  });

  const csrfOf = (body: string) => /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const post = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  });

  it('shows who signed in and how, refreshes, asks for more, and signs out', async () => {
    const browser = new Browser();
    const stranger = await browser.open(`${url}/`);
    assert.match(stranger.body, /サインイン/);

    provider.person.answer = () => [password()];
    const known = await browser.open(`${url}/sign-in`);
    assert.match(known.body, /京大 花子/);
    assert.match(known.body, /profile\/sfa/);
    assert.match(known.body, /<code>pwd<\/code>/);

    const refreshed = await browser.open(`${url}/refresh`, post({ csrf: csrfOf(known.body) }));
    assert.match(refreshed.body, /新しいトークンを受け取りました/);

    provider.person.answer = () => 'cannot';
    const unmet = await browser.open(`${url}/step-up`);
    assert.match(unmet.body, /追加の本人確認ができませんでした/);
    assert.match(unmet.body, /京大 花子/);

    provider.person.answer = () => [password(), text()];
    const raised = await browser.open(`${url}/step-up`);
    assert.match(raised.body, /profile\/mfa/);
    assert.match(raised.body, /mfa, pwd, sms/);

    const gone = await browser.fetch(`${url}/sign-out`, post({ csrf: csrfOf(raised.body) }));
    const to = /content="0;url=([^"]+)"/.exec(await gone.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    const back = await browser.open(to);
    assert.equal(back.at.href, `${url}/`);
    assert.match(back.body, /サインアウトしました/);
  });

  it('is told when the person is signed out elsewhere', async () => {
    const browser = new Browser();
    provider.person.answer = () => [password()];
    assert.match((await browser.open(`${url}/sign-in`)).body, /京大 花子/);
    provider.notices.length = 0;
    await provider.storage.tx(tx => provider.oidc.logoutEverywhere(tx, provider.user, Date.now() + 1));
    for (const notice of provider.notices) await provider.oidc.deliver(notice);
    const after = await browser.open(`${url}/`);
    assert.doesNotMatch(after.body, /京大 花子/);
    assert.match(after.body, /窓口がセッションを終了/);
  });

  it('speaks English to who wants that', async () => {
    const { body } = await new Browser().open(`${url}/`, { headers: { 'accept-language': 'en' } });
    assert.match(body, /Sign in with your university account/);
  });

  it('takes no form but its own, and no logout token but Genkan’s', async () => {
    const browser = new Browser();
    await browser.open(`${url}/sign-in`);
    const { body } = await browser.open(`${url}/sign-out`, post({ csrf: 'made-up' }));
    assert.match(body, /京大 花子/);
    const forged = await fetch(`${url}/backchannel-logout`, post({ logout_token: 'a.b.c' }));
    assert.equal(forged.status, 400);
  });
});
