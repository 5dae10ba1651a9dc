// A server that is killed in the middle of a real call, and started again: `kill -9`, with SIPp as the telephones.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { loadConfiguration } from '../../../src/config/index.ts';
import { openFoundation } from '../../../src/foundation.ts';
import { testDatabase } from '../../../src/storage/testing.ts';
import { wordsFor } from '../../../src/words/index.ts';
import { openGiven, password } from '../../cast/given.ts';
import { freePort } from '../../cast/house.ts';
import { root } from '../../cast/pages.ts';
import { openExchange } from '../../cast/product/exchange.ts';
import { program as child, startProduct } from '../../cast/product/product.ts';
import { until } from '../../cast/until.ts';
import { type Visitor, visitor } from '../../cast/visitor.ts';
import { freeUdpPort } from './programs.ts';
import {
  answer,
  person as presses,
  receive,
  reply,
  replyInside,
  type Sipp,
  sippIsMissing,
  startSipp,
} from './sipp.ts';

/** somebody who answers, and then stands there until they are hung up on */
const stands = [
  receive('INVITE'),
  reply('180 Ringing'),
  answer(),
  receive('ACK'),
  receive('BYE'),
  replyInside('200 OK'),
].join('\n');

test('killed in the middle of a call: the telephone is hung up on, its number is free within seconds, and nobody is let in by the call from before', {
  skip: sippIsMissing,
}, async t => {
  const closing: (() => unknown)[] = [];
  t.after(async () => {
    for (const close of closing.reverse()) await close();
  });
  const folder = mkdtempSync(join(tmpdir(), 'genkan-killed-call-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await testDatabase();
  closing.push(database.drop);
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  // From the sources: beside them is the voice agent.
  const program = join(folder, 'product.mjs');
  writeFileSync(program, `await import(${JSON.stringify(pathToFileURL(child).href)});\n`);
  process.env.TSX_TSCONFIG_PATH = join(root, 'tsconfig.json');
  closing.push(() => {
    delete process.env.TSX_TSCONFIG_PATH;
  });
  const telephones = await freeUdpPort();
  let sipp: Sipp | undefined;
  closing.push(() => sipp?.close());
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
      voice: [
        {
          id: 'switchboard',
          driver: 'sip',
          proxies: [`sip:127.0.0.1:${telephones}`],
          user: 'genkan',
          keepalive: 0,
          calls: 10,
          mediaPorts: { from: 36_900, to: 36_939 },
        },
      ],
    },
  };
  const start = async () => {
    const product = await startProduct({
      program,
      exchange: openExchange(),
      folder,
      configuration,
      node: ['--import', import.meta.resolve('tsx')],
    });
    closing.push(() => product.kill());
    return product;
  };
  const log = (): string => readFileSync(join(folder, 'product.log'), 'utf8');
  const first = await start();
  const foundation = await openFoundation({
    configuration: loadConfiguration({ env: {}, defaults: configuration }),
    as: 'command',
    say: () => undefined,
  });
  closing.push(foundation.close);
  const given = openGiven(foundation);
  await given.multiFactorEverywhere();
  const { loginName } = await given.user('Hanako', { phone: '+819022220203', way: 'call' });

  const isUp = async (): Promise<boolean> =>
    /"state":"up"/.test(await (await fetch(`${url}/readyz`)).text().catch(() => ''));
  const calls = async (): Promise<Visitor> => {
    const person = visitor(url, { address: '203.0.113.77', language: 'en' });
    await person.open('/account');
    await person.send('/identify', { account: loginName });
    await person.send('/password', { password });
    await person.send('/ask', { way: 'mobile call' });
    return person;
  };
  const isIn = async (who: Visitor): Promise<boolean> => (await who.request('/account')).status === 200;

  await until(isUp, log);
  sipp = await startSipp(stands, { port: telephones });
  const before = await calls();
  await until(
    async () => /Answered: waiting/.test((await before.open(before.page.url)).text),
    () => before.page.text,
  );
  await first.kill();
  const killed = Date.now();
  assert.equal(await sipp.ended, 0, 'the agent outlived its server and hung up, as the telephone expected');
  await sipp.close();
  sipp = await startSipp(presses('pound'), { port: telephones });

  await start();
  await until(isUp, log);
  const words = wordsFor('en');
  const after = await until(
    async () => {
      const person = await calls();
      return person.page.text.includes(words.phone.callTitle) ? person : undefined;
    },
    log,
    60_000,
  );
  const free = Date.now() - killed;
  assert.ok(free < 60_000, `${free} ms: the number was kept for the two minutes of the longest call`);
  t.diagnostic(`the number was called again ${free} ms after the kill`);
  await until(
    async () => (await after.open(after.page.url)).text.includes(words.signIn.stayTitle),
    () => after.page.text,
  );
  await after.send('/stay', { stay: 'no' });
  assert.ok(await isIn(after));
  await before.open(before.page.url);
  assert.ok(before.page.text.includes(words.phone.ended.failed), before.page.text);
  assert.equal(await isIn(before), false);
});
