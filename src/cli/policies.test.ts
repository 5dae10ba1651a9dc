import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

const policy = (displayName: string, state: string, clientAppTypes: readonly string[]): string => {
  const file = office.file('policy.json');
  const conditions = {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes,
  };
  const grantControls = { operator: 'OR', builtInControls: ['block'] };
  writeFileSync(file, JSON.stringify({ displayName, state, conditions, grantControls }));
  return file;
};

test('a policy that would let nobody in is kept, and warned of when it is made, replaced and turned on', async () => {
  const waiting = await office.genkan('policies', 'create', policy('Nobody', 'disabled', ['all']));
  assert.deepEqual([waiting.status, waiting.err], [0, '']);
  const everybody = /lets nobody in.*administrators.*genkan policies disable/;
  assert.match((await office.genkan('policies', 'enable', 'Nobody')).err, everybody);
  assert.match(
    (await office.genkan('policies', 'update', 'Nobody', policy('Nobody', 'enabled', ['all']))).err,
    everybody,
  );
  assert.equal((await office.genkan('policies', 'disable', 'Nobody')).err, '');
  assert.match(
    (await office.genkan('policies', 'create', policy('Twice', 'enabled', ['all']))).err,
    everybody,
  );
});

test('client types that never come here are warned of, and the policy is kept as it is', async () => {
  const legacy = await office.genkan(
    ...['policies', 'create', policy('Legacy', 'enabled', ['exchangeActiveSync', 'other']), '--json'],
  );
  assert.match(legacy.err, /holds for nobody/);
  assert.deepEqual(legacy.json.conditions.clientAppTypes, ['exchangeActiveSync', 'other']);
});

test('explain takes the type of the client from the application', async () => {
  await office.genkan('users', 'create', 'typed', '--name', 'Typed');
  const redirect = ['--redirect', 'https://app.example/cb'];
  await office.genkan('applications', 'create', 'desktop', '--name', 'Desktop', ...redirect, '--native');
  await office.genkan('applications', 'create', 'web', '--name', 'Web', ...redirect);
  await office.genkan('policies', 'create', policy('Phones', 'enabled', ['mobileAppsAndDesktopClients']));
  const applies = async (application: string, ...more: string[]) => {
    const asked = ['--user', 'typed', '--application', application, ...more];
    const { out } = await office.genkan('policies', 'explain', ...asked);
    return /Phones \[on\]: applies/.test(out);
  };
  assert.deepEqual(
    [await applies('desktop'), await applies('web'), await applies('desktop', '--client', 'browser')],
    [true, false, false],
  );
});

test('our own pages are explained by the name that policies know them by', async () => {
  await office.genkan('users', 'create', 'owner', '--name', 'Owner');
  const { status, json } = await office.genkan(
    ...['policies', 'explain', '--user', 'owner', '--application', 'genkan-account', '--json'],
  );
  assert.equal(status, 0);
  assert.ok(json.policies.length > 0);
  assert.ok(
    json.policies.every(({ conditions }: { conditions: { condition: string; why: string }[] }) =>
      conditions.some(({ condition, why }) => condition === 'applications' && why === 'all'),
    ),
  );
});
