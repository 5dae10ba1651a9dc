// A server that is killed in the middle of a real call, and started again: `kill -9`, with SIPp as the telephones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, freePorts, until } from '../../../src/kit/testing.ts';
import { wordsFor } from '../../../src/words/index.ts';
import { isIn, openKillable } from '../../cast/product/killable.ts';
import type { Visitor } from '../../cast/visitor.ts';
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
  const telephones = await freePort();
  let sipp: Sipp | undefined;
  t.after(() => sipp?.close());
  const product = await openKillable(t, {
    voice: [
      {
        id: 'switchboard',
        driver: 'sip',
        proxies: [`sip:127.0.0.1:${telephones}`],
        user: 'genkan',
        keepalive: 0,
        calls: 10,
        mediaPorts: await freePorts(40),
      },
    ],
  });
  const { loginName } = await product.given.user('Hanako', { phone: '+819022220203', way: 'call' });
  const calls = async (): Promise<Visitor> => {
    const person = await product.known(loginName);
    await person.send('/ask', { way: 'mobile call' });
    return person;
  };

  await until(product.isReady, product.log);
  sipp = await startSipp(stands, { port: telephones });
  const before = await calls();
  await until(
    async () => /Answered: waiting/.test((await before.open(before.page.url)).text),
    () => before.page.text,
  );
  await product.kill();
  const killed = performance.now();
  assert.equal(await sipp.ended, 0, 'the agent outlived its server and hung up, as the telephone expected');
  await sipp.close();
  sipp = await startSipp(presses('pound'), { port: telephones });

  await product.start();
  await until(product.isReady, product.log);
  const words = wordsFor('en');
  const after = await until(
    async () => {
      const person = await calls();
      if (person.page.text.includes(words.phone.callTitle)) return person;
      await sleep(1000);
      return undefined;
    },
    product.log,
    90_000,
  );
  const free = performance.now() - killed;
  assert.ok(free < 100_000, `${free} ms: the number was kept for the two minutes of the longest call`);
  t.diagnostic(`the number was called again ${Math.round(free)} ms after the kill`);
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
