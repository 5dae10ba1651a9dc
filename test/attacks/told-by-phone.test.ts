// Whoever has no mail address hears of a change on a phone that the change did not touch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneNumber } from '../../src/gateways/index.ts';
import { addPhone, type PhoneKind } from '../../src/methods/phone/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import { type Telephone, telephone } from '../cast/telephone.ts';
import { until } from '../cast/until.ts';
import { type Resident, scene, signInByText } from './scene.ts';

const at = scene();
const { phoneAdded, noticeShort } = wordsFor('ja').registration;
const [said = ''] = noticeShort({ organisation: 'Genkan', when: '|' }).split('|');

async function withSecondPhone(name: string, kind: PhoneKind, number: string) {
  const who = await at.resident(name, { mail: null });
  const { storage, clock } = at.house.foundation;
  await storage.tx(tx =>
    addPhone(tx, storage.sealer, {
      user: who.id,
      kind,
      number: number as PhoneNumber,
      way: 'call',
      createdAt: clock.now(),
    }),
  );
  return { who, second: telephone(at.house, number) };
}

async function inside(who: Resident) {
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  return visitor;
}

/** Once whoever is to be told was told. */
const allTold = () =>
  until(
    async () =>
      (await at.house.foundation.storage.db.selectFrom('outbox').select('id').execute()).length === 0,
  );

async function heard(phone: Telephone): Promise<void> {
  const text = await phone.text();
  assert.ok(text.startsWith(said), text);
  assert.ok(await phone.isQuiet(), 'one change is told once');
}

test('the first phone is texted when the second one is deleted', async () => {
  const { who, second } = await withSecondPhone('Second', 'alternateMobile', '+818011110001');
  const visitor = await inside(who);
  await visitor.open('/account/security-info/remove?method=phone&credential=alternateMobile');
  await visitor.send('/remove');
  await allTold();
  await heard(who.phone);
  assert.ok(await second.isQuiet());
});

test('the second phone is texted when the first one is replaced, and neither its old nor its new number', async () => {
  const { who, second } = await withSecondPhone('First', 'alternateMobile', '+818011110002');
  const thief = telephone(at.house, '+818011110003');
  const visitor = await inside(who);
  await visitor.open('/account/security-info/change?method=phone&credential=mobile');
  await visitor.send('/fill', { country: 'JP', number: thief.number, way: 'text' });
  await visitor.send('/answer', { code: await thief.code() });
  assert.ok(visitor.page.text.includes(phoneAdded), visitor.page.text);
  await allTold();
  await heard(second);
  assert.ok(await thief.isQuiet());
  assert.ok(await who.phone.isQuiet());
});

test('no text goes to a telephone that shows none', async () => {
  const { who, second } = await withSecondPhone('Landline', 'office', '+81312345678');
  const visitor = await inside(who);
  const before = await at.count('deliveries', `user_id = '${who.id}'`);
  await visitor.open('/account/security-info/remove?method=phone&credential=mobile');
  await visitor.send('/remove');
  await allTold();
  assert.ok(await second.isQuiet());
  assert.equal(await at.count('deliveries', `user_id = '${who.id}'`), before);
});
