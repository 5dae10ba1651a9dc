import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '../kit/ids.ts';
import type { Storage } from '../storage/index.ts';
import { testStorage } from '../storage/testing.ts';
import * as lockout from './lockout.ts';

let storage: Storage;
before(async () => {
  storage = await testStorage();
});
after(() => storage.close());

for (const kind of ['password', 'second-factor'] as const) {
  test(`the database counts ${kind} failures and waits as the arithmetic says`, async () => {
    const lock = { kind, key: `${kind}:${newId()}` };
    let now = 1_000_000;
    for (let failures = 1; failures <= 101; failures++) {
      const reserved = await lockout.reserve(storage.db, lock, now);
      if (failures === 101 && kind === 'second-factor') {
        assert.deepEqual(reserved, { reserved: false, refusal: { reason: 'disabled-until-helped' } });
        return;
      }
      assert.deepEqual(reserved, { reserved: true, failures });
      const wait = lockout.waitAfter(kind, failures);
      if (wait > 0 && failures < 100) {
        const refused = await lockout.reserve(storage.db, lock, now + wait - 1);
        assert.deepEqual(
          refused,
          { reserved: false, refusal: { reason: 'locked', until: now + wait } },
          `after ${failures} failures`,
        );
      }
      if (wait < Number.MAX_SAFE_INTEGER) now += wait;
    }
  });
}

test('a hundred tries at once are a hundred tries, and ten of a second factor are enough to lock', async () => {
  const lock = lockout.secondFactorLock(newId());
  const reserved = await Promise.all(
    Array.from({ length: 100 }, () => lockout.reserve(storage.db, lock, 5_000)),
  );
  assert.equal(reserved.filter(r => r.reserved).length, 10);
});

test('the same wrong password twenty times counts once', async () => {
  const lock = lockout.passwordLock(newId(), undefined);
  for (let i = 0; i < 20; i++) {
    assert.equal((await lockout.reserve(storage.db, lock, 1_000)).reserved, true);
    await lockout.remember(storage.db, lock, Buffer.from('the old password'));
  }
  assert.deepEqual(await lockout.reserve(storage.db, lock, 1_000), { reserved: true, failures: 2 });
});

test('a right answer begins the count anew', async () => {
  const lock = lockout.secondFactorLock(newId());
  for (let i = 0; i < 9; i++) await lockout.reserve(storage.db, lock, 1_000);
  await storage.change([lockout.forgiving(lock)]);
  assert.deepEqual(await lockout.reserve(storage.db, lock, 1_000), { reserved: true, failures: 1 });
});
