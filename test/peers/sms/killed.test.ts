// A process that is killed between its submit and the centre's answer, and started again: `kill -9`, over a real wire.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../../src/kit/testing.ts';
import { readPart } from '../../../src/wire/smpp/index.ts';
import { isIn, openKillable } from '../../cast/product/killable.ts';
import { netSmppIsHere, startNetSmpp } from './net-smpp.ts';

test('killed in the middle of a submit: the text is not sent again, the page goes on to say so, and the next press brings a code that works', {
  skip: !netSmppIsHere(),
}, async t => {
  const centre = await startNetSmpp({ hold: 1 });
  t.after(centre.close);
  const product = await openKillable(t, {
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
  });
  const texts = () =>
    centre
      .all('submit')
      .map(({ hex, coding }) => readPart(Buffer.from(String(hex), 'hex'), Number(coding), false).text);
  const codeOf = (text = ''): string => /#(\d{6})$/.exec(text)?.[1] ?? '';
  await until(product.isReady, product.log);
  const { loginName } = await product.given.user('Hanako', { phone: '+819022220201' });
  const person = await product.known(loginName);
  const { url: page } = person.page;
  const asking = person.send('/ask', { way: 'mobile text' }).catch((error: unknown) => error);
  await until(() => texts().length === 1, product.log);
  await product.kill();
  assert.ok((await asking) instanceof TypeError, 'the answer never came');

  await product.start();
  await until(product.isReady, product.log);
  await until(
    async () => /cannot say whether anything went out/.test((await person.open(page)).text),
    () => person.page.text,
  );
  assert.equal(texts().length, 1, 'a text was sent twice for one press');
  assert.equal(await isIn(person), false);

  await person.send('/ask', { way: 'mobile text' });
  await until(() => texts().length === 2, product.log);
  await person.send('/answer', { code: codeOf(texts()[0]) });
  assert.equal(await isIn(person), false, 'a code that nobody waits for opened the door');
  await person.send('/answer', { code: codeOf(texts()[1]) });
  await person.send('/stay', { stay: 'no' });
  assert.ok(await isIn(person));
  assert.equal(texts().length, 2);
});
