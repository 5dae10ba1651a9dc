import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import { bringKey, deviceOf, look, numberOn, startWizard, tokenOn } from '../cast/device.ts';
import { until } from '../cast/until.ts';
import { scene, signInByText } from './scene.ts';

const at = scene();
const t = wordsFor('ja').approval;

test('whoever scans a code that is not theirs is named on its page, and by reporting ends that registration and nothing else', async () => {
  await at.house.given.setting('notices', { office: ['counter@keyaki.example'] });
  const who = await at.resident('EnrolmentStolen');
  const owner = at.house.visitor();
  await signInByText(owner, who);
  await startWizard(owner);
  const { key, said } = await bringKey(at.house, tokenOn(owner), { name: 'Phone of Mallory' });
  await look(owner);
  assert.ok(owner.page.text.includes(t.tryIt({ name: 'Phone of Mallory' })), owner.page.text);

  const stranger = deviceOf(at.house, key, said.body);
  const asked = await stranger.pull();
  assert.ok(asked);
  assert.equal((await stranger.answer(asked, { decision: 'report' })).body.outcome, 'reported');
  await look(owner);
  assert.ok(owner.page.text.includes(t.ended.reported), owner.page.text);
  assert.equal(await at.count('phone_pauses', `user_id = '${who.id}'`), 0, 'the phones were paused');
  assert.equal(await at.count('audit', `user_id = '${who.id}' and kind = 'user.fraud-reported'`), 1);
  await until(() => at.house.letters().some(letter => letter.includes('To: counter@keyaki.example')));

  // The stranger is asked nothing any more, and the next code is another.
  await owner.send('/again');
  assert.equal((await stranger.ask('pull')).status, 401);
  assert.equal(await at.count('authenticator_devices', `user_id = '${who.id}'`), 0);
  const mine = await bringKey(at.house, tokenOn(owner), { name: 'Mine' });
  const device = deviceOf(at.house, mine.key, mine.said.body);
  await look(owner);
  const question = await device.pull();
  assert.ok(question);
  await device.answer(question, { number: numberOn(owner) });
  await look(owner);
  assert.ok(owner.page.text.includes(t.added), owner.page.text);
  const elsewhere = at.house.visitor();
  await signInByText(elsewhere, who);
});
