import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { change, type Part } from './index.ts';
import { testStorage } from './testing.ts';

describe('a change of several parts', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    await storage.db.deleteFrom('lockouts').execute();
  });

  const adding = (name: string, holder: number): Part => ({
    name: `added_${name}`,
    sql: put =>
      `insert into lockouts (key, failures, modified_at) values (${put(name)}, ${put(holder)}, 0) returning 1`,
  });
  const taking = (name: string, from: number, to: number): Part => ({
    name: `taken_${name}`,
    must: 1,
    sql: put =>
      `update lockouts set failures = ${put(to)} where key = ${put(name)} and failures = ${put(from)} returning 1`,
  });
  const holders = async () =>
    Object.fromEntries(
      (await storage.db.selectFrom('lockouts').select(['key', 'failures']).execute()).map(row => [
        row.key,
        row.failures,
      ]),
    );

  test('is made whole', async () => {
    assert.equal(await storage.change([adding('a', 1)]), true);
    assert.equal(await storage.change([taking('a', 1, 2), adding('b', 1)]), true);
    assert.deepEqual(await holders(), { a: 2, b: 1 });
  });

  test('or not at all: what follows a part that had nothing to change is undone, and what went before it', async () => {
    await storage.change([adding('a', 1), adding('b', 1)]);
    const parts = [taking('a', 1, 2), taking('b', -1, 2), adding('c', 1)];
    assert.equal(await storage.change(parts), false);
    assert.deepEqual(await holders(), { a: 1, b: 1 });
  });

  test('of fifty at once that spend the same thing, one is made, with all that belongs to it', async () => {
    await storage.change([adding('a', -1)]);
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, i) => storage.change([taking('a', -1, i), adding(`log_${i}`, i)])),
    );
    assert.equal(made.filter(Boolean).length, 1);
    const winner = made.indexOf(true);
    assert.deepEqual(await holders(), { a: winner, [`log_${winner}`]: winner });
  });

  test('a part that waits for another one to change its row sees what that one left', async () => {
    await storage.change([adding('a', 0)]);
    const counting: Part = {
      name: 'counted',
      must: 1,
      sql: () => "update lockouts set modified_at = modified_at + 1 where key = 'a' returning 1",
    };
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => storage.change([counting, adding(`n${i}`, i)])),
    );
    assert.ok(made.every(Boolean));
    const { modified_at } = await storage.db
      .selectFrom('lockouts')
      .select('modified_at')
      .where('key', '=', 'a')
      .executeTakeFirstOrThrow();
    assert.equal(modified_at, 20);
  });

  test('within a transaction, that goes with it', async () => {
    const lost = new Error('lost');
    await storage.change([adding('a', 1)]);
    const made = storage.tx(async tx => {
      await change(tx, [adding('b', 1)]);
      if (!(await change(tx, [taking('a', -1, 2)]))) throw lost;
    });
    await assert.rejects(made, lost);
    assert.deepEqual(await holders(), { a: 1 });
  });
});
