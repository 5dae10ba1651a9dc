import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, type TestContext, test } from 'node:test';
import { spokenLanguages } from '../../words/index.ts';
import type { CallScript, PhoneNumber } from '../gateway.ts';
import { driverDeps, never, openProvider, openWebhooks } from '../http/testing.ts';
import { longestCall } from '../live-calls.ts';
import { signatureOf } from '../twilio/signature.ts';
import { promptOf } from './prompts.ts';
import { shippedRecordings } from './recordings.ts';
import { twilioVoice } from './twilio.ts';

const to = '+81312345678' as string as PhoneNumber;
const account = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'token', from: '+81312345679' };
const provider = await openProvider((_, response) => response.writeHead(201).end('{"sid":"CA1"}'));
after(() => provider.close());
beforeEach(() => {
  provider.heard.length = 0;
});

/** Samples of 16 bits, 8000 a second, behind a header of 44 octets: as ours are, and as this file writes them. */
const secondsOf = (wav: Buffer): number => (wav.length - 44) / 16_000;

/** A recording of one of ours, as long as an organisation's own may be. */
function ofAlmostTwentySeconds(): Buffer {
  const ours = readFileSync(join(shippedRecordings(), 'ja-ask-number.wav'));
  const data = Buffer.alloc(2 * 159_999, ours.subarray(44));
  const wav = Buffer.concat([ours.subarray(0, 44), data]);
  wav.writeUInt32LE(36 + data.length, 4);
  wav.writeUInt32LE(data.length, 40);
  return wav;
}

/** Somebody who picks up and presses nothing: how long it takes until they are told so, by what Twilio was told. */
async function nothingPressed(t: TestContext, script: CallScript, more: object = {}, dataFolder = tmpdir()) {
  const settings = twilioVoice.settings.parse({ ...account, api: provider.url, ...more });
  const gateway = twilioVoice.open('tv', settings, driverDeps({ dataFolder }));
  t.after(() => gateway.close());
  const { server, reported } = await openWebhooks(gateway);
  await gateway.call({ id: 'd', to, script }, never);
  const form = new URLSearchParams(provider.heard.findLast(({ method }) => method === 'POST')?.body);
  let questions = 0;
  let lasts = 0;
  for (let twiml = form.get('Twiml') ?? ''; ; ) {
    const plain = twiml.replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(+n));
    for (const [, url = ''] of plain.matchAll(/<Play>(.*?)<\/Play>/g))
      lasts += secondsOf((await server.inject(url.replace('https://id.example', ''))).rawPayload);
    for (const [, words = ''] of plain.matchAll(/<Say[^>]*>(.*?)<\/Say>/g)) lasts += said(words);
    const action = /action="https:\/\/id\.example(.*?)"/.exec(plain)?.[1];
    if (action === undefined) break;
    questions++;
    lasts += Number(/timeout="(\d+)"/.exec(plain)?.[1]);
    const body = new URLSearchParams({ Digits: '' });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf('token', `https://id.example${action}`, body),
    };
    twiml = (await server.inject({ method: 'POST', url: action, payload: body.toString(), headers })).body;
  }
  assert.deepEqual(
    reported.map(({ state }) => state),
    ['no-key'],
  );
  return { questions, lasts, limit: Number(form.get('TimeLimit')), rings: Number(form.get('Timeout')) };
}

/** How long Twilio's own voice may take over what a recording of ours says, at its slowest. */
function said(words: string): number {
  for (const language of spokenLanguages)
    for (const name of ['ask-pound', 'ask-number', 'no-key'] as const) {
      const { text, file } = promptOf(language, name);
      if (text === words) return 1.2 * secondsOf(readFileSync(join(shippedRecordings(), file)));
    }
  throw new Error(`nobody knows how long this takes: ${words}`);
}

const pound = { keys: '#' } as const;
const number = { keys: 'number', number: '42' } as const;

describe('who presses nothing is told so before Twilio ends the call', () => {
  for (const speech of ['recordings', 'spoken'])
    for (const language of spokenLanguages)
      for (const expect of [pound, number])
        test(`${speech}, ${language}, ${expect.keys}`, async t => {
          const call = await nothingPressed(t, { language, expect }, { speech });
          assert.ok(call.lasts < call.limit, JSON.stringify(call));
          assert.ok(call.questions >= 2 && call.questions <= 3, `it was asked ${call.questions} times`);
        });

  test('where everything is of the organisation, and as long as it may be', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'genkan-long-'));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'prompts', 'ja'), { recursive: true });
    for (const name of ['ask-pound', 'ask-number', 'no-key'])
      writeFileSync(join(folder, 'prompts', 'ja', `${name}.wav`), ofAlmostTwentySeconds());
    for (const expect of [pound, number]) {
      const call = await nothingPressed(t, { language: 'ja', expect }, {}, folder);
      assert.ok(call.lasts < call.limit, JSON.stringify(call));
      assert.equal(call.questions, 1);
    }
    writeFileSync(join(folder, 'prompts', 'ja', 'organisation.wav'), ofAlmostTwentySeconds());
    assert.equal(readdirSync(join(folder, 'prompts', 'ja')).length, 4);
    const named = await nothingPressed(t, { language: 'ja', expect: number }, {}, folder);
    assert.ok(named.lasts < named.limit, JSON.stringify(named));
    assert.equal(named.questions, 1);
  });

  test('behind a switchboard, whose extension is dialled first', async t => {
    const script = { language: 'ja', expect: number, extension: '1234567890' } as const;
    const { lasts, limit, questions } = await nothingPressed(t, script, {
      extensionDigits: `${'W'.repeat(20)}{extension}#`,
    });
    assert.ok(20 + 11 * 0.5 + lasts < limit, `${lasts} of ${limit}`);
    assert.equal(questions, 1);
  });

  test('a short question is asked three times and no more', async t => {
    assert.equal((await nothingPressed(t, { language: 'en', expect: pound })).questions, 3);
  });
});

test('a call rings for 45 seconds, and is over before the next may be placed to its number', async t => {
  const { rings, limit } = await nothingPressed(t, { language: 'ja', expect: pound });
  assert.equal(rings, 45);
  assert.equal(limit, 70);
  // Twilio may let it ring for five seconds longer than it was told.
  assert.ok(1000 * (rings + 5 + limit) <= longestCall);
});
