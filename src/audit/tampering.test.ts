import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { hours } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { openSealer, type Storage } from '../storage/index.ts';
import { testStorage } from '../storage/testing.ts';
import { type Audit, openAudit } from './index.ts';

/** Four seals of three records each, and two records that nothing covers yet. */
let storage: Storage;
let audit: Audit;
let ids: readonly string[];
const start = Date.UTC(2026, 3, 4, 9);
const clock = { at: start, now: () => clock.at };

before(async () => {
  storage = await testStorage();
  audit = openAudit({ storage, clock });
});
after(() => storage.close());

beforeEach(async () => {
  await sql`truncate audit_records, audit_seals`.execute(storage.db);
  clock.at = start;
  for (let seal = 0; seal < 5; seal++) {
    const event = (i: number) => ({ kind: 'sign-in.step', detail: { i: seal * 3 + i } }) as const;
    await storage.tx(tx =>
      seal < 4 ? audit.record(tx, event(0), event(1), event(2)) : audit.record(tx, event(0), event(1)),
    );
    clock.at += hours(1);
    if (seal < 4) assert.equal(await audit.seal(), 3);
  }
  const rows = await storage.db.selectFrom('audit_records').select('id').orderBy('id').execute();
  ids = rows.map(row => row.id);
});

const finding = async (options?: Parameters<Audit['verify']>[0]) => (await audit.verify(options)).finding;
const id = (i: number): string => ids[i] ?? assert.fail(`there is no record ${i}`);
const record = (i: number, why: string, seal: number | undefined = Math.floor(i / 3) + 1) => ({
  what: 'record',
  why,
  id: id(i),
  at: start + hours(Math.floor(i / 3)),
  kind: why === 'missing' ? undefined : 'sign-in.step',
  seal,
});

test('an untouched log is sound', async () => {
  assert.deepEqual(await audit.verify(), {
    records: 12,
    seals: 4,
    pruned: 0,
    unsealed: 2,
    finding: undefined,
  });
  assert.deepEqual(await audit.verify({ from: 3 }), {
    records: 6,
    seals: 2,
    pruned: 0,
    unsealed: 2,
    finding: undefined,
  });
});

for (const [column, change] of [
  ['record', sql`record = replace(record, '7', '8')`],
  ['at', sql`at = at + 1`],
  ['kind', sql`kind = 'user.enabled'`],
  ['user_id', sql`user_id = ${newId()}`],
  ['correlation_id', sql`correlation_id = ${newId()}`],
  ['mac', sql`mac = decode(repeat('00', 32), 'hex')`],
] as const)
  test(`a record whose ${column} was altered is named`, async () => {
    await sql`update audit_records set ${change} where id = ${id(7)}`.execute(storage.db);
    const first = await finding();
    assert.deepEqual(
      { ...first, at: record(7, 'altered').at, kind: 'sign-in.step' },
      record(7, 'altered'),
      JSON.stringify(first),
    );
  });

test('of several altered records the first is named', async () => {
  await sql`update audit_records set kind = 'user.enabled' where id in (${id(10)}, ${id(4)})`.execute(
    storage.db,
  );
  assert.deepEqual(await finding(), { ...record(4, 'altered'), kind: 'user.enabled' });
});

test('a record that was taken out is named, with its time', async () => {
  await sql`delete from audit_records where id = ${id(5)}`.execute(storage.db);
  assert.deepEqual(await finding(), record(5, 'missing'));
});

test('a record that was taken out of its seal as well breaks the seal', async () => {
  await sql`delete from audit_records where id = ${id(5)}`.execute(storage.db);
  await sql`update audit_seals set records = array_remove(records, ${id(5)}::uuid) where number = 2`.execute(
    storage.db,
  );
  assert.deepEqual(await finding(), { what: 'seal', why: 'altered', number: 2 });
});

test('two records that changed places are named', async () => {
  await sql`update audit_records a set at = b.at, kind = b.kind, record = b.record, mac = b.mac
    from audit_records b where (a.id, b.id) in ((${id(3)}, ${id(5)}), (${id(5)}, ${id(3)}))`.execute(
    storage.db,
  );
  assert.deepEqual(await finding(), record(3, 'reordered'));
});

for (const seal of [0, 1, 2, 4, 5, null] as const)
  test(`a forged record under ${seal === null ? 'no seal' : `seal ${seal}`} is named`, async () => {
    const forged = newId(start + hours(1));
    await sql`insert into audit_records (id, at, kind, record, mac, seal)
      select ${forged}, ${start}, kind, record, mac, ${seal} from audit_records where id = ${id(4)}`.execute(
      storage.db,
    );
    const first = await finding();
    assert.ok(first?.what === 'record' && first.id === forged, JSON.stringify(first));
    assert.equal(first.why, seal === null ? 'altered' : 'inserted');
  });

test('a record that was moved out of its seal is named', async () => {
  for (const to of [sql`null`, sql`1`, sql`9`]) {
    await sql`update audit_records set seal = ${to} where id = ${id(8)}`.execute(storage.db);
    const first = await finding();
    assert.ok(first?.what === 'record' && first.id === id(8), JSON.stringify(first));
    await sql`update audit_records set seal = 3 where id = ${id(8)}`.execute(storage.db);
  }
  assert.equal(await finding(), undefined);
});

test('a genuine record that was hidden from sealing is named', async () => {
  await sql`update audit_records set seal = 99 where id = ${id(12)}`.execute(storage.db);
  assert.deepEqual(await finding(), record(12, 'inserted', 99));
});

test('a record that was altered before it was sealed is sealed all the same, and named', async () => {
  await sql`update audit_records set kind = 'user.enabled' where id = ${id(13)}`.execute(storage.db);
  assert.deepEqual(await finding(), {
    ...record(13, 'altered', undefined),
    kind: 'user.enabled',
    seal: undefined,
  });
  assert.equal(await audit.seal(), 2);
  assert.deepEqual(await finding(), { ...record(13, 'altered'), kind: 'user.enabled' });
});

for (const [what, change] of [
  ['hash', sql`hash = decode(repeat('00', 32), 'hex')`],
  ['instant', sql`at = at + 1`],
  ['pruning proof', sql`pruned_mac = hash`],
] as const)
  test(`a seal whose ${what} was altered is named`, async () => {
    await sql`update audit_seals set ${change} where number = 2`.execute(storage.db);
    assert.deepEqual(await finding(), { what: 'seal', why: 'altered', number: 2 });
  });

test('a seal in the middle that was taken out with its records is missed', async () => {
  await sql`delete from audit_seals where number = 2`.execute(storage.db);
  await sql`delete from audit_records where seal = 2`.execute(storage.db);
  assert.deepEqual(await finding(), { what: 'seal', why: 'missing', number: 2 });
});

test('the oldest records cannot be made to look pruned', async () => {
  await sql`delete from audit_records where seal = 1`.execute(storage.db);
  await sql`update audit_seals set records = '{}', pruned_mac = hash where number = 1`.execute(storage.db);
  assert.deepEqual(await finding(), { what: 'seal', why: 'altered', number: 1 });
});

test('an end that was cut off is noticed by a checkpoint that was kept elsewhere', async () => {
  const checkpoint = (await audit.checkpoint()) ?? '';
  assert.equal(await finding({ checkpoint }), undefined);
  await sql`delete from audit_records where seal > 2 or seal is null`.execute(storage.db);
  await sql`delete from audit_seals where number > 2`.execute(storage.db);
  assert.equal(await finding(), undefined);
  assert.deepEqual(await finding({ checkpoint }), { what: 'checkpoint', why: 'cut off', number: 5 });
  for (let i = 0; i < 3; i++) {
    await storage.tx(tx => audit.record(tx, { kind: 'user.changed' }));
    await audit.seal();
  }
  assert.deepEqual(await finding({ checkpoint }), { what: 'checkpoint', why: 'different', number: 5 });
  assert.deepEqual(await finding({ checkpoint: 'x' }), { what: 'checkpoint', why: 'unreadable', number: 0 });
});

test('pruning removes whole seals, oldest first, and the rest still verifies, also against an old checkpoint', async () => {
  const checkpoint = (await audit.checkpoint()) ?? '';
  const actor = { is: 'system' } as const;
  assert.deepEqual(await audit.prune(start + hours(2) + 1, actor), { seals: 2, records: 6 });
  assert.deepEqual(await audit.prune(start + hours(2) + 1, actor), { seals: 0, records: 0 });
  assert.deepEqual(await audit.verify({ checkpoint }), {
    records: 8,
    seals: 5,
    pruned: 2,
    unsealed: 1,
    finding: undefined,
  });
  const [told] = (await audit.list({ kinds: ['audit.pruned'] })).records;
  assert.deepEqual(told?.detail, { seals: 2, records: 6, before: start + hours(2) + 1 });
  await sql`delete from audit_records where id = ${id(6)}`.execute(storage.db);
  assert.deepEqual(await finding(), record(6, 'missing'));
});

test('what was written under an older master key is still believed, and by a stranger nothing is', async () => {
  const [older, newer] = [randomBytes(32), randomBytes(32)];
  const under = (...masters: [Buffer, ...Buffer[]]) =>
    openAudit({ storage: { ...storage, sealer: openSealer(masters) }, clock });
  await sql`truncate audit_records, audit_seals`.execute(storage.db);
  for (const [one, prune] of [
    [under(older), true],
    [under(newer, older), false],
  ] as const) {
    await storage.tx(tx => one.record(tx, { kind: 'key.created' }));
    await one.seal();
    clock.at += hours(1);
    if (prune) await one.prune(clock.at, { is: 'system' });
  }
  assert.equal((await under(newer, older).verify()).finding, undefined);
  assert.deepEqual((await under(newer).verify()).finding, { what: 'seal', why: 'altered', number: 1 });
});

test('progress is told', async () => {
  const told: number[] = [];
  await audit.verify({ onProgress: ({ records }) => told.push(records) });
  assert.ok(told.includes(12));
});
