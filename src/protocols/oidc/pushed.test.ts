import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newRequest, startTestProvider, type TestProvider } from './testing.ts';

describe('what anybody may send, and what is kept of it', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startTestProvider();
  });
  after(() => provider.close());
  beforeEach(() => {
    provider.person.admits = true;
  });

  async function rows(): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from oidc_payloads`.execute(
      provider.storage.db,
    );
    return rows[0]?.n ?? 0;
  }

  async function push(id: 'spa' | 'portal'): Promise<Response> {
    const { parameters } = await newRequest();
    const secret = id === 'portal' ? 'portal-secret' : undefined;
    return fetch(`${provider.issuer}/request`, {
      method: 'POST',
      headers: secret ? { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } : {},
      body: new URLSearchParams({ client_id: id, response_type: 'code', ...parameters }),
    });
  }

  it('keeps nothing of a silent question, of one that is wrong, and of a sign-out of nobody', async () => {
    const { parameters } = await newRequest();
    const asked = { client_id: 'spa', response_type: 'code', ...parameters };
    for (const path of [
      `/auth?${new URLSearchParams({ ...asked, prompt: 'none' })}`,
      `/auth?${new URLSearchParams({ ...asked, code_challenge: '' })}`,
      `/auth?${new URLSearchParams({ ...asked, redirect_uri: 'http://127.0.0.1:9/elsewhere' })}`,
      '/session/end',
      '/session/end?client_id=spa',
      '/me',
    ]) {
      const response = await fetch(`${provider.issuer}${path}`, { redirect: 'manual' });
      await response.arrayBuffer();
      assert.ok(response.status < 500, `${path} ${response.status}`);
    }
    assert.equal(await rows(), 0);
  });

  it('refuses a zero byte in whatever an application sends, as its fault and not as one of ours', async () => {
    provider.errors.length = 0;
    for (const name of ['login_hint', 'state', 'nonce', 'ui_locales', 'unheard_of']) {
      const { parameters } = await newRequest({ [name]: 'a\0b' });
      const asked = new URLSearchParams({ client_id: 'spa', response_type: 'code', ...parameters });
      const response = await fetch(`${provider.issuer}/auth?${asked}`, { redirect: 'manual' });
      await response.arrayBuffer();
      assert.ok([303, 400].includes(response.status), `${name} ${response.status}`);
      const pushed = await fetch(`${provider.issuer}/request`, { method: 'POST', body: asked });
      const { error = 'none' } = (await pushed.json()) as { error?: string };
      assert.ok(['none', 'invalid_request'].includes(error), `${name} ${error}`);
      assert.ok(pushed.status < 500, name);
    }
    assert.deepEqual(provider.errors, []);
  });

  it('keeps no more pushed requests of a public application than strangers may come: anybody can be it', async () => {
    assert.equal((await push('spa')).status, 201);
    const before = await rows();
    provider.person.admits = false;
    const held = await push('spa');
    assert.equal(held.status, 503);
    assert.ok(Number(held.headers.get('retry-after')) > 0);
    assert.deepEqual(await held.json(), { error: 'temporarily_unavailable' });
    assert.equal(await rows(), before, 'what was refused is kept all the same');
    assert.equal((await push('portal')).status, 201, 'one with a secret is known to the office');
    provider.person.admits = true;
    assert.equal((await push('spa')).status, 201);
  });
});
