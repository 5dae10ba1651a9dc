import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { hours } from '../../kit/clock.ts';
import { removeExpired } from './rows.ts';
import { signIn, startTestProvider, type TestProvider } from './testing.ts';

describe('one request is written at once, or not at all', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startTestProvider();
  });
  after(() => provider.close());

  async function refresh(token: string) {
    const response = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('portal:portal-secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
    });
    const text = await response.text();
    if (!text.startsWith('{'))
      throw new Error(`${response.status} ${text} ${provider.errors.map(String).join()}`);
    const body = JSON.parse(text) as { refresh_token?: string; error?: string };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
  }

  it('goes on refreshing while the database drops connections under it', async () => {
    const chains = await Promise.all(
      Array.from({ length: 4 }, async () => (await signIn(provider, 'portal')).tokens.refresh_token ?? ''),
    );
    let dropping = true;
    let dropped = 0;
    let refreshed = 0;
    const drops = (async () => {
      for (let seen = 0; dropping; await sleep(60)) {
        // However busy the machine is, something is refreshed from one time to the next.
        if (dropped > 0 && refreshed === seen) continue;
        seen = refreshed;
        dropped += 1;
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`
          .execute(provider.storage.db)
          .catch(() => 'it also hits itself');
      }
    })();
    await Promise.all(
      chains.map(async first => {
        let token = first;
        const end = performance.now() + 2_000;
        while (performance.now() < end || refreshed <= 10 || dropped <= 5) {
          const { status, retryAfter, body } = await refresh(token);
          if (status === 503) assert.ok(Number(retryAfter) > 0);
          else assert.equal(status, 200, JSON.stringify(body));
          if (body.refresh_token) {
            token = body.refresh_token;
            refreshed += 1;
          }
        }
      }),
    );
    dropping = false;
    await drops;
  });

  it('says when to come back while the database is away, and has spent nothing', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const refused = await provider.storage.away(() => refresh(tokens.refresh_token ?? ''));
    assert.equal(refused.status, 503);
    assert.equal(refused.body.error, 'temporarily_unavailable');
    assert.ok(refused.retryAfter);
    assert.equal((await refresh(tokens.refresh_token ?? '')).status, 200);
  });

  it('takes out what is over, a batch at a time, and nothing else', async () => {
    const { tokens } = await signIn(provider, 'portal');
    const { db } = provider.storage;
    const later = Date.now() + hours(1);
    const over = await db
      .selectFrom('oidc_payloads')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('expires_at', '<', later)
      .executeTakeFirstOrThrow();
    assert.ok(over.n > 3);
    assert.equal(await removeExpired(db, later, 2), 2);
    assert.equal(await removeExpired(db, later, 1_000), over.n - 2);
    assert.equal(await removeExpired(db, later, 1_000), 0);
    assert.equal((await refresh(tokens.refresh_token ?? '')).status, 200);
  });
});
