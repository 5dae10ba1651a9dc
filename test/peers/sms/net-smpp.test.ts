import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import type { PhoneNumber, Taken, TextGateway } from '../../../src/gateways/gateway.ts';
import { smppFor } from '../../../src/gateways/sms/smpp/testing.ts';
import { until } from '../../../src/kit/testing.ts';
import { readPart } from '../../../src/wire/smpp/index.ts';
import { type NetSmpp, netSmppIsHere, startNetSmpp, startStunnel } from './net-smpp.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
function opened<T extends { close(): Promise<void> }>(one: T): T {
  open.push(one);
  return one;
}

let sent = 0;
function send(gateway: TextGateway, text: string): Promise<Taken> {
  sent += 1;
  const to = '+819012345678' as string as PhoneNumber;
  return gateway.send({ id: `delivery-${sent}`, to, text }, AbortSignal.timeout(60_000));
}

const textsAt = (centre: NetSmpp): readonly string[] =>
  centre
    .all('submit')
    .map(({ hex, coding, esm }) =>
      readPart(Buffer.from(String(hex), 'hex'), Number(coding), (Number(esm) & 0x40) !== 0),
    )
    .map(({ text }) => text);

const bound = (gateway: TextGateway) => until(() => gateway.state().is === 'up');

async function scene(
  how: Parameters<typeof startNetSmpp>[0] = {},
  settings: Parameters<typeof smppFor>[1] = {},
): Promise<{ centre: NetSmpp } & ReturnType<typeof smppFor>> {
  const centre = opened(await startNetSmpp(how));
  const all = smppFor(centre.port, settings);
  opened(all.gateway);
  return { centre, ...all };
}

describe('the centre of Net::SMPP', { skip: !netSmppIsHere() }, () => {
  test('takes both ways of binding, and texts in Japanese, with escapes, and in parts with an emoji kept whole', async () => {
    const japanese = '123456 は京都中央大学の確認コードです。';
    const escapes = 'Code {123456} [€5] ~ a\\b ^ |';
    const long = `${'あ'.repeat(66)}👩‍👩‍👧${'い'.repeat(70)}`;
    const latin = 'a'.repeat(170);
    for (const bind of ['transceiver', 'transmitter+receiver'] as const) {
      const { centre, gateway } = await scene({}, { bind, source: { address: 'Genkan' } });
      for (const text of [japanese, escapes, long, latin])
        assert.equal((await send(gateway, text)).taken, true);
      await until(() => centre.all('submit').length === 7);
      const [first, second, ...parts] = textsAt(centre);
      assert.deepEqual([first, second], [japanese, escapes]);
      assert.equal(parts.join(''), long + latin);
      assert.equal(parts.filter(part => part.includes('👩‍👩‍👧')).length, 1);
      assert.deepEqual(
        centre.all('submit').map(({ coding, ton, from, to }) => [coding, ton, from, to]),
        [8, 0, 8, 8, 8, 0, 0].map(coding => [coding, 5, 'Genkan', '819012345678']),
      );
      await until(() => centre.all('bind').length === (bind === 'transceiver' ? 1 : 2));
      await gateway.close();
      await until(() => centre.all('unbind').length >= 1);
    }
  });

  test('refuses a wrong password, and the gateway says so', async () => {
    const { gateway } = await scene({}, { password: 'wrong' });
    const answer = { taken: false, reason: 'the bind was refused: 0x0e invalid password' };
    assert.deepEqual(await send(gateway, 'hello'), answer);
  });

  for (const [name, how] of [
    ['by the same text', { ids: 'text', receipts: 'same' }],
    ['by the same number', { ids: 'decimal', receipts: 'same' }],
    ['in decimal for hexadecimal', { ids: 'hexadecimal', receipts: 'decimal' }],
    ['in hexadecimal for decimal', { ids: 'decimal', receipts: 'hexadecimal' }],
    ['in TLVs', { ids: 'hexadecimal', receipts: 'tlv' }],
  ] as const)
    test(`sends receipts that name a text ${name}`, async () => {
      const { centre, gateway, told } = await scene(how);
      for (let n = 0; n < 5; n++) await send(gateway, `code ${n}`);
      await until(() => told.length >= 5);
      assert.deepEqual(
        told.map(({ which, outcome }) => ['delivery' in which && which.delivery, outcome]),
        [4, 3, 2, 1, 0].map(before => [`delivery-${sent - before}`, 'delivered']),
      );
      await until(() => centre.all('receipt-taken').length === 5);
      assert.ok(centre.all('receipt-taken').every(({ status }) => status === 0));
    });

  test('throttles, and takes the text a moment later, once', async () => {
    const { centre, gateway } = await scene({ throttle: 2 });
    assert.equal((await send(gateway, 'hello')).taken, true);
    await until(() => centre.all('submit').length > 0);
    assert.equal(centre.all('throttled').length, 2);
    assert.equal(centre.all('submit').length, 1);
  });

  test('drops the connection with a text in its hands, and the text is not sent again', async () => {
    const { centre, gateway } = await scene({ drop: 1 });
    assert.deepEqual(await send(gateway, 'first'), { taken: 'perhaps', reason: 'not answered' });
    assert.equal((await send(gateway, 'second')).taken, true);
    await until(() => textsAt(centre).length > 1);
    assert.deepEqual(textsAt(centre), ['first', 'second']);
  });

  test('is bound again after it was started again', async () => {
    const { centre, gateway } = await scene();
    await send(gateway, 'before');
    await centre.close();
    open.splice(open.indexOf(centre), 1);
    await until(() => gateway.state().is === 'down');
    const again = opened(await startNetSmpp({ port: centre.port }));
    await bound(gateway);
    assert.equal((await send(gateway, 'after')).taken, true);
    await until(() => textsAt(again).length > 0);
    assert.deepEqual(textsAt(again), ['after']);
  });

  test('is reached through TLS, and only with a certificate that is trusted and names it', async () => {
    const centre = opened(await startNetSmpp());
    const outside = opened(await startStunnel(centre.port));
    const ca = readFileSync(outside.certificate, 'utf8');
    const right = smppFor(outside.port, { host: 'localhost', tls: { ca } });
    opened(right.gateway);
    assert.equal((await send(right.gateway, 'hello over TLS')).taken, true);
    await until(() => right.told.length === 1);
    assert.deepEqual(textsAt(centre), ['hello over TLS']);

    const named = smppFor(outside.port, { tls: { ca, serverName: 'localhost' } });
    opened(named.gateway);
    await bound(named.gateway);

    // What it prints comes on another way than what it answers.
    const binds = () => centre.all('bind').length;
    await until(() => binds() === 2);
    for (const [settings, reason] of [
      [{ host: 'localhost', tls: true }, /SELF_SIGNED/],
      [{ tls: { ca } }, /ALTNAME/],
      [{ tls: { ca, serverName: 'centre.example' } }, /ALTNAME/],
    ] as const) {
      const wrong = smppFor(outside.port, settings);
      opened(wrong.gateway);
      const answer = await send(wrong.gateway, 'never');
      assert.ok(answer.taken === false && reason.test(answer.reason), JSON.stringify(answer));
    }
    assert.equal(binds(), 2);
    assert.equal(centre.all('submit').length, 1);
  });
});
