import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

const policyAsking = (id: string): string => {
  const file = office.file('policy.json');
  const policy = {
    displayName: 'Grades',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
    },
    grantControls: { operator: 'OR', builtInControls: [], authenticationStrength: { id } },
  };
  writeFileSync(file, JSON.stringify(policy));
  return file;
};

const explained = async (...shown: string[]) => {
  const { json } = await office.genkan(
    'policies',
    'explain',
    '--user',
    'grader',
    '--application',
    'grades',
    ...shown.flatMap(proof => ['--shown', proof]),
    '--json',
  );
  return json;
};

test('a strength is made, listed beside the built-in ones, asked for by a policy, changed and explained', async () => {
  await office.genkan('users', 'create', 'grader', '--name', 'Grader');
  await office.genkan(
    'applications',
    'create',
    'grades',
    '--name',
    'Grades',
    '--redirect',
    'https://grades.example/cb',
  );
  const made = await office.genkan(
    ...['strengths', 'create', 'Key or token', '--combination', 'fido2', '--combination'],
    ...['hardwareOath,password', '--json'],
  );
  assert.equal(made.status, 1, 'a combination is written as Graph writes it');
  const { json: strength } = await office.genkan(
    ...['strengths', 'create', 'Key or token', '--combination', 'fido2', '--combination'],
    ...['password,hardwareOath', '--json'],
  );
  assert.deepEqual(strength.allowedCombinations, ['fido2', 'password,hardwareOath']);
  const listed = await office.genkan('strengths', 'list');
  assert.match(listed.out, /Phishing-resistant MFA +built in +fido2/);
  assert.match(listed.out, /Key or token +your own +fido2 password,hardwareOath/);

  const saved = await office.genkan('policies', 'create', policyAsking(strength.id));
  assert.equal(saved.status, 0, saved.err);
  const { out } = await office.genkan('policies', 'explain', '--user', 'grader', '--application', 'grades');
  assert.match(out, /asks for: Key or token/);
  assert.equal((await explained('password', 'text')).policies[0].met, false);
  assert.equal((await explained('password', 'token')).policies[0].met, true);
  assert.equal((await explained('passkey')).decision.outcome, 'grant');

  const changed = await office.genkan(
    ...['strengths', 'change', 'Key or token', '--name', 'Texts too', '--combination', 'password,sms'],
  );
  assert.equal(changed.status, 0, changed.err);
  assert.equal((await explained('password', 'text')).policies[0].met, true);
  assert.equal((await explained('password', 'token')).policies[0].met, false);
});

test('a strength that a policy asks for is not deleted; what is built in stays', async () => {
  const kept = await office.genkan('strengths', 'delete', 'Texts too', '--yes');
  assert.equal(kept.status, 1);
  assert.match(kept.err, /A policy asks for "Texts too"/);
  assert.equal((await office.genkan('policies', 'delete', 'Grades', '--yes')).status, 0);
  assert.match((await office.genkan('strengths', 'delete', 'Texts too')).err, /--yes/);
  assert.equal((await office.genkan('strengths', 'delete', 'Texts too', '--yes')).status, 0);
  assert.match(
    (await office.genkan('strengths', 'delete', 'Texts too', '--yes')).err,
    /no authentication strength/,
  );
  assert.match(
    (await office.genkan('strengths', 'delete', 'Passwordless MFA', '--yes')).err,
    /built in, and stays/,
  );
  const { json } = await office.genkan('audit', 'list', '--json');
  const kinds = json.records.map(({ kind }: { kind: string }) => kind);
  for (const kind of ['strength.created', 'strength.changed', 'strength.deleted'])
    assert.equal(kinds.filter((each: string) => each === kind).length, 1, kind);
});

test('a strength of nothing, of what nobody has, or of nobody is refused with a sentence', async () => {
  assert.match((await office.genkan('strengths', 'create', 'None')).err, /needs a combination/);
  assert.match(
    (await office.genkan('strengths', 'create', 'Odd', '--combination', 'password,sm')).err,
    /Did you mean "?password,sms/,
  );
  const nobody = '0199c9b2-0000-7000-8000-000000000000';
  assert.match(
    (await office.genkan('policies', 'create', policyAsking(nobody))).err,
    /names something that does not exist/,
  );
});

test('a recovery code is explained as it leads: to a new method, and to applications where a setting says so', async () => {
  await office.genkan('users', 'create', 'papered', '--name', 'Papered');
  await office.genkan(
    'applications',
    'create',
    'rooms',
    '--name',
    'R',
    '--redirect',
    'https://rooms.example/cb',
  );
  const policy = office.file('rooms.json');
  writeFileSync(
    policy,
    JSON.stringify({
      displayName: 'Rooms',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['rooms'] },
        clientAppTypes: ['all'],
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    }),
  );
  assert.equal((await office.genkan('policies', 'create', policy)).status, 0);
  const outcome = async (): Promise<string> => {
    const { json } = await office.genkan(
      ...['policies', 'explain', '--user', 'papered', '--application', 'rooms'],
      ...['--shown', 'password', '--shown', 'recovery-code', '--json'],
    );
    return json.decision.outcome;
  };
  assert.equal(await outcome(), 'register');
  await office.genkan('settings', 'set', 'recoveryCodes.leadTo', 'applications');
  assert.equal(await outcome(), 'grant');
  assert.equal((await office.genkan('settings', 'set', 'recoveryCodes.leadTo', 'everywhere')).status, 1);
});
