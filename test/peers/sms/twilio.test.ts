import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { driverDeps, never } from '../../../src/gateways/http/testing.ts';
import type { PhoneNumber } from '../../../src/gateways/index.ts';
import { twilioText } from '../../../src/gateways/sms/twilio.ts';
import { isSigned, signatureOf } from '../../../src/gateways/twilio/signature.ts';
import { twilioVoice } from '../../../src/gateways/voice/twilio.ts';
import { until } from '../../../src/kit/testing.ts';
import { prismCannot, sdkIsHere, startPrism, twilioSdk } from './prism.ts';

const to = '+819012345678' as string as PhoneNumber;
const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'token' };

describe('Twilio as its own description has it', { skip: prismCannot() }, () => {
  let prism: Awaited<ReturnType<typeof startPrism>>;
  before(async () => {
    prism = await startPrism();
  });
  after(() => prism.close());

  test('a text conforms, and is taken by its name', async () => {
    for (const sender of [{ from: '+15005550006' }, { messagingServiceSid: `MG${'ab'.repeat(16)}` }]) {
      const settings = twilioText.settings.parse({ ...account, ...sender, api: prism.url });
      const gateway = twilioText.open('tw', settings, driverDeps());
      const taken = await gateway.send({ id: 'd-1', to, text: '確認コードは 123456 です。' }, never);
      assert.equal(taken.taken, true, JSON.stringify(taken));
      assert.match(taken.taken === true ? (taken.reference ?? '') : '', /^(SM|MM)[0-9a-fA-F]{32}$/);
      await gateway.close();
    }
  });

  test('a call conforms, whatever is asked of it', async () => {
    for (const more of [{}, { machineDetection: true }, { speech: 'spoken' }]) {
      const settings = twilioVoice.settings.parse({
        ...account,
        ...more,
        from: '+15005550006',
        api: prism.url,
      });
      const gateway = twilioVoice.open('tv', settings, driverDeps());
      for (const script of [
        { language: 'ja', expect: { keys: '#' } },
        { language: 'en', expect: { keys: 'number', number: '42' }, extension: '123' },
      ] as const) {
        const taken = await gateway.call({ id: 'd-2', to, script }, never);
        assert.equal(taken.taken, true, JSON.stringify(taken));
        assert.match(taken.taken === true ? (taken.reference ?? '') : '', /^CA[0-9a-fA-F]{32}$/);
      }
      await gateway.close();
    }
  });

  test('the account is looked at as described, and what does not conform is a refusal', async () => {
    const settings = twilioText.settings.parse({ ...account, from: '+15005550006', api: prism.url });
    const gateway = twilioText.open('tw', settings, driverDeps());
    await until(() => gateway.state().is !== 'starting');
    assert.deepEqual(gateway.state(), { is: 'up' });
    await gateway.close();
    const wrong = twilioText.open('tw', { ...settings, accountSid: 'AC1' }, driverDeps());
    assert.deepEqual(await wrong.send({ id: 'd-3', to, text: 'x' }, never), {
      taken: false,
      reason: 'status 422',
    });
    await wrong.close();
  });
});

test('signatures are those of Twilio’s SDK, both ways', {
  skip: sdkIsHere() ? false : 'not installed',
}, () => {
  const sdk = twilioSdk();
  const fields = {
    MessageStatus: 'delivered',
    To: '+81 90',
    Body: '確認 & コード',
    Empty: '',
    Z: '1',
    a: '2',
  };
  for (const url of [
    'https://id.example/gateways/tw/status?delivery=0190-aa&x=%E3%81%82',
    'https://id.example:8443/gateways/tw/keys?call=AbC-_',
    'http://localhost:4000/a',
  ]) {
    const form = new URLSearchParams(fields);
    const ours = signatureOf('token', url, form);
    assert.equal(ours, sdk.getExpectedTwilioSignature('token', url, fields));
    assert.ok(sdk.validateRequest('token', ours, url, fields));
    assert.ok(isSigned('token', sdk.getExpectedTwilioSignature('token', url, fields), url, form));
    assert.ok(!isSigned('token', sdk.getExpectedTwilioSignature('another', url, fields), url, form));
  }
});
