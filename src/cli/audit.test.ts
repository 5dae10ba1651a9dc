import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newId } from '../kit/ids.ts';
import { referenceOf } from '../kit/reference.ts';
import { testCommandLine } from './testing.ts';

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
