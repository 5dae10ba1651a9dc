// A passkey is offered to whoever proves by phone, where the organisation wants it, and "later" means later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { days } from '../../src/kit/clock.ts';
import { askedBy, softPasskey } from '../../src/methods/passkey/testing.ts';
import { wordsFor } from '../../src/words/index.ts';
import { arrive, askText, assertSignedIn, enter, scene } from '../attacks/scene.ts';
import type { Visitor } from '../cast/visitor.ts';

const at = scene();
const { passkey: t } = wordsFor('ja');

/** A code by text that was right: what comes next? */
async function byText(visitor: Visitor, who: Parameters<typeof askText>[1]): Promise<boolean> {
  const code = await askText(visitor, who);
  await visitor.send('/answer', { code });
  return visitor.page.text.includes(t.offerTitle);
}

test('nobody is offered anything where the organisation did not say so', async () => {
  const who = await at.resident('Ai');
  assert.equal(await byText(at.house.visitor(), who), false);
});

test('"later" lets one in, and the offer comes back after the days that were set', async () => {
  await at.house.given.setting('passkeys', { remindEvery: 14 });
  const who = await at.resident('Bunta');
  const visitor = at.house.visitor();
  assert.equal(await byText(visitor, who), true);
  await visitor.send('/later');
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.equal(await byText(at.house.visitor(), who), false);
  at.house.clock.pass(days(14));
  assert.equal(await byText(at.house.visitor(), who), true);
});

test('whoever accepts sets it up on the way in, and is not asked again', async () => {
  await at.house.given.setting('passkeys', { remindEvery: 14 });
  const who = await at.resident('Chiaki');
  const visitor = at.house.visitor();
  assert.equal(await byText(visitor, who), true);
  await visitor.send('/register');
  assert.ok(visitor.page.text.includes(t.formTitle));
  await visitor.send('/fill');
  const key = softPasskey({ origin: at.house.url });
  await visitor.send('/answer', { credential: key.made(askedBy(visitor.page.html)) });
  await visitor.send('/done');
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.equal(await at.count('passkeys', `user_id = '${who.id}'`), 1);
  assert.equal(await byText(at.house.visitor(), who), false);
});

test('whoever just set up their phone is offered the passkey after it', async () => {
  await at.house.given.setting('passkeys', { remindEvery: 14 });
  const who = await at.resident('Fuki', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, who);
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  await visitor.send('/fill', { country: 'JP', number: who.phone.number, way: 'text' });
  await visitor.send('/answer', { code: await who.phone.code() });
  await visitor.send('/done');
  assert.ok(visitor.page.text.includes(t.offerTitle), visitor.page.text.slice(0, 400));
  await visitor.send('/later');
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('whoever does not answer has a session of nothing, and comes to the same question again', async () => {
  await at.house.given.setting('passkeys', { remindEvery: 14 });
  const who = await at.resident('Daigo');
  const visitor = at.house.visitor();
  assert.equal(await byText(visitor, who), true);
  const response = await visitor.request('/account');
  await response.arrayBuffer();
  assert.equal(response.status, 303);
});

test('an organisation that takes no new passkeys offers none', async () => {
  await at.house.given.setting('passkeys', { remindEvery: 14, offered: false });
  const who = await at.resident('Eri');
  assert.equal(await byText(at.house.visitor(), who), false);
});
