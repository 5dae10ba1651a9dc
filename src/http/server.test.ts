import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { pino } from 'pino';
import { openBrowserCookies } from './browser.ts';
import { openServer } from './server.ts';

const openQuietly = () =>
  openServer({
    url: 'http://localhost',
    browsers: openBrowserCookies({ secure: false, key: Buffer.alloc(32) }),
    assets: { routes: async () => undefined },
    mounts: [],
    logger: pino({ level: 'silent' }),
  });

test('an address with broken escapes is one that nobody has, and keeps what was asked with it', async () => {
  const server = await openQuietly();
  server.get('/here', async request => request.query);
  server.setNotFoundHandler((request, reply) => reply.code(404).send(request.url));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  for (const broken of ['/%E0%A4%A', '/%', '/a%zz/b?c=d', '/%zz$&?q', "/%zz$'"]) {
    const response = await fetch(`${url}${broken}`);
    assert.equal(response.status, 404, broken);
    assert.equal(await response.text(), broken.replaceAll('%', '%25'));
  }
  assert.deepEqual(await (await fetch(`${url}/here?name=%E5%B1%B1`)).json(), { name: '山' });
  await server.close();
});

test('whoever stops the server does not wait for browsers that connected and asked nothing', async () => {
  const server = await openQuietly();
  const [asking, answering] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  server.get('/slow', async () => {
    asking.resolve();
    await answering.promise;
    return 'answered';
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const early = connect(port, '127.0.0.1');
  await once(early, 'connect');
  const asked = fetch(`http://127.0.0.1:${port}/slow`);
  await asking.promise;

  const began = performance.now();
  const closed = Promise.all([server.close(), once(early, 'close')]);
  answering.resolve();
  await closed;
  assert.ok(performance.now() - began < 20_000);
  assert.equal(await (await asked).text(), 'answered', 'what was asked is answered first');
});
