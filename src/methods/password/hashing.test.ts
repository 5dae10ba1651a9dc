import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { hash } from '@node-rs/argon2';
import { Problem } from '../../http/problems.ts';
import { argon2id, isAcceptableHash, openHashing } from './hashing.ts';
import { openTurns } from './turns.ts';

const hashing = openHashing({ initialKey: randomBytes(32) });

test('a password verifies in whichever width and composition it is typed', async () => {
  const encoded = await hashing.hashPassword('ｐａｓｓカﾞ');
  assert.match(encoded, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.ok(isAcceptableHash(encoded));
  assert.ok(await hashing.verifyPassword(encoded, 'passガ'));
  assert.ok(!(await hashing.verifyPassword(encoded, 'passか')));
});

test('nothing is cut: the first 72 bytes of a longer password are another password', async () => {
  const long = 'x'.repeat(72) + randomBytes(20).toString('hex');
  const encoded = await hashing.hashPassword(long);
  assert.ok(await hashing.verifyPassword(encoded, long));
  assert.ok(!(await hashing.verifyPassword(encoded, long.slice(0, 72))));
});

test('what is longer than any password is wrong, and takes as long', async () => {
  const encoded = await hashing.hashPassword('a'.repeat(256));
  assert.ok(await hashing.verifyPassword(encoded, 'a'.repeat(256)));
  assert.ok(!(await hashing.verifyPassword(encoded, 'a'.repeat(257))));
  await assert.rejects(hashing.hashPassword('a'.repeat(257)), RangeError);
});

test('a hash made with less is to be made again, an equal or stronger one is not', async () => {
  assert.ok(hashing.needsRehash(await hash('x', { ...argon2id, memoryCost: 4096 })));
  assert.ok(hashing.needsRehash(await hash('x', { ...argon2id, timeCost: 1 })));
  assert.ok(!hashing.needsRehash(await hash('x', argon2id)));
  assert.ok(!hashing.needsRehash(hashing.newInitial().encoded));
});

test('an initial password is read from paper: capitals, spaces and hyphens do not matter, anything else does', async () => {
  const { password, encoded } = hashing.newInitial();
  assert.match(password, /^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
  for (const typed of [
    password,
    password.toUpperCase(),
    password.replaceAll('-', ''),
    password.replaceAll('-', ' '),
    password.replaceAll('-', '－'),
  ])
    assert.ok(await hashing.verifyPassword(encoded, typed), typed);
  assert.ok(!(await hashing.verifyPassword(encoded, `${password}a`)));
  assert.ok(!(await hashing.verifyPassword(encoded, '')));
  const elsewhere = openHashing({ initialKey: randomBytes(32) });
  assert.ok(
    !(await elsewhere.verifyPassword(encoded, password)),
    'without the key the database says nothing',
  );
});

test('nobody, somebody and somebody with an initial password take the same time', async () => {
  const encoded = await hashing.hashPassword('a right one');
  const initial = hashing.newInitial().encoded;
  const kinds = {
    nobody: () => hashing.verifyNobody('a wrong one'),
    somebody: () => hashing.verifyPassword(encoded, 'a wrong one'),
    initial: () => hashing.verifyPassword(initial, 'a wrong one'),
  };
  // The fastest of each: what else the machine does only ever adds. A busy one is asked more often.
  const fastest = new Map<string, number>();
  const apart = () => Math.max(...fastest.values()) / Math.min(...fastest.values());
  for (let round = 0; round < 15 || (round < 120 && apart() >= 1.3); round++) {
    for (const [kind, verify] of Object.entries(kinds)) {
      const began = performance.now();
      assert.equal(await verify(), false);
      fastest.set(kind, Math.min(fastest.get(kind) ?? Number.POSITIVE_INFINITY, performance.now() - began));
    }
  }
  assert.ok(apart() < 1.3, `fastest of each: ${[...fastest.values()].map(t => t.toFixed(1)).join(', ')} ms`);
});

test('turns: a few at once, the others in the order in which they came', async () => {
  const turns = openTurns({ atOnce: 2, patience: 1_000, now: () => 0 });
  let working = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map(number =>
      turns.take(async () => {
        most = Math.max(most, ++working);
        order.push(number);
        await new Promise(resolve => setTimeout(resolve, 2));
        working -= 1;
      }),
    ),
  );
  assert.equal(most, 2);
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5]);
});

test('turns: who would wait too long is told at once when to come back, and the others still get theirs', async () => {
  const turns = openTurns({ atOnce: 1, patience: 100 });
  const slow = () => new Promise<string>(resolve => setTimeout(resolve, 5, 'done'));
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => turns.take(slow)));
  const refused = answers.filter(answer => answer.status === 'rejected');
  assert.ok(refused.length > 30 && refused.length < 50);
  for (const { reason } of refused) {
    assert.ok(reason instanceof Problem && reason.code === 'busy');
    assert.ok(Number(reason.retryAfter) >= 1);
  }
  assert.equal(await turns.take(slow), 'done');
});

test('turns: work that fails gives its turn to the next', async () => {
  const turns = openTurns({ atOnce: 1, patience: 1_000 });
  await assert.rejects(
    turns.take(() => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(await turns.take(() => Promise.resolve('next')), 'next');
});
