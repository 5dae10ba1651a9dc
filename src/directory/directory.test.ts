import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, type UserId } from '../kit/ids.ts';
import { office, testDirectory } from './testing.ts';

let house: Awaited<ReturnType<typeof testDirectory>>;
before(async () => {
  house = await testDirectory();
});
after(() => house.storage.close());

test('JOHN, John and ｊｏｈｎ are one person, found in every spelling', async () => {
  const { users } = house.directory;
  const john = await house.member('John');
  for (const name of ['JOHN', 'john', ' ｊｏｈｎ　', 'Ｊohn']) {
    assert.equal((await users.byLoginName(name))?.id, john, name);
    assert.equal((await users.forSignIn({ loginName: name }))?.id, john, name);
    const again = await users.create({ loginName: name, displayName: 'Another' }, office);
    assert.deepEqual(again, { created: false, problems: [{ field: 'loginName', problem: 'taken' }] });
  }
  assert.equal((await users.byId(john))?.loginName, 'John', 'the capitals that were typed stay');
  assert.equal((await users.list({ search: 'john' })).users.length, 1);
});

test('of twenty at once who want the same name, one gets it', async () => {
  const { users } = house.directory;
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      users.create({ loginName: i % 2 ? 'RACE' : 'race', displayName: `Racer ${i}` }, office),
    ),
  );
  assert.equal(all.filter(({ created }) => created).length, 1);
});

test('names that nobody could have are refused, each with its reason', async () => {
  const { users } = house.directory;
  const problemOf = async (loginName: string) => {
    const made = await users.create({ loginName, displayName: 'X' }, office);
    return made.created ? 'created' : made.problems[0]?.problem;
  };
  assert.equal(await problemOf('  '), 'empty');
  assert.equal(await problemOf('a\0b'), 'control-characters');
  assert.equal(await problemOf('a\u202eb'), 'control-characters');
  assert.equal(await problemOf('taro yamada'), 'has-spaces');
  assert.equal(await problemOf('x'.repeat(257)), 'too-long');
  for (const odd of ['a\0b', '\ud800', 'no one', "'; drop table users; --"])
    assert.equal(await users.byLoginName(odd), undefined);
  assert.equal(users.readLoginName('a\0b'), undefined);
  assert.equal(await users.byId('not-an-id'), undefined);
});

test('a display name keeps its signs, and every other problem is named at once', async () => {
  const { users } = house.directory;
  const made = await users.create({ loginName: 'takahashi', displayName: '　髙橋　～㈱ ' }, office);
  assert.ok(made.created);
  assert.equal(made.user.displayName, '髙橋　～㈱');
  const wrong = await users.create(
    { loginName: ' ', displayName: 'a\nb', mail: 'nowhere', language: 'xx' },
    office,
  );
  assert.ok(!wrong.created);
  assert.deepEqual(wrong.problems, [
    { field: 'loginName', problem: 'empty' },
    { field: 'displayName', problem: 'control-characters' },
    { field: 'mail', problem: 'malformed' },
    { field: 'language', problem: 'unknown-language' },
  ]);
});

test('one question brings all that a sign-in needs', async () => {
  const { users, groups, roles } = house.directory;
  const students = await groups.create({ displayName: '学生' }, office);
  assert.ok(students.created);
  const password = { encoded: '$argon2id$…', mustChange: true, expiresAt: 5, changedAt: 3 };
  const made = await users.create(
    { loginName: 'all', displayName: 'All', language: '日本語', groups: [students.group.id], password },
    office,
  );
  assert.ok(made.created);
  await roles.add('helpdesk-administrator', made.user.id, office);
  const person = await users.forSignIn({ loginName: 'ALL' });
  assert.ok(person?.password);
  assert.deepEqual(person.groups, [students.group.id]);
  assert.deepEqual(person.roles, ['helpdesk-administrator']);
  assert.equal(person.language, 'ja');
  assert.equal(person.mustChangePassword, true);
  const place = { table: 'passwords', column: 'hash_sealed', row: made.user.id };
  assert.equal(house.storage.sealer.open(place, person.password.hashSealed).toString(), '$argon2id$…');
  assert.equal((await users.forSignIn({ id: await house.member('bare') }))?.password, undefined);
});

test('renaming frees the old name and takes the new one, or changes nothing', async () => {
  const { users } = house.directory;
  const id = await house.member('before');
  await house.member('occupied');
  const refused = await users.update(id, { loginName: 'OCCUPIED', displayName: 'X' }, office);
  assert.deepEqual(refused, { updated: false, problems: [{ field: 'loginName', problem: 'taken' }] });
  assert.equal((await users.byId(id))?.displayName, 'before');
  const renamed = await users.update(id, { loginName: 'after' }, office);
  assert.ok(renamed?.updated);
  assert.equal(await users.byLoginName('before'), undefined);
  assert.equal((await users.byLoginName('after'))?.id, id);
  assert.ok((await users.update(id, { loginName: 'AFTER' }, office))?.updated, 'only the capitals');
  assert.equal(await users.update(newId<'user'>(), { displayName: 'X' }, office), undefined);
});

test('pages follow each other without gaps, whatever comes in between', async () => {
  const { users, groups } = house.directory;
  const made = await groups.create({ displayName: 'paged' }, office);
  assert.ok(made.created);
  const names = Array.from({ length: 7 }, (_, i) => `page-${i}`);
  const ids: UserId[] = [];
  for (const name of names) ids.push(await house.member(name));
  assert.equal(await groups.add(made.group.id, ids, office), 7);
  assert.equal(await groups.add(made.group.id, [...ids, newId<'user'>()], office), 0);
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await users.list({ group: made.group.id, limit: 3, after });
    seen.push(...page.users.map(user => user.loginName));
    after = page.next;
    if (!after) break;
  }
  assert.deepEqual(seen, names);
  assert.equal((await users.list({ search: '100%' })).users.length, 0, 'a percent sign is only itself');
  assert.equal(await groups.remove(made.group.id, ids.slice(0, 2), office), 2);
  assert.equal((await groups.byName('ＰＡＧＥＤ'))?.members, 5);
});

test('a deleted user leaves no row behind but the log', async () => {
  const { users } = house.directory;
  const id = await house.member('gone');
  assert.ok(await users.delete(id, office));
  assert.ok(!(await users.delete(id, office)));
  assert.equal(await users.byLoginName('gone'), undefined);
  await house.member('gone');
});

test('every table that has a user_id is known to what deletes users', async () => {
  const { credentialTables, standInTables, heldTables, heldElsewhereTables, ownTables, keptTables } =
    await import('./belongings.ts');
  const columns = await house.storage.db
    .selectFrom('information_schema.columns' as never)
    .select('table_name' as never)
    .where('column_name' as never, '=', 'user_id' as never)
    .where('table_schema' as never, '=', 'public' as never)
    .execute();
  const names = columns.map(column => (column as { table_name: string }).table_name);
  assert.deepEqual(
    names.sort(),
    [
      ...credentialTables,
      ...standInTables,
      ...heldTables,
      ...heldElsewhereTables,
      ...ownTables,
      ...keptTables,
    ].sort(),
  );
});

test('a setting has defaults, is checked whole, and a date is a day where the organisation is', async () => {
  const { settings } = house.directory;
  assert.equal((await settings.get('phone')).defaultCountry, 'JP');
  assert.equal((await settings.rules()).registration.startsAt, undefined);
  assert.deepEqual(await settings.set('registration', { startsOn: '2027-02-30' }, office), {
    saved: false,
    problems: [{ field: 'startsOn', problem: 'not-a-date' }],
  });
  assert.deepEqual(await settings.set('registration', { startOn: '2027-02-01' }, office), {
    saved: false,
    problems: [{ field: 'startOn', problem: 'unknown-setting' }],
  });
  assert.deepEqual(await settings.set('registration', { startsOn: '2027-04-01' }, office), { saved: true });
  assert.equal((await settings.rules()).registration.startsAt, Date.parse('2027-04-01T00:00:00+09:00'));
  await settings.set('organisation', { timeZone: 'America/New_York' }, office);
  assert.equal((await settings.rules()).registration.startsAt, Date.parse('2027-04-01T00:00:00-04:00'));
  assert.ok(await settings.reset('registration', office));
  assert.ok(!(await settings.reset('registration', office)));
  assert.deepEqual(await settings.said(), ['organisation']);
});

test('an application is checked sign by sign, and its secret is told once', async () => {
  const { applications } = house.directory;
  const redirectUris = ['https://app.example/callback', 'http://127.0.0.1:4001/callback'];
  const made = await applications.create(
    { id: 'portal', displayName: 'Portal', settings: { kind: 'oidc', redirectUris } },
    office,
  );
  assert.ok(made.saved && made.secret);
  assert.equal((await applications.forSignIn('portal'))?.secret, made.secret);
  const next = await applications.rotateSecret('portal', office);
  assert.notEqual(next, made.secret);
  assert.equal((await applications.forSignIn('portal'))?.secret, next);
  await applications.update('portal', { enabled: false }, office);
  assert.equal(await applications.forSignIn('portal'), undefined);
  for (const [address, problem] of [
    ['http://app.example/callback', 'needs-https'],
    ['https://app.example/*', 'has-fragment-or-wildcard'],
    ['https://app.example/#x', 'has-fragment-or-wildcard'],
    ['https://user:pw@app.example/', 'has-credentials'],
    ['javascript:alert(1)', 'needs-https'],
    ['nonsense', 'not-an-address'],
  ]) {
    const wrong = await applications.create(
      { id: 'wrong', displayName: 'W', settings: { kind: 'oidc', redirectUris: [address ?? ''] } },
      office,
    );
    assert.ok(!wrong.saved);
    assert.equal(wrong.problems[0]?.problem, problem, address);
  }
  const browserOnly = await applications.create(
    {
      id: 'spa',
      displayName: 'SPA',
      settings: { kind: 'oidc', redirectUris, tokenEndpointAuthMethod: 'none' },
    },
    office,
  );
  assert.ok(browserOnly.saved && browserOnly.secret === undefined);
  assert.equal(await applications.rotateSecret('spa', office), undefined);
});

test('a policy names only what exists, holds with the next question, and keeps the locations that it names', async () => {
  const { access } = house.directory;
  const empty = await access.current();
  assert.equal(await access.current(), empty, 'nothing changed, nothing is prepared anew');
  const campus = await access.locations.create(
    { displayName: '学内', isTrusted: true, ipRanges: [{ cidrAddress: '192.0.2.0/24' }] },
    office,
  );
  assert.ok(campus.saved);
  const definition = (excludeLocations: string[]) => ({
    displayName: 'MFA off campus',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      locations: { includeLocations: ['All'], excludeLocations },
      clientAppTypes: ['all'],
    },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  });
  const ghost = newId<'named-location'>();
  assert.deepEqual(await access.policies.create(definition([ghost]), office), {
    saved: false,
    problems: [
      { field: 'conditions.locations.excludeLocations', problem: 'unknown-reference', value: ghost },
    ],
  });
  const made = await access.policies.create(definition([campus.kept.id]), office);
  assert.ok(made.saved);
  assert.equal((await access.current()).all[0]?.state, 'enabled');
  await access.policies.setState(made.kept.id, 'enabledForReportingButNotEnforced', office);
  assert.equal((await access.current()).all[0]?.state, 'enabledForReportingButNotEnforced');
  assert.equal(await access.locations.delete(campus.kept.id, office), 'in-use');
  assert.ok(await access.policies.delete(made.kept.id, office));
  assert.equal(await access.locations.delete(campus.kept.id, office), 'deleted');
  assert.equal(await access.locations.delete(campus.kept.id, office), 'missing');
  assert.equal((await access.current()).all.length, 0);
});
