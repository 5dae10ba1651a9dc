import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import { until } from '../../kit/testing.ts';
import { openSealer, openStorage, type Storage } from '../../storage/index.ts';
import { testDatabase } from '../../storage/testing.ts';
import * as requests from './requests.ts';
import { openWatch } from './watch.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
/** Two nodes of one house. */
let nodes: readonly [Storage, Storage];
let now = 1_700_000_000_000;
const clock = { now: () => now };

before(async () => {
  database = await testDatabase();
  const node = () =>
    openStorage({ connectionString: database.connectionString, sealer: openSealer([randomBytes(32)]) });
  nodes = [await node(), await node()];
});
after(async () => {
  for (const node of nodes) await node.close();
  await database.drop();
});

const device = { id: newId<'credential'>() as CredentialId, user: newId<'user'>() as UserId };

const asking = (to: { id: CredentialId; user: UserId } = device) => ({
  id: newId(),
  user: to.user,
  device: to.id,
  correlation: newId(),
  purpose: 'sign-in' as const,
  challenge: randomBytes(16),
  shown: { application: '', address: '', trusted: false },
  number: '42',
  askedAt: now,
  expiresAt: now + requests.lifetime,
});

test('an app at one node is told what was asked at the other, and that it is over', async () => {
  const [here, there] = nodes;
  const errors: unknown[] = [];
  const watch = openWatch({ db: here.db, clock, every: 50, onError: error => errors.push(error) });
  const told: string[][] = [];
  const strangers: string[][] = [];
  const stop = watch.listen(device, open => told.push(open.map(({ id }) => id)));
  watch.listen({ id: device.id, user: newId() }, open => strangers.push(open.map(({ id }) => id)));
  await until(() => told.length === 1);
  assert.deepEqual(told, [[]]);
  const first = asking();
  await there.tx(tx => requests.put(tx, first));
  await until(() => told.length === 2);
  now += requests.lifetime + 1;
  await until(() => told.length === 3);
  const second = asking();
  await there.tx(tx => requests.put(tx, second));
  await until(() => told.length === 4);
  stop();
  await there.tx(tx => requests.put(tx, asking()));
  await new Promise(resolve => setTimeout(resolve, 150));
  watch.close();
  assert.deepEqual(told, [[], [first.id], [], [second.id]]);
  assert.deepEqual(strangers, [[]]);
  assert.deepEqual(errors, []);
});

test('of forty at once at two nodes three are asked, and the rest is told until when', async () => {
  const to = { id: newId<'credential'>() as CredentialId, user: newId<'user'>() as UserId };
  const all = await Promise.all(
    Array.from({ length: 40 }, (_, i) => (nodes[i % 2] ?? nodes[0]).tx(tx => requests.put(tx, asking(to)))),
  );
  assert.equal(all.filter(({ put }) => put).length, 3);
  const until = now + 30 * 60_000;
  assert.ok(all.every(said => said.put || said.until === until));
  now = until - 1;
  assert.equal((await nodes[0].tx(tx => requests.put(tx, asking(to)))).put, false);
  now = until;
  assert.equal((await nodes[0].tx(tx => requests.put(tx, asking(to)))).put, true);
});

test('two in ten minutes are no reason to stop', async () => {
  const to = { id: newId<'credential'>() as CredentialId, user: newId<'user'>() as UserId };
  for (let i = 0; i < 9; i++) {
    assert.equal((await nodes[0].tx(tx => requests.put(tx, asking(to)))).put, true, `${i}`);
    now += 5 * 60_000 + 1;
  }
});
