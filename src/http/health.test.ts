import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { parseAddress } from './address.ts';
import { healthRoutes, type Way } from './health.ts';

async function open(more: { ready?: boolean; state?: Way['state']; metricsToken?: string }) {
  const server = Fastify();
  await server.register(
    healthRoutes({
      isReady: async () => more.ready ?? true,
      ways: () => [{ id: 'provider', kind: 'text', state: more.state ?? 'up' }],
      metrics: async () => 'a_metric 1\n',
      metricsToken: more.metricsToken,
      addressOf: request => parseAddress(request.socket.remoteAddress ?? ''),
    }),
  );
  return server;
}

test('a node is ready when its database is; a gateway that is down makes it less, and does not take it away', async () => {
  const gateways = (state: string) => [{ id: 'provider', kind: 'text', state }];
  for (const [more, status, said] of [
    [{}, 200, { status: 'ready', database: 'up', gateways: gateways('up') }],
    [{ state: 'down' }, 200, { status: 'degraded', database: 'up', gateways: gateways('down') }],
    [{ state: 'starting' }, 200, { status: 'ready', database: 'up', gateways: gateways('starting') }],
    [{ ready: false }, 503, { status: 'unavailable', database: 'down', gateways: gateways('up') }],
  ] as const) {
    const answer = await (await open(more)).inject('/readyz');
    assert.equal(answer.statusCode, status);
    assert.deepEqual(answer.json(), said);
  }
});

test('metrics are for this machine, or for whoever has the token', async () => {
  const ask = async (
    more: { metricsToken?: string },
    remoteAddress: string,
    headers: Record<string, string> = {},
  ) => (await (await open(more)).inject({ url: '/metrics', remoteAddress, headers })).statusCode;
  for (const here of ['127.0.0.1', '::1', '127.3.2.1']) assert.equal(await ask({}, here), 200, here);
  assert.equal(await ask({}, '203.0.113.1'), 403);
  assert.equal(await ask({}, '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }), 403);
  const metricsToken = 'a token of sixteen';
  assert.equal(await ask({ metricsToken }, '127.0.0.1'), 403);
  assert.equal(await ask({ metricsToken }, '203.0.113.1', { authorization: 'Bearer wrong' }), 403);
  assert.equal(await ask({ metricsToken }, '203.0.113.1', { authorization: `Bearer ${metricsToken}` }), 200);
});
