import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hours, minutes } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { testStorage } from '../storage/testing.ts';
import type { TextGateway } from './gateway.ts';
import { measured } from './measure.ts';
import { metricsText, usedOf } from './metrics.ts';
import { callTheRoll } from './roll-call.ts';
import { callsByHand, number, refusingText, standingClock, takingText } from './testing.ts';

const storage = await testStorage();
after(() => storage.close());
const never = new AbortController().signal;

test('gateways are counted as they are used, and told in the format of Prometheus', async () => {
  const broken: TextGateway = {
    ...refusingText('bro"ken'),
    send: () => Promise.reject(new Error('a surprise')),
  };
  const down: TextGateway = { ...refusingText('down'), state: () => ({ is: 'down', because: 'x' }) };
  const taking = takingText('peer');
  const { gateways, measures } = measured({ text: [taking, down, broken], voice: [callsByHand()], mail: [] });
  const told: string[] = [];
  for (const gateway of [...gateways.text, ...gateways.voice])
    gateway.listen({ text: (_, outcome) => told.push(outcome), call: (_, state) => told.push(state) });
  for (const gateway of gateways.text)
    await gateway.send({ id: 'd', to: number('+819012345678'), text: 'x' }, never).catch(() => undefined);
  taking.reports().text({ delivery: 'd' }, 'delivered');
  assert.deepEqual(told, ['delivered']);
  const lines = metricsText(
    measures(),
    [{ gateway: 'peer', sent: 4, verified: 3 }],
    [{ country: 'KR', until: 1_800_000_000_400 }],
  ).split('\n');
  for (const line of [
    'genkan_gateway_up{gateway="peer",kind="text"} 1',
    'genkan_gateway_up{gateway="down",kind="text"} 0',
    'genkan_gateway_up{gateway="by-hand",kind="voice"} 1',
    'genkan_gateway_sends_total{gateway="peer",kind="text",result="taken"} 1',
    'genkan_gateway_sends_total{gateway="down",kind="text",result="refused"} 1',
    'genkan_gateway_sends_total{gateway="bro\\"ken",kind="text",result="perhaps"} 1',
    'genkan_gateway_outcomes_total{gateway="peer",kind="text",outcome="delivered"} 1',
    'genkan_gateway_send_seconds_bucket{gateway="peer",kind="text",le="+Inf"} 1',
    'genkan_gateway_send_seconds_count{gateway="peer",kind="text"} 1',
    'genkan_gateway_verified_ratio{gateway="peer"} 0.75',
  ])
    assert.ok(lines.includes(line), `${line}\nis not in\n${lines.join('\n')}`);
  assert.ok(
    lines.every(line => line === '' || /^(# (HELP|TYPE) |genkan_[a-z_]+\{.*\} [\d.e+-]+$)/.test(line)),
  );
});

test('the verified rate counts what people have had the time to use, or have used', async () => {
  const { now } = standingClock();
  const deliver = (minutesAgo: number, verified: boolean, more: { kind?: string; state?: string } = {}) =>
    storage.db
      .insertInto('deliveries')
      .values({
        id: newId(),
        kind: 'text',
        user_id: newId(),
        number_index: Buffer.of(1),
        block_index: Buffer.of(1),
        country: 'JP',
        gateway: 'g',
        state: 'accepted',
        detail: '{}',
        created_at: now() - minutes(minutesAgo),
        modified_at: now(),
        verified_at: verified ? now() : null,
        ...more,
      })
      .execute();
  await deliver(30, true);
  await deliver(30, false);
  await deliver(1, true);
  await deliver(1, false);
  await deliver(30, false, { kind: 'notice' });
  await deliver(30, false, { state: 'refused' });
  await deliver(hours(25) / minutes(1), true);
  assert.deepEqual(await usedOf(storage.db, now()), [{ gateway: 'g', sent: 3, verified: 2 }]);
});

test('at the start the log says of each gateway whether it answers', async () => {
  const lines: string[] = [];
  const starting: TextGateway = { ...refusingText('slow'), state: () => ({ is: 'starting' }) };
  const down: TextGateway = {
    ...refusingText('down'),
    state: () => ({ is: 'down', because: 'ECONNREFUSED' }),
  };
  const stop = callTheRoll(
    [takingText('up'), starting, down],
    (level, message, detail) => lines.push(`${level}: ${message} ${JSON.stringify(detail)}`),
    50,
  );
  for (let i = 0; i < 1_000 && lines.length < 3; i++) await new Promise(resolve => setTimeout(resolve, 20));
  stop();
  assert.deepEqual(lines.sort(), [
    'info: the gateway answers {"gateway":"up","kind":"text"}',
    'warn: the gateway does not answer {"gateway":"down","kind":"text","because":"ECONNREFUSED"}',
    'warn: the gateway does not answer {"gateway":"slow","kind":"text"}',
  ]);
});
