import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hours, type Instant, minutes, seconds } from '../../kit/clock.ts';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import { testStorage } from '../../storage/testing.ts';
import * as requests from './requests.ts';

let storage: Storage;
before(async () => {
  storage = await testStorage();
});
after(() => storage.close());

const morning: Instant = 1_700_000_000_000;
const person = (): UserId => newId<'user'>() as UserId;

/** Somebody asks this person; whether it was put, and until when there are none if not. */
async function ask(user: UserId, askedAt: Instant): Promise<requests.Put & { readonly id: string }> {
  const id = newId();
  const request = {
    id,
    user,
    device: newId<'credential'>() as CredentialId,
    correlation: newId(),
    purpose: 'sign-in',
    challenge: randomBytes(16),
    shown: { application: '', address: '', trusted: false },
    number: '42',
    askedAt,
    expiresAt: askedAt + requests.lifetime,
  } as const;
  return { id, ...(await storage.tx(tx => requests.put(tx, request))) };
}

async function put(user: UserId, askedAt: Instant): Promise<string> {
  const asked = await ask(user, askedAt);
  assert.ok(asked.put, `nothing was put ${(askedAt - morning) / minutes(1)} minutes later`);
  return asked.id;
}

async function notPut(user: UserId, askedAt: Instant, until: Instant): Promise<void> {
  const { id: _, ...said } = await ask(user, askedAt);
  assert.deepEqual(said, { put: false, until });
}

test('after three within ten minutes there are none for thirty, to the moment', async () => {
  const user = person();
  const third = morning + minutes(10);
  for (const at of [morning, morning + minutes(5), third]) await put(user, at);
  await notPut(user, third, third + minutes(30));
  await notPut(user, third + minutes(30) - 1, third + minutes(30));
  await put(user, third + minutes(30));
});

test('three within more than ten minutes are no reason', async () => {
  const user = person();
  for (const at of [0, 1, 2].map(n => morning + n * (minutes(5) + 1))) await put(user, at);
  await put(user, morning + minutes(10) + 3);
});

test('whoever asks every five minutes and a second asks ten times, and then one day after each of them', async () => {
  const user = person();
  const every = minutes(5) + seconds(1);
  for (let n = 0; n < 10; n++) await put(user, morning + n * every);
  for (let n = 10; n < 20; n++) await notPut(user, morning + n * every, morning + hours(24));
  await notPut(user, morning + hours(24) - 1, morning + hours(24));
  await put(user, morning + hours(24));
  await notPut(user, morning + hours(24) + 1, morning + hours(24) + every);
  await put(user, morning + hours(24) + every);
});

test('where both pauses hold, the longer one is told', async () => {
  const slow = person();
  for (const minute of [0, 6, 12, 18, 24, 30, 36, 42, 48, 49]) await put(slow, morning + minutes(minute));
  await notPut(slow, morning + minutes(50), morning + hours(24));
  const late = person();
  for (const hour of [0, 1, 2, 3, 4, 5, 6]) await put(late, morning + hours(hour));
  const lastThree = [15, 10, 5].map(minute => morning + hours(24) - minutes(minute));
  for (const at of lastThree) await put(late, at);
  await notPut(late, morning + hours(24) - 1, morning + hours(24) + minutes(25));
});

test('an approval, or the office, begins the count anew', async () => {
  for (const begin of [
    async (user: UserId, id: string) => {
      await storage.db
        .updateTable('authenticator_requests')
        .set({ state: 'approved' })
        .where('id', '=', id)
        .execute();
      assert.ok(await storage.tx(tx => requests.spend(tx, { user, id })));
    },
    (user: UserId) => storage.tx(tx => requests.forgiveRequests(tx, user)),
  ]) {
    const user = person();
    const every = minutes(5) + seconds(1);
    let last = '';
    for (let n = 0; n < 10; n++) last = await put(user, morning + n * every);
    await begin(user, last);
    for (let n = 10; n < 20; n++) await put(user, morning + n * every);
    await notPut(user, morning + 20 * every, morning + 10 * every + hours(24));
  }
});
