import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newId } from '../kit/ids.ts';
import { referenceOf } from '../kit/reference.ts';
import { testCommandLine } from './testing.ts';
import { shownTime } from './time.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

const write = (correlation: string) =>
  office.storage.tx(tx => office.audit.record(tx, { kind: 'sign-in.started', correlation }));

test('what a person reads from a page finds their sign-in and no other, however it is typed', async () => {
  const [hers, another] = [newId(office.clock.now()), newId(office.clock.now())];
  await write(hers);
  await write(another);
  await write(hers);
  const reference = referenceOf(hers);
  for (const typed of [
    reference,
    reference.toLowerCase(),
    reference.replace('-', ' '),
    ` ${reference.replace('-', '')} `,
    hers,
    hers.toUpperCase(),
  ]) {
    const { json, err } = await office.genkan('audit', 'list', '--reference', typed, '--json');
    assert.equal(json.records?.length, 2, `${typed} ${err}`);
    for (const record of json.records)
      assert.deepEqual([record.correlation, record.reference], [hers, reference]);
  }
  const { out } = await office.genkan('audit', 'list', '--reference', reference);
  assert.ok(out.includes(reference) && !out.includes(hers), out);
});

test('an export has the number as well', async () => {
  const hers = newId(office.clock.now());
  await write(hers);
  const output = office.file('audit.csv');
  const { status, err } = await office.genkan(
    ...['audit', 'export', '--reference', referenceOf(hers), '--output', output],
  );
  assert.equal(status, 0, err);
  const [headings, ...records] = readFileSync(output, 'utf8').trim().split('\r\n');
  assert.match(headings ?? '', /,correlation,reference,/);
  assert.equal(records.length, 1);
  assert.ok(records[0]?.includes(`,${hers},${referenceOf(hers)},`), records[0]);
});

test('a number that was read wrongly is told from one that is none', async () => {
  const nothing = referenceOf(newId(office.clock.now()));
  const unknown = await office.genkan('audit', 'list', '--reference', nothing.toLowerCase());
  assert.equal(unknown.status, 1);
  assert.match(unknown.err, new RegExp(`The log has nothing under ${nothing}\\.`));
  assert.match(unknown.err, new RegExp(`look for ${nothing} in what the server printed`));
  const none = await office.genkan('audit', 'list', '--reference', '42');
  assert.equal(none.status, 1);
  assert.match(none.err, /"42" is no reference number: it has eight letters and digits/);
});

test('of two that are called the same, the office chooses by the id', async () => {
  const one = newId(office.clock.now());
  const twin = `${one.slice(0, 24)}${'0'.repeat(6)}${one.slice(-6)}`;
  await write(one);
  await write(twin);
  const several = await office.genkan('audit', 'list', '--reference', referenceOf(one), '--json');
  assert.equal(several.status, 1);
  assert.deepEqual(several.json.found.toSorted(), [one, twin].toSorted());
  const told = await office.genkan('audit', 'list', '--reference', referenceOf(one));
  for (const id of [one, twin]) assert.match(told.err, new RegExp(`^ {2}${id}$`, 'm'));
  const chosen = await office.genkan('audit', 'list', '--reference', twin, '--json');
  assert.equal(chosen.json.records.length, 1);
});

test('the log says who it was by their login name, and by the id when they are gone', async () => {
  const made = await office.genkan('users', 'create', 's260001', '--name', 'Sakura', '--json');
  const { id } = made.json.user;
  const listed = await office.genkan('audit', 'list', '--user', 's260001');
  assert.match(listed.out, /user\.created +s260001 +tester/);
  assert.ok(!listed.out.includes(id), listed.out);
  const asJson = await office.genkan('audit', 'list', '--user', 's260001', '--json');
  assert.equal(asJson.json.records[0].user, id);
  await office.genkan('users', 'delete', 's260001', '--yes');
  const gone = await office.genkan('audit', 'list', '--kind', 'user.created');
  assert.match(gone.out, new RegExp(`user\\.created +${id}`));
});

test('the times that the log is asked for are those of the organisation, as the help says and as they are printed', async () => {
  const timeZone = 'Pacific/Kiritimati';
  assert.match(
    (await office.genkan('help', 'audit', 'list')).out,
    /--from .*by the clock of the organisation: 2027-04-01 or 2027-04-01T09:00/,
  );
  await office.genkan('settings', 'set', 'organisation.timeZone', timeZone);
  try {
    await office.genkan('users', 'create', 'islander', '--name', 'Islander');
    const asked = ['audit', 'list', '--kind', 'user.created', '--user', 'islander'];
    const found = async (...between: readonly string[]): Promise<number> =>
      (await office.genkan(...asked, ...between, '--json')).json.records.length;
    const [printed = ''] = /\d{4}-\d\d-\d\d \d\d:\d\d/.exec((await office.genkan(...asked)).out) ?? [];
    const [record] = (await office.genkan(...asked, '--json')).json.records;
    assert.equal(printed, shownTime({ timeZone }, record.at));
    for (const time of [printed, printed.replace(' ', 'T'), printed.slice(0, 10)]) {
      assert.equal(await found('--from', time), 1, time);
      assert.equal(await found('--to', time), 0, time);
    }
    const exact = new Date(record.at).toISOString();
    assert.equal(await found('--from', exact), 1, 'with its zone');
    assert.equal(await found('--to', exact), 0);
  } finally {
    await office.genkan('settings', 'reset', 'organisation.timeZone');
    await office.genkan('users', 'delete', 'islander', '--yes');
  }
});

test('the log is verified, and exported to a file of its own', async () => {
  await office.audit.seal();
  const whole = await office.genkan('audit', 'verify');
  assert.equal(whole.status, 0, whole.err);
  assert.match(whole.out, /Nothing was altered/);
  assert.match((await office.genkan('audit', 'checkpoint')).out, /^\d+:/);
  const output = office.file('whole.csv');
  assert.equal((await office.genkan('audit', 'export', '--output', output)).status, 0);
  assert.equal(statSync(output).mode & 0o777, 0o600);
  assert.equal((await office.genkan('audit', 'export', '--output', output)).status, 1);
  assert.match(
    (await office.genkan('audit', 'list', '--kind', 'user.disable')).err,
    /Did you mean user\.disabled\?/,
  );
  assert.match((await office.genkan('audit', 'list', '--from', 'yesterday')).err, /is no time for --from/);
  const { id } = await office.storage.db
    .selectFrom('audit_records')
    .select('id')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  await office.storage.db.updateTable('audit_records').set({ at: 5 }).where('id', '=', id).execute();
  const told = await office.genkan('audit', 'verify');
  assert.match(told.err, /First finding: record [\w-]+ \([\w.-]+\) of .*, under seal 1, was altered/);
  const altered = await office.genkan('audit', 'verify', '--json');
  assert.equal(altered.status, 1);
  assert.equal(altered.json.finding.why, 'altered');
});

test('what is old is removed from the log when one says yes, and the rest is still whole', async () => {
  const other = await testCommandLine();
  await other.genkan('users', 'create', 'old', '--name', 'Old');
  await other.audit.seal();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const unsure = await other.genkan('audit', 'prune', '--before', tomorrow);
  assert.equal(unsure.status, 1);
  assert.match(unsure.err, /--yes/);
  const pruned = await other.genkan('audit', 'prune', '--before', tomorrow, '--yes');
  assert.equal(pruned.status, 0, pruned.err);
  assert.match(pruned.out, /^\d+ record\(s\) under 1 seal\(s\) were removed/);
  await other.audit.seal();
  assert.equal((await other.genkan('audit', 'verify')).status, 0);
  const { json } = await other.genkan('audit', 'list', '--json');
  assert.deepEqual(
    json.records.map(({ kind }: { kind: string }) => kind),
    ['audit.pruned'],
  );
  await other.close();
});

test('the log says when it was by the clock of the organisation, and names that clock', async () => {
  await office.genkan('settings', 'set', 'organisation.timeZone', 'Asia/Tokyo');
  await office.genkan('users', 'create', 's260009', '--name', 'Kaede');
  const [record] = (await office.genkan('audit', 'list', '--user', 's260009', '--json')).json.records;
  const listed = await office.genkan('audit', 'list', '--user', 's260009');
  assert.match(listed.out, /Time \(Asia\/Tokyo\)/);
  const there = new Date(record.at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  assert.ok(listed.out.includes(there), `${there}: ${listed.out}`);
});
