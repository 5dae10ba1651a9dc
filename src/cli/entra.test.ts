import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { UserId } from '../kit/ids.ts';
import { phonesOf, removePhone } from '../methods/phone/index.ts';
import { ownerOf } from '../protocols/external-mfa/index.ts';
import { testCommandLine } from './testing.ts';

let at: Awaited<ReturnType<typeof testCommandLine>>;
const tenant = randomUUID();
const app = randomUUID();

before(async () => {
  at = await testCommandLine();
  const { status } = await at.genkan('entra', 'setup', '--tenant', tenant, '--app', app);
  assert.equal(status, 0);
});
after(() => at.close());

const phoneTypes = {
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
};

const page = (context: string, value: readonly object[]): string =>
  JSON.stringify({ '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`, value });

const user = (name: string, more: object = {}) => ({
  id: randomUUID(),
  userPrincipalName: `${name}@keyaki.example`,
  displayName: name,
  mail: `${name}@keyaki.example`,
  preferredLanguage: 'ja-JP',
  accountEnabled: true,
  ...more,
});

const phone = (phoneType: keyof typeof phoneTypes, phoneNumber: string) => ({
  id: phoneTypes[phoneType],
  phoneNumber,
  phoneType,
  smsSignInState: 'notAllowedByPolicy',
});

function file(name: string, content: string): string {
  const path = at.file(name);
  writeFileSync(path, content);
  return path;
}

const phonesOfAccount = async (object: string) => {
  const { db, sealer } = at.storage;
  const owner = await ownerOf(db, { tenant, object });
  assert.ok(owner);
  return (await phonesOf(db, sealer, owner)).map(({ kind, number, extension, way, importedFrom }) => ({
    kind,
    number,
    ...(extension ? { extension } : {}),
    way,
    importedFrom,
  }));
};

test('setting a tenant up says all that its administrator does, with the same client id and application id', async () => {
  const { json } = await at.genkan('entra', 'setup', '--tenant', tenant, '--app', app, '--json');
  assert.equal(json.clientId, app);
  assert.equal(json.tenant.audience, app);
  assert.equal(json.discoveryUrl, 'https://genkan.example/external-mfa/.well-known/openid-configuration');
  assert.deepEqual(json.request.openIdConnectSetting, { clientId: app, discoveryUrl: json.discoveryUrl });
  const { out } = await at.genkan('entra', 'setup', '--tenant', tenant, '--app', app);
  for (const part of [json.authorizationEndpoint, 'openid, profile', 'Invoke-MgGraphRequest', app])
    assert.ok(out.includes(part), part);
  assert.match(out, /does not answer at its address yet\. Once it runs: genkan entra check/);
  const wrong = await at.genkan('entra', 'setup', '--tenant', 'keyaki', '--app', app);
  assert.match(wrong.err, /"keyaki" is no GUID/);
  const elsewhere = await at.genkan(
    'entra',
    'setup',
    '--tenant',
    tenant,
    '--app',
    app,
    '--authority',
    'https://evil.example',
  );
  assert.equal(elsewhere.status, 1);
});

test('people come in with their phones from pages of Graph, and every record that cannot is named', async () => {
  const hanako = user('hanako');
  const jiro = user('jiro', { accountEnabled: false });
  const users = file(
    'users.json',
    page('users', [hanako, jiro, { ...user('x'), id: 'none' }, { ...user('y y') }]),
  );
  const hers = file(
    'hanako.json',
    page(`users('${encodeURIComponent(hanako.userPrincipalName)}')/authentication/phoneMethods`, [
      phone('mobile', '+81 9012345678'),
      phone('office', '+81 312345678x123'),
    ]),
  );
  const lists = file(
    'phones.csv',
    [
      'userPrincipalName,phoneType,phoneNumber',
      `${jiro.userPrincipalName},mobile,+81 8012345678`,
      `${jiro.userPrincipalName},mobile,+81 8012345679`,
      `${jiro.userPrincipalName},fax,+81 312345678`,
      `${jiro.userPrincipalName},office,+1 9005551234`,
      'nobody@keyaki.example,mobile,+81 9011112222',
      `${jiro.userPrincipalName},office,+81 8012345677x9`,
    ].join('\r\n'),
  );
  const details = file(
    'details.json',
    page('reports/authenticationMethods/userRegistrationDetails', [
      {
        id: jiro.id,
        userPrincipalName: jiro.userPrincipalName,
        methodsRegistered: ['mobilePhone'],
        userPreferredMethodForSecondaryAuthentication: 'voiceMobile',
      },
      { id: randomUUID(), userPrincipalName: 'later@keyaki.example', methodsRegistered: ['mobilePhone'] },
    ]),
  );
  const files = [users, hers, lists, details];
  const dry = await at.genkan('import', 'entra', ...files, '--dry-run', '--json');
  assert.deepEqual([dry.json.people, dry.json.phones, dry.json.registrations], [2, 4, 2]);
  const said = dry.json.troubles.map((one: { file: string; line: number; problem: string }) =>
    [one.file, one.line, one.problem].join(' '),
  );
  assert.deepEqual(said.sort(), [
    'phones.csv 3 twice',
    'phones.csv 4 not-a-phone-type',
    'phones.csv 5 country-not-allowed',
    'phones.csv 6 whose',
    'users.json 3 no-id',
    'users.json 4 has-spaces',
  ]);
  assert.equal((await at.directory.users.list({})).users.length, 0, 'a dry run writes nothing');

  const real = await at.genkan('import', 'entra', ...files);
  assert.match(real.out, /2 people were created[\s\S]*phones\.csv:3: is there twice/);
  assert.deepEqual(await phonesOfAccount(hanako.id), [
    { kind: 'mobile', number: '+819012345678', way: 'text', importedFrom: 'entra' },
    { kind: 'office', number: '+81312345678', extension: '123', way: 'call', importedFrom: 'entra' },
  ]);
  const [his, office] = await phonesOfAccount(jiro.id);
  assert.equal(his?.way, 'call', 'as he chose it at Microsoft');
  assert.deepEqual(
    office,
    { kind: 'office', number: '+818012345677', way: 'call', importedFrom: 'entra' },
    'a mobile phone has no extension',
  );
  const found = await at.directory.users.byLoginName(jiro.userPrincipalName);
  assert.deepEqual([found?.enabled, found?.language, found?.preferredMethod], [false, 'ja', 'mobile call']);

  const again = await at.genkan('import', 'entra', ...files, '--json');
  assert.deepEqual(
    [again.json.created, again.json.known, again.json.phones],
    [0, 2, 0],
    'again changes nothing',
  );
  const owner = (await ownerOf(at.storage.db, { tenant, object: hanako.id })) as UserId;
  await at.storage.tx(tx => removePhone(tx, owner, 'mobile'));
  await at.genkan('import', 'entra', ...files);
  assert.equal(
    (await phonesOfAccount(hanako.id)).length,
    1,
    'a phone that its person deleted does not come back',
  );

  const { json } = await at.genkan('export', 'entra-readiness', '--json');
  const todo = Object.fromEntries(
    json.map((one: { loginName: string; todo: string }) => [one.loginName, one.todo]),
  );
  assert.deepEqual(todo, { 'hanako@keyaki.example': 'comes-along', 'later@keyaki.example': 'import-person' });
});

test('whoever is here already is bound and not doubled; a name with another account is left alone', async () => {
  const actor = { is: 'office', name: 'test' } as const;
  await at.directory.users.create({ loginName: 'old@keyaki.example', displayName: 'Old' }, actor);
  const old = user('old');
  const first = await at.genkan('import', 'entra', file('old.json', page('users', [old])), '--json');
  assert.deepEqual([first.json.created, first.json.bound], [0, 1]);
  const other = await at.genkan(
    'import',
    'entra',
    file('other.json', page('users', [user('OLD')])),
    '--json',
  );
  assert.deepEqual(other.json.bystanders, ['OLD@keyaki.example']);
  const unbound = await at.genkan('entra', 'unbind', 'old@keyaki.example');
  assert.equal(unbound.status, 0, unbound.err);
  assert.equal(await ownerOf(at.storage.db, { tenant, object: old.id }), undefined);
});

test('twenty thousand people with their phones come in within a minute, and half an import goes on', async t => {
  const people = Array.from({ length: 20_000 }, (_, i) => user(`u${String(i).padStart(6, '0')}`));
  const phones = people.map(({ id }, i) => ({
    ...phone('mobile', `+81 90${String(10_000_000 + i)}`),
    userId: id,
  }));
  const half = file('half.json', page('users', people.slice(0, 10_000)));
  const whole = file('whole.json', page('users', people));
  const numbers = file('numbers.json', JSON.stringify(phones));
  const [began, before] = [performance.now(), process.cpuUsage()];
  const one = await at.genkan('import', 'entra', half, numbers, '--json');
  assert.equal(one.json.created, 10_000);
  const two = await at.genkan('import', 'entra', whole, numbers, '--json');
  assert.deepEqual([two.json.created, two.json.known, two.json.phones], [10_000, 10_000, 10_000]);
  const seconds = (performance.now() - began) / 1000;
  const { user: busy, system } = process.cpuUsage(before);
  const cpu = (busy + system) / 1e6;
  t.diagnostic(`${people.length} people in ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of a processor`);
  // Time on the clock is also that of the tests beside this one.
  assert.ok(cpu < 60, `${cpu} s`);
  assert.match(two.err, /Importing people: 100 %/);
});

test('a check from outside says what is wrong, one by one', async () => {
  const { status, json } = await at.genkan('entra', 'check', '--json');
  assert.equal(status, 1);
  assert.ok(
    json.checks.some((one: { name: string; holds: boolean }) => one.name === 'discovery' && !one.holds),
  );
});
