// What an app is asked is asked for a page: once that page was left, the app says so, and approves nothing any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import { bringKey, deviceOf, look, numberOn, startWizard, tokenOn } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';
import { approvalScene, asked } from './approval-scene.ts';
import { arrive, assertNotSignedIn, assertSignedIn } from './scene.ts';

const { at, owner, askPush } = approvalScene();
const { approval: t } = wordsFor('ja');

const withdrawn = (user: string): Promise<number> =>
  at.count(
    'audit',
    `kind = 'delivery.outcome' and user_id = '${user}' and detail->>'way' = 'push' and detail->>'outcome' = 'withdrawn'`,
  );

for (const [how, leave] of [
  ['another way is chosen', (visitor: Visitor) => visitor.send('/elsewhere')],
  ['a text is asked for instead', (visitor: Visitor) => visitor.send('/ask', { way: 'mobile text' })],
  ['another account is chosen', (visitor: Visitor) => visitor.send('/other-account')],
] as const)
  test(`an approval is none any more when ${how}, and the app says so; the next one lets its person in`, async () => {
    const { who, device } = await owner(`Left ${how}`.replaceAll(' ', '-'));
    const visitor = await askPush(who, device);
    const request = await asked(device);
    const number = numberOn(visitor);
    const page = visitor.page.url;
    await leave(visitor);
    assert.equal(await device.pull(), undefined, 'the app goes on asking');
    assert.equal((await device.answer(request, { number })).body.outcome, 'over');
    await visitor.open(page);
    await assertNotSignedIn(visitor);
    assert.equal(await withdrawn(who.id), 1);

    const again = await askPush(who, device);
    assert.equal(
      (await device.answer(await asked(device), { number: numberOn(again) })).body.outcome,
      'approved',
    );
    await look(again);
    await arrive(again);
    await assertSignedIn(again);
  });

test('"it was not me" counts all the same: a stranger who leaves at once is reported', async () => {
  const { who, device } = await owner('LeftAndReported');
  const stranger = await askPush(who, device);
  const request = await asked(device);
  await stranger.send('/elsewhere');
  assert.equal((await device.answer(request, { decision: 'report' })).body.outcome, 'reported');
  assert.equal(await at.count('phone_pauses', `user_id = '${who.id}'`), 1);
  assert.equal((await device.answer(request, { decision: 'report' })).body.outcome, 'over', 'once');
});

test('what was approved before its page was left stays so, and a late report of it changes nothing', async () => {
  const { who, device } = await owner('ApprovedThenLeft');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  assert.equal((await device.answer(request, { number: numberOn(visitor) })).body.outcome, 'approved');
  await visitor.send('/elsewhere');
  assert.equal(await withdrawn(who.id), 0);
  assert.equal((await device.answer(request, { decision: 'report' })).body.outcome, 'over');
});

test('whoever comes back to the app is asked anew, and one who asks for a code of the same app leaves the approval too', async () => {
  const { who, device } = await owner('ThereAndBackAgain');
  const visitor = await askPush(who, device);
  const first = await asked(device);
  await visitor.send('/ask', { way: `${device.id} code` });
  assert.equal(await device.pull(), undefined);
  await visitor.send('/ask', { way: `${device.id} push` });
  assert.ok(!visitor.page.text.includes(t.ended.withdrawn), visitor.page.text);
  const second = await asked(device);
  assert.notEqual(second.request, first.request);
  await device.answer(second, { number: numberOn(visitor) });
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('the wizard takes its code back when one goes back: an app that had it registers nothing', async () => {
  const { who, visitor } = await owner('SetUpLeft');
  const devices = () => at.count('authenticator_devices', `user_id = '${who.id}'`);
  const before = await devices();

  await startWizard(visitor);
  const unread = tokenOn(visitor);
  await visitor.send('/back');
  const late = await bringKey(at.house, unread, { name: 'Late' });
  assert.equal(late.said.status, 410, JSON.stringify(late.said.body));

  await startWizard(visitor);
  const { key, said } = await bringKey(at.house, tokenOn(visitor), { name: 'Mine' });
  const device = deviceOf(at.house, key, said.body);
  await look(visitor);
  const request = await asked(device);
  const number = numberOn(visitor);
  await visitor.send('/back');
  assert.equal(await device.pull(), undefined, 'the app goes on asking');
  assert.equal((await device.answer(request, { number })).body.outcome, 'over');
  assert.equal((await device.answer(request, { decision: 'report' })).body.outcome, 'reported');
  assert.equal(await devices(), before);
});
