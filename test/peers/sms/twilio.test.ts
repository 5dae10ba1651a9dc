import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { driverDeps, never, openProvider } from '../../../src/gateways/http/testing.ts';
import type { PhoneNumber } from '../../../src/gateways/index.ts';
import { twilioText } from '../../../src/gateways/sms/twilio.ts';
import { isSigned, signatureOf } from '../../../src/gateways/twilio/signature.ts';
import { ask, type Conversation, hear, type Speech } from '../../../src/gateways/twilio/twiml.ts';
import { twilioVoice } from '../../../src/gateways/voice/twilio.ts';
import { until } from '../../../src/kit/testing.ts';
import { spokenLanguages, spokenWordsFor } from '../../../src/words/index.ts';
import { prismCannot, sdkIsHere, startPrism, twilioSdk, type VoiceResponse } from './prism.ts';

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

  test('hanging up conforms, and what does not is refused there', async () => {
    const statuses: { url: string; body: string; status: number }[] = [];
    const relay = await openProvider(async ({ method, url, headers, body }, response) => {
      const { authorization = '', 'content-type': type = '' } = headers;
      const answered = await fetch(`${prism.url}${url}`, {
        method,
        headers: { authorization, 'content-type': type },
        ...(method === 'POST' ? { body } : {}),
      });
      statuses.push({ url, body, status: answered.status });
      response.writeHead(answered.status).end(await answered.text());
    });
    const settings = twilioVoice.settings.parse({ ...account, from: '+15005550006', api: relay.url });
    const gateway = twilioVoice.open('tv', settings, driverDeps());
    try {
      const hangUp = new AbortController();
      const script = { language: 'ja', expect: { keys: '#' } } as const;
      const taken = await gateway.call({ id: 'd-4', to, script }, hangUp.signal);
      assert.ok(taken.taken === true && taken.reference, JSON.stringify(taken));
      hangUp.abort();
      const of = `/2010-04-01/Accounts/${account.accountSid}/Calls/${taken.reference}.json`;
      const { body, status } = await until(() => statuses.find(({ url }) => url === of));
      assert.deepEqual([body, status], ['Status=completed', 200]);
      const wrong = await fetch(`${prism.url}${of}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from('a:b').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'Status=over',
      });
      assert.equal(wrong.status, 422, await wrong.text());
    } finally {
      await gateway.close();
      await relay.close();
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

/** TwiML as a tree: entities and the order of attributes are a writer's own affair. */
function treeOf(twiml: string): unknown {
  const branch = (element: Element): unknown => {
    const children = [...element.childNodes];
    return {
      name: element.nodeName,
      attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      within: children.map(node =>
        node.nodeType === node.ELEMENT_NODE ? branch(node as Element) : node.nodeValue,
      ),
    };
  };
  const { documentElement } = new DOMParser().parseFromString(twiml, 'text/xml');
  assert.ok(documentElement);
  return branch(documentElement);
}

test('what a call is told is what Twilio’s SDK writes', {
  skip: sdkIsHere() ? false : 'not installed',
}, () => {
  const { VoiceResponse } = twilioSdk().twiml;
  const written = (write: (response: VoiceResponse) => void): unknown => {
    const response = new VoiceResponse();
    write(response);
    return treeOf(response.toString());
  };
  const action = 'https://id.example/gateways/tv/keys?call=AbC-_&x="\'<あ>';
  const url = (name: string) => `https://id.example/gateways/tv/prompts/${name}.wav?proof=a&b=c`;
  const spoken: Speech = { recording: () => undefined, heard: () => action };
  const played: Speech = { ...spoken, recording: (language, name) => url(`${language}-${name}`) };
  const gather = (numDigits: number) => ({
    input: ['dtmf'],
    finishOnKey: '',
    numDigits,
    timeout: 5,
    actionOnEmptyResult: true,
    method: 'POST',
    action,
  });
  const voices = { ja: 'ja-JP', en: 'en-US', zh: 'zh-CN', ko: 'ko-KR', vi: 'vi-VN' };
  for (const language of spokenLanguages)
    for (const [expect, question, numDigits] of [
      [{ keys: '#' }, 'ask-pound', 1],
      [{ keys: 'number', number: '42' }, 'ask-number', 3],
    ] as const) {
      const about: Conversation = { delivery: 'd', language, expect, keys: '', questions: 1 };
      const say = { language: voices[language] };
      const { voice } = spokenWordsFor(language);
      assert.deepEqual(
        treeOf(ask(about, spoken)),
        written(response => response.gather(gather(numDigits)).say(say, voice[question])),
      );
      assert.deepEqual(
        treeOf(ask(about, played)),
        written(response => {
          const asked = response.gather(gather(numDigits));
          asked.play(url(`${language}-organisation`));
          asked.play(url(`${language}-${question}`));
        }),
      );
      assert.deepEqual(
        treeOf(hear(about, '*', spoken).twiml),
        written(response => response.gather(gather(numDigits))),
      );
      assert.deepEqual(
        treeOf(hear(about, '', spoken).twiml),
        written(response => {
          response.say(say, voice['no-key']);
          response.hangup();
        }),
      );
      assert.deepEqual(
        treeOf(hear(about, '0#', played).twiml),
        written(response => {
          response.play(url(`${language}-fraud`));
          response.hangup();
        }),
      );
    }
});
