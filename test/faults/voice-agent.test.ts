import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { VoiceGateway } from '../../src/gateways/gateway.ts';
import { driverDeps } from '../../src/gateways/http/testing.ts';
import { aText, number, standingClock, testDelivery } from '../../src/gateways/testing.ts';
import { type Handset, lineTo, openHandset } from '../../src/gateways/voice/agent/testing.ts';
import { sipVoice } from '../../src/gateways/voice/sip.ts';
import { testStorage } from '../../src/storage/testing.ts';
import { headerOf } from '../../src/wire/sip/index.ts';
import { until } from '../cast/until.ts';

const calls = 50;
let handset: Handset;
let storage: Awaited<ReturnType<typeof testStorage>>;
let gateway: VoiceGateway;

before(async () => {
  storage = await testStorage();
  handset = await openHandset();
  const line = lineTo(handset, { calls, mediaPorts: { from: 27_000, to: 27_399 } });
  gateway = sipVoice.open('pbx', sipVoice.settings.parse(line), driverDeps());
});
after(async () => {
  await gateway.close();
  handset.close();
  await storage.close();
});

const agent = (): number | undefined =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
    .toString()
    .split('\n')
    .filter(line => line.includes('voice/agent/main.ts'))
    .map(line => Number(line.trim().split(' ')[0]))[0];

test('the agent is killed during fifty calls: everyone is told, nobody is called twice, none is taken for confirmed', async () => {
  const delivery = testDelivery(storage, { voice: [gateway] }, standingClock());
  await until(() => gateway.state().is === 'up');
  const first = agent();
  assert.ok(first);
  const ids = await Promise.all(
    Array.from({ length: calls }, async (_, n) => {
      const { text: _text, ...send } = aText({
        to: number(`+8190${20 + n}345678`),
        address: `192.0.2.${n}`,
      });
      const sent = await delivery.placeCall({ ...send, expect: { keys: '#' } });
      assert.ok(sent.sent, JSON.stringify(sent));
      return sent.delivery;
    }),
  );
  // Where a machine is slow to ring, the same call is asked for again (RFC 3261 §17.1.1.2).
  const placed = () =>
    new Map(
      handset
        .requests('INVITE')
        .map(invite => [headerOf(invite, 'call-id'), invite] as const)
        .reverse(),
    );
  await until(() => placed().size === calls);
  const invites = [...placed().values()];
  for (const invite of invites) handset.reply(invite, 180);
  const half = invites.slice(0, calls / 2);
  for (const invite of half) await handset.answer(invite);
  process.kill(first, 'SIGKILL');
  await until(async () => {
    const outcomes = await Promise.all(ids.map(id => delivery.outcome(id)));
    return outcomes.every(outcome => outcome === 'failed');
  });
  await until(() => gateway.state().is === 'up');
  assert.notEqual(agent(), first);
  assert.equal(placed().size, calls);
  await delivery.settled();
});
