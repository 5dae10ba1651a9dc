import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hours } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import { personEnded } from './belongings.ts';
import { office as actor, testDirectory } from './testing.ts';

let house: Awaited<ReturnType<typeof testDirectory>>;
before(async () => {
  house = await testDirectory();
});
after(() => house.storage.close());

/** A person who is signed in, in the middle of another sign-in, holds a token, a phone and an app, and is locked. */
async function busyPerson(loginName: string): Promise<UserId> {
  const user = await house.member(loginName);
  const { db } = house.storage;
  const now = house.clock.now();
  const attempt = {
    version: 1,
    browser_hash: randomBytes(32),
    user_id: user,
    state: '{}',
    created_at: now,
    expires_at: now + hours(1),
  };
  await db
    .insertInto('sign_ins')
    .values({ id: newId(), ...attempt })
    .execute();
  await db
    .insertInto('registrations')
    .values({ id: newId(), ...attempt })
    .execute();
  await db
    .insertInto('sessions')
    .values({
      token_hash: randomBytes(32),
      id: newId(),
      user_id: user,
      evidence: '[]',
      persistent: false,
      address: null,
      user_agent: null,
      started_at: now,
      last_seen_at: now,
      expires_at: now + hours(1),
    })
    .execute();
  await db
    .insertInto('phones')
    .values({
      user_id: user,
      kind: 'mobile',
      number_sealed: randomBytes(40),
      number_index: randomBytes(32),
      way: 'text',
      created_at: now,
      last_used_at: null,
    })
    .execute();
  await db
    .insertInto('totp_credentials')
    .values({
      id: newId(),
      user_id: user,
      name: 'app',
      secret_sealed: randomBytes(40),
      last_step: 0,
      created_at: now,
      last_used_at: null,
    })
    .execute();
  for (const key of [`password:${user}:any`, `password:${user}:browser`, `second:${user}`])
    await db
      .insertInto('lockouts')
      .values({ key, failures: 10, locked_until: now + hours(1), modified_at: now })
      .execute();
  return user;
}

const rowsOf = async (user: UserId) => {
  const { db } = house.storage;
  const count = async (table: 'sign_ins' | 'registrations' | 'sessions' | 'phones' | 'totp_credentials') =>
    (await db.selectFrom(table).select('user_id').where('user_id', '=', user).execute()).length;
  const locks = await db.selectFrom('lockouts').select('key').where('key', 'like', `%${user}%`).execute();
  return {
    held: (await count('sign_ins')) + (await count('registrations')) + (await count('sessions')),
    methods: (await count('phones')) + (await count('totp_credentials')),
    locks: locks.map(({ key }) => key.split(':')[0]).sort(),
  };
};

const untouched = { held: 3, methods: 2, locks: ['password', 'password', 'second'] };

test('resetting a password gives one that lasts a day and must be changed, ends everything and lifts its lock', async () => {
  const user = await busyPerson('reset');
  const other = await busyPerson('bystander');
  house.clock.at += 1_000;
  const done = await house.directory.office.resetPassword(user, { encoded: 'initial$…' }, actor);
  assert.deepEqual(done, { expiresAt: house.clock.now() + hours(24) });
  const person = await house.directory.users.forSignIn({ id: user });
  assert.equal(person?.mustChangePassword, true);
  assert.equal(person?.password?.expiresAt, house.clock.now() + hours(24));
  assert.equal(person?.validFrom, house.clock.now());
  assert.deepEqual(await rowsOf(user), { held: 0, methods: 2, locks: ['second'] });
  assert.deepEqual(await rowsOf(other), untouched, 'nobody else is concerned');
});

test('removing the methods leaves the password, and ends everything', async () => {
  const user = await busyPerson('lost-phone');
  assert.equal(await house.directory.office.removeMethods(user, actor), 2);
  assert.deepEqual(await rowsOf(user), { held: 0, methods: 0, locks: ['password', 'password'] });
});

test('requiring registration removes the methods as well, marks the person and ends everything', async () => {
  const user = await busyPerson('register');
  const told: string[] = [];
  const tell = async (): Promise<void> => void told.push('told');
  assert.equal(await house.directory.office.requireRegistration(user, actor, tell), 2);
  assert.equal((await house.directory.users.forSignIn({ id: user }))?.mustRegister, true);
  assert.deepEqual(await rowsOf(user), { held: 0, methods: 0, locks: ['password', 'password'] });
  assert.equal(await house.directory.office.requireRegistration(user, actor, tell), 0);
  assert.deepEqual(told, ['told'], 'the second time there was nothing to tell');
});

test('unlocking forgets all counters and touches nothing else', async () => {
  const user = await busyPerson('locked');
  assert.equal(await house.directory.office.unlock(user, actor), 3);
  assert.deepEqual(await rowsOf(user), { ...untouched, locks: [] });
});

test('revoking ends sign-ins, sessions and tokens, and says how many sessions', async () => {
  const user = await busyPerson('revoked');
  assert.equal(await house.directory.office.revokeSessions(user, actor), 1);
  assert.deepEqual(await rowsOf(user), { ...untouched, held: 0 });
  const told = await house.storage.db
    .selectFrom('outbox')
    .select(['id', 'kind'])
    .orderBy('id', 'desc')
    .execute();
  assert.equal(told[0]?.kind, personEnded, 'whoever knows the applications ends their tokens and tells them');
});

test('disabling ends everything; enabling brings nothing of it back', async () => {
  const user = await busyPerson('disabled');
  assert.equal(await house.directory.office.disable(user, actor), true);
  assert.equal((await house.directory.users.forSignIn({ id: user }))?.enabled, false);
  assert.deepEqual(await rowsOf(user), { ...untouched, held: 0 });
  assert.equal(await house.directory.office.enable(user, actor), true);
  assert.equal((await house.directory.users.forSignIn({ id: user }))?.enabled, true);
  assert.equal((await rowsOf(user)).held, 0);
});

test('each act is in the log, and an act on nobody is none', async () => {
  const { office } = house.directory;
  const user = await busyPerson('logged');
  const nobody = newId<'user'>();
  await office.resetPassword(user, { encoded: 'x' }, actor);
  await office.removeMethods(user, actor);
  await office.unlock(user, actor);
  await office.revokeSessions(user, actor);
  await office.disable(user, actor);
  await office.enable(user, actor);
  const before = await house.kinds();
  assert.deepEqual(before.slice(-7), [
    'user.created',
    'user.password-reset',
    'user.methods-removed',
    'user.unlocked',
    'user.sessions-revoked',
    'user.disabled',
    'user.enabled',
  ]);
  for (const act of [
    office.resetPassword(nobody, { encoded: 'x' }, actor),
    office.removeMethods(nobody, actor),
    office.unlock(nobody, actor),
    office.revokeSessions(nobody, actor),
    office.disable(nobody, actor),
    office.enable(nobody, actor),
    office.requireRegistration(nobody, actor),
  ])
    assert.equal(await act, undefined);
  assert.equal((await house.kinds()).length, before.length);
});

test('a session that begins while all are revoked either ends with them or does not begin', async () => {
  const { storage, directory, clock } = house;
  const user = await house.member('racer');
  const began = clock.now();
  for (let round = 0; round < 20; round++) {
    clock.at += 10;
    const start = storage.tx(async tx => {
      const welcome = await tx
        .selectFrom('users')
        .select('id')
        .where('id', '=', user)
        .where('valid_from', '<=', round === 0 ? began : clock.now() - 5)
        .forKeyShare()
        .executeTakeFirst();
      if (!welcome) return;
      await tx
        .insertInto('sessions')
        .values({
          token_hash: randomBytes(32),
          id: newId(),
          user_id: user,
          evidence: '[]',
          persistent: true,
          address: null,
          user_agent: null,
          started_at: clock.now() + 1,
          last_seen_at: clock.now(),
          expires_at: clock.now() + hours(1),
        })
        .execute();
    });
    await Promise.all([start, directory.office.revokeSessions(user, actor)]);
    const left = await storage.db
      .selectFrom('sessions')
      .select('started_at')
      .where('user_id', '=', user)
      .execute();
    assert.deepEqual(left, [], `round ${round}`);
  }
});
