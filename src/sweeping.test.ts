import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { testDirectory } from './directory/testing.ts';
import { hours, minutes } from './kit/clock.ts';
import { newId } from './kit/ids.ts';
import { until } from './kit/testing.ts';
import { openSessions } from './sessions/index.ts';
import { startSweeping } from './sweeping.ts';

test('what is over is gone within a minute, and what is not stays', async t => {
  const { storage, audit, clock, directory } = await testDirectory();
  t.after(() => storage.close());
  const { db } = storage;
  const now = clock.now();
  const ends = { over: now - 1, live: now + hours(1) };
  const ids = { over: newId(), live: newId() };
  for (const which of ['over', 'live'] as const) {
    const id = ids[which];
    const user = { user_id: newId<'user'>() };
    const until = { created_at: now - hours(1), expires_at: ends[which] };
    const attempt = { id, version: 1, browser_hash: randomBytes(32), ...user, state: '{}', ...until };
    await db.insertInto('sign_ins').values(attempt).execute();
    await db.insertInto('registrations').values(attempt).execute();
    const session = { token_hash: randomBytes(32), id, ...user, evidence: '[]', persistent: true };
    const { expires_at } = until;
    const seen = { address: null, user_agent: null, started_at: now, last_seen_at: now, expires_at };
    await db
      .insertInto('sessions')
      .values({ ...session, ...seen })
      .execute();
    const pass = { id, ...user, hash: randomBytes(32), signs: 12, uses: 'once', tries_left: 5 };
    await db
      .insertInto('temporary_access_passes')
      .values({ ...pass, starts_at: until.created_at, ends_at: expires_at, created_at: until.created_at })
      .execute();
    await db
      .insertInto('authenticator_nonces')
      .values({ hash: randomBytes(32), expires_at })
      .execute();
  }
  const left = async (): Promise<readonly (readonly string[])[]> => {
    const tables = ['sign_ins', 'registrations', 'sessions', 'temporary_access_passes'] as const;
    const named = await Promise.all(tables.map(table => db.selectFrom(table).select('id').execute()));
    return named.map(rows => rows.map(({ id }) => id));
  };

  const errors: unknown[] = [];
  const zones: string[] = [];
  let protocols = 0;
  const signedOut = async () => undefined;
  t.mock.timers.enable({ apis: ['setInterval'] });
  const stop = startSweeping({
    storage,
    clock,
    audit,
    sessions: openSessions({ storage, audit, clock, secure: true, stayDays: async () => 30, signedOut }),
    delivery: { sweep: async zone => void zones.push(zone) },
    sweepProtocols: async () => {
      protocols++;
    },
    rules: () => directory.settings.rules(),
    onError: error => errors.push(error),
  });
  t.after(stop);
  t.mock.timers.tick(minutes(1) - 1);
  assert.equal((await left()).flat().length, 8, 'nothing is swept before the minute');
  t.mock.timers.tick(1);
  await until(
    () => zones.length === 1 || errors.length > 0,
    () => String(errors[0]),
  );
  assert.deepEqual(errors, []);
  assert.deepEqual(
    await left(),
    Array.from({ length: 4 }, () => [ids.live]),
  );
  const nonces = await db.selectFrom('authenticator_nonces').select('expires_at').execute();
  assert.deepEqual(nonces, [{ expires_at: ends.live }]);
  assert.deepEqual([protocols, zones], [1, ['Asia/Tokyo']]);
});
