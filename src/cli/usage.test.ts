import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

test('a change of nothing is not called a change', async () => {
  await office.genkan('users', 'create', 'same', '--name', 'Same');
  await office.genkan('locations', 'create', 'campus', '--range', '192.0.2.0/24');
  await office.genkan('strengths', 'create', 'key', '--combination', 'fido2');
  await office.genkan('applications', 'create', 'portal', '--name', 'P', '--redirect', 'https://p.example/');
  for (const [noun, verb, name] of [
    ['users', 'update', 'same'],
    ['locations', 'update', 'campus'],
    ['strengths', 'change', 'key'],
    ['applications', 'update', 'portal'],
  ] as const) {
    const { status, err } = await office.genkan(noun, verb, name);
    assert.equal(status, 1, noun);
    assert.equal(err, `Nothing was said that should change.\nNext: genkan help ${noun} ${verb}\n`);
  }
  const emptied = await office.genkan('users', 'update', 'same', '--mail', '');
  assert.equal(emptied.status, 0, emptied.err);
});

test('a file that is not there is spoken of in words, in every language', async () => {
  const file = office.file('nothing.csv');
  const english = await office.genkan('users', 'import', file);
  assert.match(english.err, /nothing\.csv cannot be read: there is no such file or folder/);
  const japanese = await office.genkan('users', 'import', file, '--language', 'ja');
  assert.match(japanese.err, /nothing\.csv を読めません: そのファイルまたはフォルダーがありません/);
});

test('the help page has what belongs together in one place, and an option once', async () => {
  const { out } = await office.genkan('help');
  const nouns = [...out.matchAll(/^ {2}(\S+) /gm)].map(([, noun]) => noun);
  const runs = nouns.filter((noun, i) => noun !== nouns[i - 1]);
  assert.deepEqual(runs, [...new Set(nouns)]);
  const page = await office.genkan('help', 'users', 'create');
  assert.equal(page.out.match(/--language/g)?.length, 1);
});

test('times are shown and read by the clock of the organisation, whatever the clock of this machine', async () => {
  const before = process.env.TZ;
  try {
    for (const here of ['UTC', 'America/New_York', 'Asia/Tokyo']) {
      process.env.TZ = here;
      await office.genkan('settings', 'set', 'organisation.timeZone', 'Asia/Tokyo');
      const given = ['pass', 'create', 'same', '--minutes', '60'];
      const local = await office.genkan(...given, '--starts', '2027-04-01T09:00');
      assert.match(local.out, /from 2027-04-01 09:00 until 2027-04-01 10:00/, here);
      const offset = await office.genkan(...given, '--starts', '2027-04-01T00:00:00Z');
      assert.match(offset.out, /from 2027-04-01 09:00 until 2027-04-01 10:00/, here);
      const day = await office.genkan(...given, '--starts', '2027-04-01', '--json');
      assert.equal(day.json.passes[0].startsAt, Date.parse('2027-04-01T00:00+09:00'), here);
    }
    await office.genkan('settings', 'set', 'organisation.timeZone', 'Europe/Paris');
    const summer = await office.genkan('pass', 'create', 'same', '--starts', '2027-04-01T09:00', '--json');
    assert.equal(summer.json.passes[0].startsAt, Date.parse('2027-04-01T09:00+02:00'));
    assert.equal((await office.genkan('pass', 'create', 'same', '--starts', '2027-04-32T09:00')).status, 1);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    await office.genkan('settings', 'reset', 'organisation.timeZone');
  }
});

test('an empty list is said to be empty, and no headings stand above nothing', async () => {
  const fresh = await testCommandLine();
  try {
    for (const noun of ['users', 'groups', 'applications', 'policies', 'locations', 'tokens', 'audit'])
      assert.equal((await fresh.genkan(noun, 'list')).out, 'There are none.\n', noun);
    assert.equal((await fresh.genkan('entra', 'tenants')).out, 'There are none.\n');
    const japanese = await fresh.genkan('users', 'list', '--language', 'ja');
    assert.equal(japanese.out, '該当するものはありません。\n');
    assert.deepEqual((await fresh.genkan('users', 'list', '--json')).json, { users: [] });
    await fresh.genkan('groups', 'create', 'empty');
    const { out } = await fresh.genkan('groups', 'show', 'empty');
    assert.match(out, /Members: +0\n$/);
  } finally {
    await fresh.close();
  }
});
