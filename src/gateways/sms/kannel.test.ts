import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { PhoneNumber } from '../gateway.ts';
import { driverDeps, never, openProvider, openWebhooks } from '../http/testing.ts';
import { kannelText } from './kannel.ts';

const to = '+819012345678' as string as PhoneNumber;
const smsbox = await openProvider((_heard, response) =>
  response.writeHead(202).end('0: Accepted for delivery'),
);
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
  await smsbox.close();
});
const open = (more: object = {}) => {
  const settings = { url: `${smsbox.url}/cgi-bin/sendsms`, username: 'genkan', password: 'secret', ...more };
  const gateway = kannelText.open('k', kannelText.settings.parse(settings), driverDeps());
  closing.push(() => gateway.close());
  return gateway;
};
const asked = () => smsbox.heard.findLast(({ method }) => method === 'POST');

test('Kannel gives up when the code does, unless it is told otherwise', async () => {
  for (const [more, minutes] of [
    [{}, '5'],
    [{ validityMinutes: 30 }, '30'],
    [{ validityMinutes: 0 }, undefined],
  ] as const) {
    assert.deepEqual(await open(more).send({ id: 'd', to, text: 'x' }, never), { taken: true });
    assert.equal(asked()?.headers['x-kannel-validity'], minutes);
  }
});

test('a kind of receipt that is none says nothing', async () => {
  const gateway = open();
  const { server, reported } = await openWebhooks(gateway);
  await gateway.send({ id: 'd1', to, text: 'x' }, never);
  const address = new URL(String(asked()?.headers['x-kannel-dlr-url']));
  for (const type of ['constructor', '8', '2']) {
    address.searchParams.set('type', type);
    assert.equal((await server.inject(address.pathname + address.search)).statusCode, 200);
  }
  assert.deepEqual(reported, [{ which: { delivery: 'd1' }, state: 'undelivered' }]);
});
