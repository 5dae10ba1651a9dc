import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { driverDeps, never, openWebhooks } from '../../../src/gateways/http/testing.ts';
import type { PhoneNumber } from '../../../src/gateways/index.ts';
import { kannelText } from '../../../src/gateways/sms/kannel.ts';
import { openCentre } from '../../../src/gateways/sms/smpp/testing.ts';
import { freePort, until } from '../../../src/kit/testing.ts';
import { type Kannel, kannelIsHere, startKannel } from './kannel.ts';

const to = '+819012345678' as string as PhoneNumber;

describe('Kannel', { skip: kannelIsHere() ? false : 'Kannel is not installed' }, () => {
  let kannel: Kannel;
  before(async () => {
    kannel = await startKannel();
  });
  after(() => kannel.close());

  const open = (port: number, password = kannel.password) => {
    const { url, username } = kannel;
    const publicUrl = `http://127.0.0.1:${port}`;
    const settings = kannelText.settings.parse({ url, username, password, from: '0312345678', publicUrl });
    return kannelText.open('k', settings, driverDeps());
  };

  test('texts reach the SMSC whole, in both alphabets, and its receipts come back to us', async () => {
    const port = await freePort();
    const gateway = open(port);
    const { server, reported } = await openWebhooks(gateway);
    await server.listen({ host: '127.0.0.1', port });
    const japanese = '【玄関】確認コードは 123456 です。';
    const english = 'Your code is 123456: @ $ _ "x" & 100 %';
    assert.deepEqual(await gateway.send({ id: 'd-1', to, text: japanese }, never), { taken: true });
    assert.deepEqual(await gateway.send({ id: 'd-2', to, text: english }, never), { taken: true });
    await until(() => reported.length === 2, kannel.accessLog);
    assert.deepEqual(reported, [
      { which: { delivery: 'd-1' }, state: 'delivered' },
      { which: { delivery: 'd-2' }, state: 'delivered' },
    ]);
    const ucs2 = Buffer.from(japanese, 'utf16le').swap16().toString('hex').toUpperCase();
    await until(() => kannel.accessLog().includes(ucs2), kannel.accessLog);
    await until(() => kannel.received().includes(`text ${english}`), kannel.received);
    assert.ok(!kannel.accessLog().includes(kannel.password));
    const forged = '/gateways/k/receipt?delivery=d-1&proof=a0Yik57gli0DcUTMNHD80Q&type=2';
    assert.equal((await server.inject(forged.replace('d-1', 'd-2'))).statusCode, 403);
    assert.equal(gateway.state().is, 'up');
    await server.close();
    await gateway.close();
  });

  test('wrong credentials are a refusal, and are told', async () => {
    const gateway = open(1, 'wrong');
    assert.deepEqual(await gateway.send({ id: 'd-3', to, text: 'x' }, never), {
      taken: false,
      reason: 'status 403',
    });
    assert.deepEqual(gateway.state(), { is: 'down', because: 'Kannel does not accept the credentials' });
    await gateway.close();
  });

  test('when the SMSC is gone Kannel keeps what it took; when Kannel is gone nothing was sent', async () => {
    const gateway = open(1);
    await kannel.stopCentre();
    assert.deepEqual(await gateway.send({ id: 'd-4', to, text: 'x' }, never), { taken: true });
    await kannel.close();
    const sent = await gateway.send({ id: 'd-5', to, text: 'x' }, never);
    assert.equal(sent.taken, false);
    assert.equal(gateway.state().is, 'down');
    await gateway.close();
  });

  test('the centre behind Kannel is told until when a text is of use', async () => {
    const centre = await openCentre();
    const own = await startKannel({ smppCentre: centre.port });
    const { url, username, password } = own;
    const settings = { url, username, password, from: '0312345678', smsc: 'smpp' };
    const gateway = kannelText.open('k', kannelText.settings.parse(settings), driverDeps());
    try {
      await until(() => centre.sessions.size > 0, own.accessLog);
      const before = Date.now();
      assert.deepEqual(await gateway.send({ id: 'd-6', to, text: 'x' }, never), { taken: true });
      await until(() => centre.submits.length > 0, own.accessLog);
      const after = Date.now();
      const [, year, month, day, hour, minute, second, quarters, sign] =
        /^(..)(..)(..)(..)(..)(..)\d(..)([+-])$/.exec(centre.submits[0]?.message.validityPeriod ?? '') ?? [];
      const offset = Number(quarters) * 15 * 60_000 * (sign === '-' ? -1 : 1);
      const validUntil = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - offset;
      // Kannel counts its five minutes from when it hands the text on.
      const [least, most] = [before, after].map(at => (validUntil - at) / 60_000);
      assert.ok((most ?? 0) < 5.2 && (least ?? 0) > 4.8, `${most} to ${least} minutes`);
    } finally {
      await gateway.close();
      await own.close();
      await centre.close();
    }
  });
});
