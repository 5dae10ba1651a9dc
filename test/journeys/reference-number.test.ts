import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReference } from '../../src/kit/reference.ts';
import { multiFactorEverywhere } from '../../src/policies/index.ts';
import { enter, scene } from '../attacks/scene.ts';
import type { PageSeen } from '../cast/visitor.ts';

const office = { is: 'office', name: 'test' } as const;
const at = scene();

/** What stands at the foot of the page, and is read aloud. */
const numberOn = ({ text }: PageSeen): string => {
  const number = /お問い合わせ番号\s+(\S+)/.exec(text)?.[1];
  assert.match(number ?? '', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/, text.slice(0, 400));
  return number ?? '';
};

const loggedUnder = (number: string) =>
  at.house.log.filter(line => line.startsWith('{') && JSON.parse(line).number === number);

test('somebody who is refused reads a number, and the office finds that sign-in by it', async () => {
  const refused = await at.resident('refused');
  const policy = multiFactorEverywhere({ id: '' as never, displayName: '停止中', state: 'enabled' });
  await at.house.foundation.directory.access.policies.create(
    {
      ...policy,
      conditions: { ...policy.conditions, users: { includeUsers: [refused.id] } },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    },
    office,
  );
  at.house.clock.pass(1_001);
  const visitor = at.house.visitor();
  const number = numberOn(await enter(visitor, refused));
  const { audit, clock } = at.house.foundation;
  const sought = readReference(number.toLowerCase().replace('-', ' '), clock.now());
  assert.ok(sought);
  const found = await audit.correlationsCalled(sought);
  assert.deepEqual(found, [new URL(visitor.page.url).pathname.split('/')[2]]);
  const { records } = await audit.list({ correlation: found[0] });
  assert.ok(records.some(({ kind, user }) => kind === 'sign-in.refused' && user === refused.id));
});

test('a page that is not there, and a wrong request of an application, have a number that the log has too', async () => {
  const visitor = at.house.visitor();
  assert.equal(loggedUnder(numberOn(await visitor.open('/nowhere'))).length, 1);
  assert.equal(loggedUnder(numberOn(await visitor.open('/oidc/auth?client_id=nobody'))).length, 1);
  const program = at.house.visitor({ headers: { accept: 'application/json' } });
  const answer = await program.request('/nowhere');
  const { error } = (await answer.json()) as { error: { number: string } };
  assert.equal(loggedUnder(error.number).length, 1);
});
