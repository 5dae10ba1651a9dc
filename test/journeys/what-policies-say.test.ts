// What administrators say of people, applications, sessions and calls, as it is felt in a sign-in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { days, minutes, seconds } from '../../src/kit/clock.ts';
import type { GroupId } from '../../src/kit/ids.ts';
import { wordsFor } from '../../src/words/index.ts';
import { type App, application } from '../attacks/grants.ts';
import {
  confirmed,
  enter,
  isSignedIn,
  type Resident,
  scene,
  signInByRegistering,
  signInByText,
} from '../attacks/scene.ts';
import { numberOn } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';

const at = scene(async () => undefined);
const t = wordsFor('ja');
const office = { is: 'office', name: 'test' } as const;

const everywhere = {
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
  },
};

/** Holds while `story` is told. */
async function under(policy: object, story: () => Promise<void>): Promise<void> {
  const { policies } = at.house.foundation.directory.access;
  const given = { displayName: 'story', ...everywhere, ...policy };
  const saved = await policies.create(given as Parameters<typeof policies.create>[0], office);
  assert.ok(saved.saved, JSON.stringify(saved));
  at.house.clock.pass(seconds(2));
  try {
    await story();
  } finally {
    assert.ok(await policies.delete(saved.kept.id, office));
    at.house.clock.pass(seconds(2));
  }
}

const asksToStay = (visitor: Visitor): boolean =>
  visitor.page.forms.some(({ action }) => action.endsWith('/stay'));

test('a policy that keeps everybody signed in, or nobody, is not asked about', async () => {
  for (const mode of ['never', 'always'] as const)
    await under({ sessionControls: { persistentBrowser: { isEnabled: true, mode } } }, async () => {
      const visitor = at.house.visitor();
      await enter(visitor, await at.resident(`Stays${mode}`));
      assert.ok(!asksToStay(visitor), visitor.page.text);
      await visitor.moveOn();
      assert.ok(await isSignedIn(visitor));
      visitor.closeAndReturn();
      assert.equal(await isSignedIn(visitor), mode === 'always');
    });
  const visitor = at.house.visitor();
  await enter(visitor, await at.resident('Asked'));
  assert.ok(asksToStay(visitor), visitor.page.text);
});

test('after the hour of a policy everybody proves anew who they are, however busy they were', async () => {
  const signInFrequency = { isEnabled: true, type: 'hours', value: 1 };
  const policy = { grantControls: { builtInControls: ['mfa'] }, sessionControls: { signInFrequency } };
  await under(policy, async () => {
    const person = await at.resident('Hourly');
    const visitor = at.house.visitor();
    await signInByText(visitor, person);
    for (let passed = 10; passed < 60; passed += 10) {
      at.house.clock.pass(minutes(10));
      assert.ok(await isSignedIn(visitor), `after ${passed} minutes`);
    }
    at.house.clock.pass(minutes(10));
    assert.ok(!(await isSignedIn(visitor)));
    await visitor.open('/account');
    assert.ok(visitor.page.text.includes(t.signIn.passwordTitle), visitor.page.text);
    await signInByText(at.house.visitor(), person);
  });
});

/** What is asked of whoever has shown the password. */
async function asked(who: Resident, path?: string): Promise<'to prove' | 'to register' | 'nothing'> {
  const visitor = at.house.visitor();
  await enter(visitor, who, path);
  if (visitor.page.text.includes(t.signIn.proveTitle)) return 'to prove';
  if (visitor.page.text.includes(t.signIn.moreTitle)) return 'to register';
  assert.ok(asksToStay(visitor), visitor.page.text);
  return 'nothing';
}

async function groupOf(name: string, ...members: Resident[]): Promise<GroupId> {
  const { groups } = at.house.foundation.directory;
  const made = await groups.create({ displayName: name }, office);
  assert.ok(made.created);
  const ids = members.map(({ id }) => id);
  assert.equal(await groups.add(made.group.id, ids, office), ids.length);
  return made.group.id;
}

const mfa = { grantControls: { builtInControls: ['mfa'] } };

test('a policy for a group asks its members, not others, and nobody who has moved out of it or is excepted', async () => {
  const [inside, outside] = [await at.resident('InGroup'), await at.resident('OutOfGroup')];
  const group = await groupOf('教職員', inside);
  const { groups } = at.house.foundation.directory;
  const forGroup = { ...everywhere.conditions, users: { includeGroups: [group] } };
  await under({ ...mfa, conditions: forGroup }, async () => {
    assert.deepEqual([await asked(inside), await asked(outside)], ['to prove', 'nothing']);
    assert.equal(await groups.remove(group, [inside.id], office), 1);
    assert.equal(await groups.add(group, [outside.id], office), 1);
    assert.deepEqual([await asked(inside), await asked(outside)], ['nothing', 'to prove']);
  });
  const butGroup = {
    ...everywhere.conditions,
    users: { includeUsers: ['All'], excludeGroups: [group] },
  };
  await under({ ...mfa, conditions: butGroup }, async () => {
    assert.deepEqual([await asked(inside), await asked(outside)], ['to prove', 'nothing']);
  });
});

test('a policy for one application asks there, and at no other one; a session from elsewhere is not enough', async () => {
  const [payroll, wiki] = await Promise.all(
    ['payroll', 'wiki'].map(id => application(at.house, id)) as [Promise<App>, Promise<App>],
  );
  const applications = { includeApplications: ['payroll'] };
  await under({ ...mfa, conditions: { ...everywhere.conditions, applications } }, async () => {
    const person = await at.resident('TwoApps');
    assert.equal(await asked(person, wiki.ask().path), 'nothing');
    assert.equal(await asked(person, payroll.ask().path), 'to prove');
    const visitor = at.house.visitor();
    await enter(visitor, person);
    await visitor.send('/stay', { stay: 'no' });
    assert.ok(await wiki.codeFor(visitor, wiki.ask()));
    assert.equal(await payroll.codeFor(visitor, payroll.ask()), undefined);
    await visitor.open(payroll.ask().path);
    assert.ok(visitor.page.text.includes(t.signIn.proveTitle), visitor.page.text);
  });
});

test('a policy for a role asks whoever has it, for as long as they have it', async () => {
  const [helper, member] = [await at.resident('Helper'), await at.resident('Member')];
  const { roles } = at.house.foundation.directory;
  const users = { includeRoles: ['helpdesk-administrator'] };
  assert.ok(await roles.add('helpdesk-administrator', helper.id, office));
  assert.ok(await roles.add('global-reader', member.id, office));
  await under({ ...mfa, conditions: { ...everywhere.conditions, users } }, async () => {
    assert.deepEqual([await asked(helper), await asked(member)], ['to prove', 'nothing']);
    assert.ok(await roles.remove('helpdesk-administrator', helper.id, office));
    assert.equal(await asked(helper), 'nothing');
  });
});

test('a start date for one group interrupts its members from that day on, and tells nobody else of it before', async () => {
  const [member, other] = [
    await at.resident('Freshman', { phoneless: true }),
    await at.resident('Professor', { phoneless: true }),
  ];
  const group = await groupOf('新入生', member);
  const day = (from: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at.house.clock.now() + from);
  const announced = async (who: Resident): Promise<boolean> => {
    const visitor = at.house.visitor();
    await enter(visitor, who);
    await visitor.send('/stay', { stay: 'no' });
    return (await visitor.open('/')).text.includes(t.account.registerNow);
  };
  await at.house.given.setting('registration', { startsOn: day(days(2)), groups: [group] });
  assert.deepEqual([await asked(member), await asked(other)], ['nothing', 'nothing']);
  assert.deepEqual([await announced(member), await announced(other)], [true, false]);

  at.house.clock.pass(days(3));
  assert.deepEqual([await asked(member), await asked(other)], ['to register', 'nothing']);
  const visitor = at.house.visitor();
  await enter(visitor, member);
  await signInByRegistering(visitor, member);
  assert.ok(await isSignedIn(visitor));
  await at.house.given.setting('registration', {});
});

test('where a call asks for the number on the page, the pound alone confirms nothing', async () => {
  await at.house.given.setting('phone', { numberMatching: true });
  await under({ grantControls: { builtInControls: ['mfa'] } }, async () => {
    const person = await at.resident('Numbered');
    const visitor = at.house.visitor();
    const ring = async () => {
      await visitor.send('/ask', { way: 'mobile call' });
      assert.ok(visitor.page.text.includes(t.phone.answerWithNumber), visitor.page.text);
      const number = numberOn(visitor);
      assert.ok(!(await person.phone.answer()).includes(number), 'the number was said');
      return number;
    };
    await enter(visitor, person);
    const other = (number: string): string => String(10 + ((Number(number) + 1) % 90));
    for (const keysFor of [() => '#', (number: string) => `${other(number)}#`]) {
      await person.phone.press(keysFor(await ring()));
      await visitor.open(visitor.page.url);
      assert.ok(!asksToStay(visitor), visitor.page.text);
      await visitor.send('/elsewhere');
    }
    await person.phone.press(`${await ring()}#`);
    await confirmed(visitor);
    await visitor.send('/stay', { stay: 'no' });
    await visitor.moveOn();
    assert.ok(await isSignedIn(visitor));
  });
  await at.house.given.setting('phone', {});
});
