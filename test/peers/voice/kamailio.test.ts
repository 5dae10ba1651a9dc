import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { freePort, until } from '../../../src/kit/testing.ts';
import { openCaller } from './caller.ts';
import { type Kamailio, kamailioIsMissing, password, startKamailio } from './kamailio.ts';
import {
  answer,
  hangUpInside,
  pause,
  person,
  receive,
  receiveInvite,
  reply,
  type Sipp,
  startSipp,
} from './sipp.ts';

describe('Kamailio', { skip: kamailioIsMissing }, () => {
  let closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
  });

  /** The proxy with a phone behind it that plays a scenario. */
  async function behind(
    algorithm: 'MD5' | 'SHA-256',
    steps: string,
    calls = 1,
  ): Promise<{ proxy: Kamailio; phone: Sipp }> {
    const port = await freePort();
    const proxy = await startKamailio({ algorithm, phone: port });
    const phone = await startSipp(steps, { calls, port });
    closing.push(proxy.close, phone.close);
    return { proxy, phone };
  }

  async function callerOf(settings: object) {
    const caller = openCaller({ domain: 'pbx.test', password, ...settings });
    closing.push(caller.close);
    await caller.up();
    return caller;
  }

  const wayTo = (proxy: Kamailio, transport: string): object =>
    transport === 'tls'
      ? { proxies: [`sip:127.0.0.1:${proxy.tlsPort};transport=tls`], tls: { ca: proxy.ca } }
      : { proxies: [`sip:127.0.0.1:${proxy.port};transport=${transport}`] };

  for (const algorithm of ['MD5', 'SHA-256'] as const)
    for (const transport of ['udp', 'tcp', 'tls']) {
      test(`a call through it over ${transport} with a password by ${algorithm} is confirmed and hung up`, async () => {
        const { proxy, phone } = await behind(algorithm, person('pound'));
        const caller = await callerOf(wayTo(proxy, transport));
        const call = caller.call();
        assert.equal(await call.end(), 'confirmed', `${caller.log.join('\n')}\n${proxy.said()}`);
        assert.deepEqual(call.states, ['ringing', 'answered', 'confirmed']);
        assert.equal(await phone.ended, 0, phone.said());
      });
    }

  for (const transport of ['udp', 'tcp', 'tls'])
    test(`a person who hangs up behind it is heard over ${transport}`, async () => {
      const steps = [
        receiveInvite,
        reply('180 Ringing'),
        answer(),
        receive('ACK'),
        pause(500),
        hangUpInside,
        '<recv response="200"/>',
      ].join('\n');
      const { proxy, phone } = await behind('MD5', steps);
      const caller = await callerOf(wayTo(proxy, transport));
      const call = caller.call();
      assert.equal(await call.end(), 'hung-up', proxy.said());
      assert.equal(await phone.ended, 0, phone.said());
    });

  test('what the phone says passes through it, and a wrong password does not', async () => {
    const steps = [receive('INVITE'), reply('486 Busy Here'), receive('ACK')].join('\n');
    const { proxy } = await behind('MD5', steps);
    const stranger = await callerOf({ ...wayTo(proxy, 'udp'), password: 'wrong' });
    assert.equal(await stranger.call().end(), 'failed');
    await until(
      () => /407/.test(stranger.log.join('\n')),
      () => stranger.log,
    );
    const caller = await callerOf(wayTo(proxy, 'udp'));
    assert.equal(await caller.call().end(), 'busy');
  });

  test('an extension registers with it over every transport, and not with a wrong password', async () => {
    const { proxy } = await behind('SHA-256', person('pound'));
    for (const transport of ['udp', 'tcp', 'tls']) {
      const caller = await callerOf({ ...wayTo(proxy, transport), register: true });
      assert.deepEqual(caller.gateway.state(), { is: 'up' });
    }
    await until(() => (proxy.said().match(/registered genkan/g) ?? []).length >= 3, proxy.said);
    const refused = { is: 'down', because: '127.0.0.1: 401' };
    const stranger = openCaller({
      domain: 'pbx.test',
      ...wayTo(proxy, 'udp'),
      register: true,
      password: 'wrong',
    });
    closing.push(stranger.close);
    await until(() => isDeepStrictEqual(stranger.gateway.state(), refused), stranger.gateway.state);
  });

  test('an extension registers again by itself when the switchboard was restarted, and calls go through', async () => {
    const { proxy, phone } = await behind('MD5', person('pound'));
    const caller = await callerOf({ ...wayTo(proxy, 'tcp'), register: true, keepalive: 1 });
    await proxy.stop();
    await until(() => caller.gateway.state().is === 'down');
    const again = await startKamailio({ algorithm: 'MD5', phone: phone.port, ports: proxy });
    closing.push(again.close);
    await until(() => caller.gateway.state().is === 'up', again.said);
    await until(() => again.said().includes('registered genkan'), again.said);
    assert.equal(await caller.call().end(), 'confirmed');
  });

  test('when one proxy goes away the next one takes the calls, and without any the line is down', async () => {
    const { proxy, phone } = await behind('MD5', person('pound'));
    const second = await startKamailio({ algorithm: 'MD5', phone: phone.port });
    closing.push(second.close);
    const both = {
      proxies: [proxy, second].map(({ port }) => `sip:127.0.0.1:${port};transport=tcp`),
    };
    const caller = await callerOf({ ...both, keepalive: 1 });
    await proxy.stop();
    assert.equal(await caller.call().end(), 'confirmed');
    await second.stop();
    await until(() => caller.gateway.state().is === 'down');
    const refused = caller.call();
    assert.equal(await refused.end(), 'failed');
  });
});
