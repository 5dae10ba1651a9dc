import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fraudReports } from '../gateways/testing.ts';
import { newId } from '../kit/ids.ts';
import { languages, wordsFor } from '../words/index.ts';
import { commonOptions } from './parse.ts';
import { commands } from './table.ts';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

test('every command and option is explained, in every language', () => {
  for (const language of languages) {
    const { commands: summaries, options } = wordsFor(language).office;
    const [said, explained] = [summaries as Record<string, string>, options as Record<string, string>];
    for (const { path, options: own } of commands) {
      assert.ok(said[path], `${language}: ${path}`);
      for (const name of [...Object.keys(own), ...Object.keys(commonOptions)])
        assert.ok(explained[`${path} ${name}`] ?? explained[name], `${language}: ${path} --${name}`);
    }
  }
});

test('help is a page for all, for a noun and for one command', async () => {
  const all = await office.genkan('help');
  assert.equal(all.status, 0);
  for (const { path } of commands) assert.ok(all.out.includes(`  ${path} `), path);
  assert.match((await office.genkan('users')).out, /users reset-password/);
  assert.match(
    (await office.genkan('help', 'users', 'create')).out,
    /genkan users create <login-name> --name <name>/,
  );
  assert.match((await office.genkan('users', 'create', '--help')).out, /--mail <address>/);
  assert.match((await office.genkan('help', '--language', 'ja')).out, /使い方/);
});

test('what is misspelt is answered with what was probably meant, and a status of its own', async () => {
  for (const [argv, sentence] of [
    [['user', 'list'], /Did you mean "genkan users list"\?/],
    [['users', 'lst'], /Did you mean "genkan users list"\?/],
    [['users', 'list', '--serch', 'x'], /no option --serch here\. Did you mean --search\?/],
    [['users', 'list', '--search'], /--search/],
    [['users', 'show'], /<user> is missing/],
    [['users', 'show', 'Taro', 'Yamada'], /"Yamada" is one word too many/],
    [['users', 'create', 'x'], /--name is missing/],
    [['users', 'list', '--limit', 'many'], /--limit needs a whole number/],
    [['users', 'list', '--language', 'fr'], /"fr" is no value for --language/],
    [['nonsense'], /no command "nonsense"/],
  ] as const) {
    const { status, err } = await office.genkan(...argv);
    assert.equal(status, 2, argv.join(' '));
    assert.match(err, sentence);
  }
});

test('a user is made with a temporary password that works, is shown, changed and deleted', async () => {
  const made = await office.genkan(
    'users',
    'create',
    'Yamada',
    '--name',
    '山田　太郎',
    '--mail',
    'taro@example.ac.jp',
    '--json',
  );
  assert.equal(made.status, 0);
  const { user, temporaryPassword } = made.json;
  const person = await office.directory.users.forSignIn({ loginName: 'yamada' });
  assert.ok(person?.password);
  assert.equal(person.mustChangePassword, true);
  const place = { table: 'passwords', column: 'hash_sealed', row: user.id };
  const encoded = office.storage.sealer.open(place, person.password.hashSealed).toString();
  assert.ok(await office.hashing.verifyPassword(encoded, temporaryPassword));

  const again = await office.genkan('users', 'create', 'ｙａｍａｄａ', '--name', 'Other');
  assert.equal(again.status, 1);
  assert.match(again.err, /Login name is taken/);
  assert.match((await office.genkan('users', 'show', 'YAMADA')).out, /山田　太郎/);
  assert.equal(
    (await office.genkan('users', 'update', 'yamada', '--mail', '', '--json')).json.mail,
    undefined,
  );
  assert.match((await office.genkan('users', 'list', '--search', 'yam')).out, /Yamada/);
  const unsure = await office.genkan('users', 'delete', 'yamada');
  assert.equal(unsure.status, 1);
  assert.match(unsure.err, /--yes/);
  assert.equal((await office.genkan('users', 'delete', 'yamada', '--yes')).status, 0);
  const gone = await office.genkan('users', 'show', 'yamada');
  assert.equal(gone.status, 1);
  assert.match(gone.err, /There is no user "yamada"\.\nNext: genkan users list/);
});

test('each act of the office says what it did, and the log says who did it', async () => {
  const user = await office.member('helped');
  for (const [verb, sentence] of [
    ['reset-password', /temporary password: ([a-z2-9]{4}-){3}/],
    ['remove-methods', /0 sign-in method\(s\) of helped/],
    ['require-registration', /registers at the next sign-in\. 0 sign-in method/],
    ['unlock', /was not locked/],
    ['revoke-sessions', /0 session\(s\)/],
    ['disable', /is disabled/],
    ['enable', /may sign in again/],
  ] as const) {
    const { status, out } = await office.genkan('users', verb, 'helped');
    assert.equal(status, 0, verb);
    assert.match(out, sentence);
    assert.equal((await office.genkan('users', verb, 'nobody')).status, 1);
  }
  const { json } = await office.genkan('audit', 'list', '--user', 'helped', '--json');
  assert.equal(json.records.length, 8);
  for (const record of json.records) assert.equal(record.user, user);
  assert.deepEqual(json.records[0].actor, { is: 'office', name: 'tester' });
  assert.ok(!JSON.stringify(json).includes('initial$'));
});

test('a report of fraud: how long it pauses is set, who is paused is shown, and the office lifts it', async () => {
  const user = await office.member('reporter');
  for (const value of ['43201', '1.5', 'forever']) {
    const { status, err } = await office.genkan('settings', 'set', 'fraud.pause', value);
    assert.equal(status, 1, value);
    assert.match(err, /is not a pause: minutes \(0 to 43200\), or until-lifted/);
  }
  for (const value of ['0', '1440', 'until-lifted'])
    assert.equal((await office.genkan('settings', 'set', 'fraud.pause', value)).status, 0, value);
  const { pause: rule } = await office.directory.settings.get('fraud');
  assert.equal(rule, 'until-lifted');

  assert.doesNotMatch((await office.genkan('users', 'show', 'reporter')).out, /not asked until/);
  const report = fraudReports(office.storage, office.clock, { rule: () => rule });
  await office.storage.tx(tx => report(tx, { user }, 'sign-in'));
  const shown = await office.genkan('users', 'show', 'reporter');
  assert.match(shown.out, /Phones and apps not asked until:\s+the office lifts it \(genkan users unlock\)/);
  assert.equal(
    (await office.genkan('users', 'show', 'reporter', '--json')).json.paused.until,
    'until-lifted',
  );

  const lifted = await office.genkan('users', 'unlock', 'reporter');
  assert.match(lifted.out, /that pause is lifted, and phones and apps are asked again/);
  assert.match(lifted.err + lifted.out, /genkan users reset-password "reporter"/);
  assert.match((await office.genkan('users', 'unlock', 'reporter')).out, /was not locked/);
  assert.doesNotMatch((await office.genkan('users', 'show', 'reporter')).out, /not asked until/);
  const { json } = await office.genkan('audit', 'list', '--kind', 'user.pause-lifted', '--json');
  assert.equal(json.records.length, 1);
  assert.deepEqual(json.records[0].actor, { is: 'office', name: 'tester' });
  await office.genkan('settings', 'reset', 'fraud');
});

test('a number that was reported while it was being added may be called again once the office has helped', async () => {
  const user = await office.member('mistyped');
  const { clock, storage } = office;
  const report = fraudReports(storage, clock);
  for (const line of [Buffer.of(1), Buffer.of(2)])
    await storage.tx(tx => report(tx, { user }, { line, to: '+81 XX-XXXX-XX78' }));
  const lifted = await office.genkan('users', 'unlock', 'mistyped');
  assert.match(lifted.out, /^2 numbers were reported while they were being added: they may be called again/m);
  assert.doesNotMatch(lifted.out, /was not locked/);
  assert.match((await office.genkan('users', 'unlock', 'mistyped')).out, /was not locked/);
});

test('a country to which nothing is sent any more is listed, and sent to again by whoever looked at it', async () => {
  assert.match((await office.genkan('gateways', 'paused')).out, /No country is paused/);
  assert.match((await office.genkan('gateways', 'resume', 'kr')).out, /KR is not paused/);
  const sent = office.clock.now() - 20 * 60_000;
  for (let n = 0; n < 50; n++)
    await office.storage.db
      .insertInto('deliveries')
      .values({
        id: newId(),
        kind: 'text',
        user_id: newId(),
        number_index: Buffer.of(n),
        block_index: Buffer.of(n),
        country: 'KR',
        gateway: 'g',
        state: 'delivered',
        detail: '{}',
        created_at: sent,
        modified_at: sent,
        verified_at: n < 14 ? sent : null,
      })
      .execute();
  const { json } = await office.genkan('gateways', 'paused', '--json');
  assert.deepEqual(json, [{ country: 'KR', until: sent + 60 * 60_000 }]);
  assert.match((await office.genkan('gateways', 'paused')).out, /KR +\d{4}-/);
  assert.match((await office.genkan('gateways', 'resume', 'kr')).out, /KR is sent to again/);
  assert.match((await office.genkan('gateways', 'paused')).out, /No country is paused/);
  const told = await office.genkan('audit', 'list', '--kind', 'delivery.resumed', '--json');
  assert.deepEqual(told.json.records[0].detail, { country: 'KR', pausedUntil: sent + 60 * 60_000 });
});

test('groups and roles: made, filled, listed, emptied', async () => {
  await office.member('g1');
  await office.member('g2');
  assert.equal((await office.genkan('groups', 'create', '教員', '--description', 'teachers')).status, 0);
  assert.match((await office.genkan('groups', 'create', '教員')).err, /is taken/);
  assert.match((await office.genkan('groups', 'add', '教員', 'g1', 'G2')).out, /2 user\(s\) were added/);
  assert.equal((await office.genkan('groups', 'add', '教員', 'nobody')).status, 1);
  assert.match((await office.genkan('groups', 'show', '教員')).out, /g2/);
  assert.match((await office.genkan('groups', 'remove', '教員', 'g1')).out, /1 user\(s\) were taken out/);
  assert.equal((await office.genkan('roles', 'add', 'helpdesk-administrator', 'g2')).status, 0);
  assert.match(
    (await office.genkan('roles', 'add', 'helpdesk-administrator', 'g2')).out,
    /it was so already/,
  );
  assert.match((await office.genkan('roles', 'add', 'helpdesk', 'g2')).err, /Possible: global-administrator/);
  assert.match((await office.genkan('roles', 'list')).out, /helpdesk-administrator +g2/);
});

test('an application is registered by options or a file, and its secret is printed once', async () => {
  const made = await office.genkan(
    'applications',
    'create',
    'portal',
    '--name',
    'Portal',
    '--redirect',
    'https://portal.example/cb',
    '--json',
  );
  assert.equal(made.status, 0, made.out);
  assert.ok(made.json.clientSecret.length > 30);
  assert.equal(made.json.issuer, 'https://genkan.example/oidc');
  assert.ok(
    !(await office.genkan('applications', 'show', 'portal', '--json')).out.includes(made.json.clientSecret),
  );
  const rotated = await office.genkan('applications', 'rotate-secret', 'portal', '--json');
  assert.notEqual(rotated.json.clientSecret, made.json.clientSecret);
  const file = office.file('app.json');
  writeFileSync(file, JSON.stringify({ requirePar: true, defaultAcr: ['phr'] }));
  const changed = await office.genkan('applications', 'update', 'portal', '--settings', file, '--json');
  assert.equal(changed.json.application.settings.requirePar, true);
  assert.deepEqual(changed.json.application.settings.redirectUris, ['https://portal.example/cb']);
  const bad = await office.genkan(
    'applications',
    'create',
    'bad',
    '--name',
    'Bad',
    '--redirect',
    'http://evil.example/',
  );
  assert.match(bad.err, /settings\.redirectUris\.0 must begin with https/);
  assert.match(
    (await office.genkan('applications', 'create', 'none', '--name', 'N')).err,
    /at least one is needed/,
  );
});

test('a setting is set by its path, checked, and put back', async () => {
  assert.equal((await office.genkan('settings', 'set', 'registration.startsOn', '2027-04-01')).status, 0);
  assert.equal(
    (await office.genkan('settings', 'show', 'registration.startsOn', '--json')).json,
    '2027-04-01',
  );
  await office.genkan('groups', 'create', 'early');
  const groups = await office.genkan('settings', 'set', 'registration.groups', '["early"]', '--json');
  assert.equal(groups.json.startsOn, '2027-04-01', 'the rest stays');
  assert.equal(groups.json.groups.length, 1);
  assert.match(
    (await office.genkan('settings', 'set', 'registration.startsOn', 'April')).err,
    /startsOn is not a date/,
  );
  assert.match(
    (await office.genkan('settings', 'set', 'registration.startOn', '2027-04-01')).err,
    /no setting "registration\.startOn"\. Did you mean registration\.startsOn\?/,
  );
  assert.match(
    (await office.genkan('settings', 'set', 'registraton', '1')).err,
    /Did you mean registration\?/,
  );
  assert.equal((await office.genkan('settings', 'reset', 'registration', '--json')).json.startsOn, undefined);
  assert.match((await office.genkan('settings', 'list')).out, /phone\.countries +\["JP"\]/);
});

test('one value of a setting is put back and the others stay; what can be set is listed before it is', async () => {
  await office.genkan('settings', 'set', 'notices.office', '["office@example.ac.jp"]');
  const text = { ja: '準備中です。', en: 'Being prepared.' };
  const notice = JSON.stringify({ text, until: '2027-04-30' });
  assert.equal((await office.genkan('settings', 'set', 'notices.preparing', notice)).status, 0);
  const back = await office.genkan('settings', 'reset', 'notices.preparing', '--json');
  assert.deepEqual(back.json, { office: ['office@example.ac.jp'] });
  await office.genkan('settings', 'set', 'phone.countries', '["KR"]');
  await office.genkan('settings', 'set', 'phone.defaultCountry', 'KR');
  await office.genkan('settings', 'reset', 'phone.countries');
  const { countries, defaultCountry } = await office.directory.settings.get('phone');
  assert.deepEqual({ countries, defaultCountry }, { countries: ['JP'], defaultCountry: 'KR' });
  assert.match((await office.genkan('settings', 'list')).out, /notices\.preparing +\(not set\)/);
  assert.match((await office.genkan('settings', 'show', 'registration')).out, /startsOn +\(not set\)/);
  const unknown = await office.genkan('settings', 'reset', 'notices.ofice');
  assert.equal(unknown.status, 1);
  assert.match(unknown.err, /no setting "notices\.ofice"\. Did you mean notices\.office\?/);
  await office.genkan('settings', 'reset', 'phone');
  await office.genkan('settings', 'reset', 'notices');
});

test('policies explain: the campus skip, from inside, from outside, and as report-only', async () => {
  await office.member('explained');
  await office.genkan('locations', 'create', '学内', '--range', '192.0.2.0/24', '--trusted');
  await office.genkan(
    'applications',
    'create',
    'mail',
    '--name',
    'Mail',
    '--redirect',
    'https://mail.example/cb',
  );
  const file = office.file('policy.json');
  writeFileSync(
    file,
    JSON.stringify({
      displayName: 'MFA off campus',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['All'] },
        locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
        clientAppTypes: ['all'],
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    }),
  );
  assert.equal((await office.genkan('policies', 'create', file)).status, 0);
  const explain = (ip: string, ...more: string[]) =>
    office.genkan('policies', 'explain', '--user', 'explained', '--application', 'mail', '--ip', ip, ...more);
  const inside = await explain('192.0.2.9', '--shown', 'password');
  assert.match(inside.out, /MFA off campus \[on\]: does not apply/);
  assert.match(inside.out, /trusted location, which is excluded \(学内\)/);
  assert.match(inside.out, /Result: enough was shown/);
  const outside = await explain('203.0.113.9', '--shown', 'password');
  assert.match(outside.out, /: applies/);
  assert.match(outside.out, /asks for: Multifactor authentication — not satisfied yet/);
  assert.match(outside.out, /Result: the person has no method/);
  assert.match(
    (await explain('203.0.113.9', '--shown', 'password', '--shown', 'text')).out,
    /— satisfied[\s\S]*Result: enough/,
  );
  assert.equal((await explain('203.0.113.9', '--json')).json.decision.outcome, 'ask');
  await office.genkan('policies', 'report-only', 'MFA off campus');
  assert.match(
    (await explain('203.0.113.9', '--shown', 'password')).out,
    /\[report-only\]: applies[\s\S]*Result: enough/,
  );
  assert.match((await explain('300.1.2.3')).err, /is no IP address/);
  assert.match(
    (await office.genkan('locations', 'create', 'all', '--range', '0.0.0.0/0', '--trusted')).err,
    /wider than one organisation/,
  );
});

test('the registration report counts by group and names who has not', async () => {
  const user = await office.member('registered');
  await office.genkan('groups', 'create', '文学部');
  await office.member('not-yet');
  await office.genkan('groups', 'add', '文学部', 'registered', 'not-yet');
  await office.storage.db
    .insertInto('phones')
    .values({
      user_id: user,
      kind: 'mobile',
      number_sealed: Buffer.alloc(8),
      number_index: Buffer.alloc(8),
      way: 'text',
      created_at: 1,
      last_used_at: null,
    })
    .execute();
  const { json } = await office.genkan('registration', 'report', '--group', '文学部', '--json');
  assert.deepEqual(json.groups, [{ group: '文学部', total: 2, registered: 1 }]);
  assert.deepEqual(
    json.missing.map((person: { loginName: string }) => person.loginName),
    ['not-yet'],
  );
  assert.match(
    (await office.genkan('registration', 'report', '--group', '文学部')).out,
    /1 of 2 enabled users/,
  );
  assert.match(
    (await office.genkan('registration', 'report', '--csv')).out,
    /^\ufeffloginName,displayName,mail,groups\r\n/,
  );
  assert.match((await office.genkan('users', 'show', 'registered')).out, /phone \(1\)/);
});

test('signing keys are made, listed, and withdrawn when they sign no more', async () => {
  const rotated = await office.genkan('keys', 'rotate', '--now');
  assert.equal(rotated.status, 0, rotated.err);
  assert.match((await office.genkan('keys', 'list')).out, /RS256 +next/);
  const { json } = await office.genkan('keys', 'list', '--json');
  const [{ id }] = json;
  assert.match((await office.genkan('keys', 'withdraw', 'none', '--yes')).err, /no signing key "none"/);
  assert.match((await office.genkan('keys', 'withdraw', id)).err, /--yes/);
  assert.match((await office.genkan('keys', 'withdraw', id, '--yes')).err, /still signs/);
  await office.genkan('keys', 'rotate', '--now');
  const withdrawn = await office.genkan('keys', 'withdraw', id, '--yes');
  assert.equal(withdrawn.status, 0, withdrawn.err);
  assert.match(withdrawn.out, new RegExp(`${id} +\\S+ +withdrawn`));
});

test('the version is said', async () => {
  assert.match((await office.genkan('--version')).out, /^genkan \d+\.\d+\.\d+\n$/);
  assert.match((await office.genkan('--version', '--json')).json.version, /^\d+\.\d+\.\d+$/);
});

test('hardware tokens come from the file of their maker, are handed out, lost and retired', async () => {
  await office.genkan('users', 'create', 's-token', '--name', 'Token');
  const file = office.file('tokens.csv');
  const head = 'upn,serial number,secret key,time interval,manufacturer,model';
  writeFileSync(file, `${head}\n,A-1,GEZDGNBVGY3TQOJQ,30,M,T\n,A-2,short,30,M,T\n`);
  const failed = await office.genkan('tokens', 'import', file);
  assert.equal(failed.status, 1);
  assert.match(failed.err, /line 3 "A-2": the secret key/);
  writeFileSync(file, `${head}\n,A-1,GEZDGNBVGY3TQOJQ,30,M,T\n`);
  assert.match((await office.genkan('tokens', 'import', file)).out, /1 hardware token/);
  const state = async () => (await office.genkan('tokens', 'list')).out;
  assert.match(await state(), /A-1 +in stock/);
  assert.equal((await office.genkan('tokens', 'assign', 'a-1', 's-token')).status, 0);
  assert.match(await state(), /A-1 +assigned +s-token/);
  assert.equal((await office.genkan('tokens', 'resync', 'A-1', '000000', '000000')).status, 1);
  assert.equal((await office.genkan('tokens', 'lost', 'A-1')).status, 0);
  assert.match(await state(), /A-1 +lost/);
  assert.equal((await office.genkan('tokens', 'assign', 'A-1', 's-token')).status, 1);
  assert.equal((await office.genkan('tokens', 'unassign', 'A-1')).status, 0);
  assert.equal((await office.genkan('tokens', 'retire', 'A-1')).status, 0);
  assert.equal((await office.genkan('tokens', 'unassign', 'A-1')).status, 1);
  assert.equal((await office.genkan('tokens', 'lost', 'A-9')).status, 1);
});

test('whatever lists or shows answers a program with JSON, and with something in it', async () => {
  const named: Readonly<Record<string, string>> = {
    'users show': 'looked-at',
    'groups show': '見られる',
    'applications show': 'looked-at',
    'policies show': 'looked-at',
    'settings show': 'registration',
  };
  await office.member('looked-at');
  const policy = office.file('looked-at.json');
  const conditions = {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
  };
  const grantControls = { operator: 'OR', builtInControls: ['mfa'] };
  writeFileSync(
    policy,
    JSON.stringify({ displayName: 'looked-at', state: 'disabled', conditions, grantControls }),
  );
  const tokens = office.file('looked-at.csv');
  const head = 'upn,serial number,secret key,time interval,manufacturer,model';
  writeFileSync(tokens, `${head}\n,L-1,GEZDGNBVGY3TQOJQ,30,M,T\n`);
  for (const argv of [
    ['tokens', 'import', tokens],
    ['keys', 'rotate', '--now'],
    ['groups', 'create', '見られる'],
    ['groups', 'add', '見られる', 'looked-at'],
    ['roles', 'add', 'global-reader', 'looked-at'],
    ['applications', 'create', 'looked-at', '--name', 'L', '--redirect', 'https://looked.example/cb'],
    ['policies', 'create', policy],
    ['locations', 'create', '分室', '--range', '198.51.100.0/24'],
    ['strengths', 'create', 'looked-at', '--combination', 'password,sms'],
  ]) {
    const { status, err } = await office.genkan(...argv);
    assert.equal(status, 0, `${argv.join(' ')}: ${err}`);
  }
  const looking = commands.filter(({ path }) => /(list|show|report|verify)$/.test(path));
  assert.ok(looking.length > 15, String(looking.length));
  for (const { path, arguments: wanted } of looking) {
    const name = named[path];
    assert.equal(
      wanted.some(each => each.startsWith('<')),
      name !== undefined,
      `${path} of what?`,
    );
    const { status, out, err, json } = await office.genkan(
      ...path.split(' '),
      ...(name === undefined ? [] : [name]),
      '--json',
    );
    assert.equal(status, 0, `${path}: ${err}`);
    assert.equal(err, '', path);
    assert.equal(typeof json, 'object', `${path}: ${out}`);
    assert.ok(Object.keys(json).length > 0, path);
  }
});
