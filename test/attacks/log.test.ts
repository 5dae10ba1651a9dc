// What the log says of a sign-in and of every change, and that it says no number in full.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDevice } from '../cast/device.ts';
import { home } from '../cast/house.ts';
import { telephone } from '../cast/telephone.ts';
import { arrive, askText, otherThan, query, scene, signInByApp } from './scene.ts';

const at = scene();

interface Row {
  readonly kind: string;
  readonly correlation: string | null;
  readonly actor: unknown;
  readonly address: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly record: string;
}

async function rowsOf(where: string): Promise<readonly Row[]> {
  const { rows } = await query(
    at.house,
    `select kind, correlation_id as correlation, record::jsonb->'actor' as actor,
        record::jsonb->>'address' as address, record::jsonb->'detail' as detail, record
      from audit_records where ${where} order by id`,
  );
  return rows as unknown as readonly Row[];
}

test('one sign-in is one story in the log: every row in its order, under one number, from one address', async () => {
  const person = await at.resident('Storied');
  const visitor = at.house.visitor();
  const code = await askText(visitor, person);
  const id = new URL(visitor.page.url).pathname.split('/').at(-1) ?? '';
  await visitor.send('/answer', { code: otherThan(code) });
  await visitor.send('/answer', { code });
  await arrive(visitor);
  const rows = await rowsOf(`correlation_id = '${id}'`);
  assert.deepEqual(
    rows.map(({ kind, detail }) => {
      const { method, way, verdict, step } = detail ?? {};
      return [kind, method, way, verdict ?? step].filter(said => said !== undefined).join(' ');
    }),
    [
      'sign-in.started',
      'sign-in.step identified',
      'sign-in.step password proved',
      'sign-in.policies',
      'delivery.sent text',
      'sign-in.step phone text asked',
      'sign-in.step phone text refused',
      'sign-in.step phone text proved',
      'sign-in.policies',
      'sign-in.policies',
      'sign-in.granted',
    ],
  );
  assert.deepEqual([...new Set(rows.map(({ address }) => address))], [home]);
  const others = await rowsOf(`user_id = '${person.id}' and kind like 'sign-in.%'`);
  assert.deepEqual([...new Set(others.map(({ correlation }) => correlation))], [id]);
  // An id holds six digits of a code now and then; a value that is one does not.
  for (const { record } of rows)
    for (const secret of [code, otherThan(code), person.phone.number.slice(1)])
      assert.doesNotMatch(record, new RegExp(`\\b${secret}\\b`));
});

test('every change that a person makes to their security info is in the log: what, who, from where, without the number', async () => {
  const person = await at.resident('Busy', { app: true, phoneless: true });
  const visitor = at.house.visitor();
  await signInByApp(visitor, person);
  const numbers = [person.phone.number, '+819076543210'];
  const typeNumber = async (number = ''): Promise<void> => {
    await visitor.send('/fill', { country: 'JP', number, way: 'text' });
    await visitor.send('/answer', { code: await telephone(at.house, number).code() });
  };
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'phone mobile' });
  await typeNumber(numbers[0]);
  await visitor.open('/account/security-info/change?method=phone&credential=mobile');
  await typeNumber(numbers[1]);
  await visitor.open('/account/security-info/add');
  const device = await addDevice(at.house, visitor, { name: 'Before' });
  await visitor.open('/account/security-info');
  await visitor.send('/default', { credential: device.id });
  await visitor.open(`/account/security-info/rename?method=authenticator&credential=${device.id}`);
  await visitor.send('/rename', { name: 'After' });
  await visitor.open('/account/security-info/remove?method=phone&credential=mobile');
  await visitor.send('/remove');

  const rows = await rowsOf(`user_id = '${person.id}' and kind like 'credential.%'`);
  const phone = { method: 'phone', kind: 'mobile' };
  const app = { method: 'authenticator', kind: 'authenticator' };
  const [first, second] = numbers.map(number => `+81 XX-XXXX-XX${number.slice(-2)}`);
  assert.deepEqual(
    rows.map(({ kind, detail }) => [kind, detail]),
    [
      ['credential.added', { ...phone, credential: first }],
      ['credential.changed', { ...phone, credential: second }],
      ['credential.added', { ...app, credential: 'Before' }],
      ['credential.changed', { ...app, credential: 'Before', preferred: true }],
      ['credential.changed', { method: 'authenticator', credential: 'Before', name: 'After' }],
      ['credential.removed', { ...phone, credential: second }],
    ],
  );
  for (const { actor, address } of rows)
    assert.deepEqual({ actor, address }, { actor: { is: 'user', id: person.id }, address: home });
  for (const { record } of await rowsOf('true'))
    for (const number of numbers)
      for (const written of [number.slice(1), number.replace('+81', '0')])
        assert.ok(!record.includes(written), record);
});
