// Several proxies by one name (RFC 3263): dnsmasq says where they are, SIPp is each of them.
import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { openProxies } from '../../../src/gateways/voice/sip/proxies.ts';
import { targetsOf } from '../../../src/gateways/voice/sip/resolve.ts';
import { movableTime } from '../../../src/gateways/voice/sip/testing.ts';
import { type LegEvent, openUserAgent } from '../../../src/gateways/voice/sip/user-agent.ts';
import { freePort, until } from '../../../src/kit/testing.ts';
import { readUri, type SipUri } from '../../../src/wire/sip/index.ts';
import { dnsmasqIsMissing, type Line, namesAt, startDnsmasq } from './dnsmasq.ts';
import { answer, receive, reply, replyInside, sippIsMissing, startSipp } from './sipp.ts';

const service = '_sip._udp.pbx.test';
const answers = [receive('INVITE'), reply('180 Ringing'), answer(), receive('ACK')];
const takes = [...answers, receive('BYE'), replyInside('200 OK')].join('\n');
const isFull = [receive('INVITE'), reply('503 Service Unavailable'), receive('ACK')].join('\n');

const at = (host: string, port: number, priority: number, weight = 0): readonly Line[] => [
  { service, host: `${host}.pbx.test`, port, priority, weight },
  { host: `${host}.pbx.test`, address: '127.0.0.1' },
];

function uri(text: string): SipUri {
  const read = readUri(text);
  assert.ok(read);
  return read;
}

describe('proxies that are found by name', { skip: dnsmasqIsMissing || sippIsMissing }, () => {
  const closing: (() => unknown)[] = [];
  const clean = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  afterEach(clean);
  after(clean);

  async function names(zone: readonly Line[], port?: number) {
    const there = port ?? (await freePort());
    const served = await startDnsmasq(there, zone);
    closing.push(served.stop);
    return { port: there, names: namesAt(there), ...served };
  }

  async function proxy(steps: string) {
    const sipp = await startSipp(steps);
    closing.push(sipp.close);
    return sipp;
  }

  /** Calls by the name, until it is answered or over. */
  async function callBy(nameService: { names: ReturnType<typeof namesAt> }): Promise<LegEvent['is']> {
    const agent = openUserAgent(
      { port: 0, proxies: ['sip:pbx.test'], user: 'genkan', register: false, every: 0 },
      { names: nameService.names, onChange: () => undefined },
    );
    closing.push(agent.close);
    const events: LegEvent[] = [];
    const leg = agent.call({
      to: '+819012345678',
      ringFor: 20_000,
      ours: async address => ({ address, port: 4000, codecs: ['PCMU', 'PCMA'] }),
      on: event => events.push(event),
    });
    const last = await until(
      () => events.map(({ is }) => is).find(is => is === 'answered' || is === 'ended'),
      () => JSON.stringify(events),
    );
    leg.hangUp();
    return last;
  }

  test('the first by priority is called, whatever the order in which the name service says them', async () => {
    const [first, second] = [await proxy(takes), await proxy(takes)];
    const served = await names([...at('b', second.port, 20), ...at('a', first.port, 10)]);
    assert.equal(await callBy(served), 'answered');
    assert.equal(await first.ended, 0, first.said());
    assert.equal(second.child.exitCode, null, 'the second was called');
    await until(() => served.asked().includes(`SRV ${service}`), served.asked);
  });

  test('the next is called when the first is full, when nobody is there, and when its name has no address', async () => {
    const [full, third] = [await proxy(isFull), await proxy(takes)];
    const served = await names([
      ...at('full', full.port, 1),
      ...at('gone', await freePort(), 2),
      { service, host: 'nameless.pbx.test', port: 5060, priority: 3, weight: 0 },
      ...at('last', third.port, 4),
    ]);
    assert.equal(await callBy(served), 'answered');
    assert.equal(await full.ended, 0, full.said());
    assert.equal(await third.ended, 0, third.said());
    await until(() => served.asked().includes('A nameless.pbx.test'), served.asked);
  });

  test('a name without SRV is called at its address, and one that the name service does not know is nowhere', async () => {
    const served = await names([{ host: 'plain.test', address: '127.0.0.7' }]);
    assert.deepEqual(await targetsOf(uri('sip:plain.test'), served.names), [
      { protocol: 'udp', address: '127.0.0.7', port: 5060, name: 'plain.test' },
    ]);
    assert.deepEqual(await targetsOf(uri('sip:nowhere.test'), served.names), []);
  });

  test('among equals the weight decides how often each comes first', async () => {
    const served = await names([...at('heavy', 5071, 10, 75), ...at('light', 5072, 10, 25)]);
    const draws = 200;
    let heavy = 0;
    for (let draw = 0; draw < draws; draw++) {
      const [first, second] = await targetsOf(uri('sip:pbx.test'), served.names);
      assert.ok(first && second);
      if (first.port === 5071) heavy += 1;
    }
    assert.ok(heavy > draws * 0.6 && heavy < draws * 0.9, `${heavy} of ${draws}`);
  });

  test('what the name service said holds while it is away, and is asked again when it is back', async () => {
    const clock = movableTime();
    const served = await names([...at('a', 5071, 10), ...at('b', 5072, 20)]);
    const proxies = openProxies({ uris: [uri('sip:pbx.test')], names: served.names, clock });
    const ports = async () => (await proxies.targets()).map(({ port }) => port);
    assert.deepEqual(await ports(), [5071, 5072]);
    await served.stop();
    await clock.move(61_000);
    assert.deepEqual(await ports(), [5071, 5072], 'it was away for a while');
    await names([...at('b', 5072, 20), ...at('c', 5073, 30)], served.port);
    await clock.move(61_000);
    assert.deepEqual(await ports(), [5072, 5073], 'a is no proxy any more');
  });
});
