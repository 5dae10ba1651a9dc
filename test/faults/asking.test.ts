import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { seconds } from '../../src/kit/clock.ts';
import { type House, openHouse, password } from '../cast/house.ts';
import { has } from './walk.ts';

let house: House;
before(async () => {
  house = await openHouse();
  await house.given.multiFactorEverywhere();
});
after(() => house.close());

test('when the server died while it was sending, the ways to prove it are offered again', async () => {
  const number = '+819012345678';
  const { loginName } = await house.given.user('Sender', { phone: number });
  const visitor = house.visitor();
  await visitor.open('/account');
  await visitor.send('/identify', { account: loginName });
  await visitor.send('/password', { password });
  await diesWhileSending();

  await visitor.open(visitor.page.url);
  assert.ok(!has(visitor, '/ask'), 'two texts could be asked for at once');
  house.clock.pass(seconds(16));
  await visitor.open(visitor.page.url);
  await visitor.send('/ask', { way: 'mobile text' });
  const seen = await fetch(`${house.url}/simulator/api/phones/${encodeURIComponent(number)}`);
  const { messages } = (await seen.json()) as { messages: { text: string }[] };
  await visitor.send('/answer', { code: /#(\d{6})/.exec(messages[0]?.text ?? '')?.[1] ?? '' });
  assert.ok(has(visitor, '/stay'), visitor.page.text);
});

/** What the row looks like when a process is killed between taking the step and sending. */
const diesWhileSending = () =>
  house.foundation.storage.db.executeQuery(
    CompiledQuery.raw(
      `update sign_ins set version = version + 1, state = jsonb_set(state, '{step}',
        jsonb_build_object('is', 'asking', 'asked', state->'step'->'ways'->0, 'ways', state->'step'->'ways', 'at', $1::bigint))`,
      [house.clock.now()],
    ),
  );
