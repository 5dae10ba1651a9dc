// A process that is killed between its submit and the centre's answer, and started again: `kill -9`, over a real wire.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfiguration } from '../../../src/config/index.ts';
import { openFoundation } from '../../../src/foundation.ts';
import { testDatabase } from '../../../src/storage/testing.ts';
import { readPart } from '../../../src/wire/smpp/index.ts';
import { openGiven, password } from '../../cast/given.ts';
import { freePort } from '../../cast/house.ts';
import { openExchange } from '../../cast/product/exchange.ts';
import { bundleProgram, program as child, startProduct } from '../../cast/product/product.ts';
import { until } from '../../cast/until.ts';
import { visitor } from '../../cast/visitor.ts';
import { netSmppIsHere, startNetSmpp } from './net-smpp.ts';

test('killed in the middle of a submit: the text is not sent again, the page goes on to say so, and the next press brings a code that works', {
  skip: !netSmppIsHere(),
}, async t => {
  const closing: (() => unknown)[] = [];
  t.after(async () => {
    for (const close of closing.reverse()) await close();
  });
  const folder = mkdtempSync(join(tmpdir(), 'genkan-killed-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const centre = await startNetSmpp({ hold: 1 });
  closing.push(centre.close);
  const database = await testDatabase();
  closing.push(database.drop);
  const { program, remove } = await bundleProgram(child, 'inside');
  closing.push(remove);
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const configuration = {
    url,
    listen: { host: '127.0.0.1', port },
    dataFolder: folder,
    masterKeyFile,
    databaseUrl: database.connectionString,
    trustedProxies: ['127.0.0.1'],
    gateways: {
      text: [
        {
          id: 'centre',
          driver: 'smpp',
          host: '127.0.0.1',
          port: centre.port,
          systemId: 'genkan',
          password: 'secret',
          source: { address: 'Keyaki' },
        },
      ],
    },
  };
  const start = async () => {
    const product = await startProduct({ program, exchange: openExchange(), folder, configuration });
    closing.push(() => product.kill());
    return product;
  };
  const first = await start();
  const foundation = await openFoundation({
    configuration: loadConfiguration({ env: {}, defaults: configuration }),
    as: 'command',
    say: () => undefined,
  });
  closing.push(foundation.close);
  const given = openGiven(foundation);
  await given.multiFactorEverywhere();

  const texts = () =>
    centre
      .all('submit')
      .map(({ hex, coding }) => readPart(Buffer.from(String(hex), 'hex'), Number(coding), false).text);
  const codeOf = (text = ''): string => /#(\d{6})$/.exec(text)?.[1] ?? '';
  await until(() => centre.all('bind').length === 1);
  const { loginName } = await given.user('Hanako', { phone: '+819022220201' });
  const person = visitor(url, { address: '203.0.113.77', language: 'en' });
  await person.open('/account');
  await person.send('/identify', { account: loginName });
  await person.send('/password', { password });
  const { url: page } = person.page;
  const asking = person.send('/ask', { way: 'mobile text' }).catch((error: unknown) => error);
  await until(() => texts().length === 1);
  await first.kill();
  assert.ok((await asking) instanceof TypeError, 'the answer never came');

  await start();
  await until(
    () => centre.all('bind').length === 2,
    () => readFileSync(join(folder, 'product.log'), 'utf8'),
  );
  const isIn = async (): Promise<boolean> => (await person.request('/account')).status === 200;
  await until(
    async () => /cannot say whether anything went out/.test((await person.open(page)).text),
    () => person.page.text,
  );
  assert.equal(texts().length, 1, 'a text was sent twice for one press');
  assert.equal(await isIn(), false);

  await person.send('/ask', { way: 'mobile text' });
  await until(() => texts().length === 2);
  await person.send('/answer', { code: codeOf(texts()[0]) });
  assert.equal(await isIn(), false, 'a code that nobody waits for opened the door');
  await person.send('/answer', { code: codeOf(texts()[1]) });
  await person.send('/stay', { stay: 'no' });
  assert.ok(await isIn());
  assert.equal(texts().length, 2);
});
