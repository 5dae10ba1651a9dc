import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { driverDeps } from '../../../src/gateways/http/testing.ts';
import { smppFor } from '../../../src/gateways/sms/smpp/testing.ts';
import { promptOf } from '../../../src/gateways/voice/prompts.ts';
import { shippedRecordings, surveyRecordings } from '../../../src/gateways/voice/recordings.ts';
import { sipVoice } from '../../../src/gateways/voice/sip.ts';
import { freePorts, until } from '../../../src/kit/testing.ts';
import { muLaw } from '../../../src/wire/rtp/index.ts';
import { readPart } from '../../../src/wire/smpp/index.ts';
import type { Telephone, Telephones } from '../../cast/telephone.ts';
import { type NetSmpp, startNetSmpp } from '../sms/net-smpp.ts';
import { type Baresip, type Happened, likeness, startBaresip, wavOf } from '../voice/baresip.ts';

/** At the end of what it speaks, baresip hangs up: silence that is longer than any call. */
const silence = wavOf(new Int16Array(2 * 60 * 8000));
const mediaPorts = await freePorts(100);

/**
 * Telephones that Genkan reaches over wires: texts by way of a message centre of Net::SMPP, and calls by our voice
 * agent and SIP to baresip, which has a line for each number.
 */
export async function wired(): Promise<Telephones> {
  const [centre, phones] = await Promise.all([
    startNetSmpp({ ids: 'hexadecimal', receipts: 'decimal' }),
    startBaresip({ speaks: silence, account: ';answermode=manual' }),
  ]);
  const log: string[] = [];
  const text = smppFor(centre.port, { source: { address: 'Keyaki' } }).gateway;
  const voice = sipVoice.open(
    'switchboard',
    sipVoice.settings.parse({
      proxies: [`sip:${phones.address}:${phones.port}`],
      user: 'genkan',
      calls: 10,
      mediaPorts,
    }),
    driverDeps({ log: (_, message, detail) => log.push(`${message} ${JSON.stringify(detail ?? {})}`) }),
  );
  await until(
    () => voice.state().is === 'up' && text.state().is === 'up',
    () => `${JSON.stringify([voice.state(), text.state()])} ${log.join('\n')}`,
  );
  const inHands = new Map<string, Telephone>();
  return {
    gateways: { text: [text], voice: [voice] },
    telephone(_house, number) {
      const known = inHands.get(number);
      if (known) return known;
      phones.command('uanew', `<sip:${number}@${phones.address}:${phones.port}>;regint=0;answermode=manual`);
      const telephone = inHand(number, centre, phones);
      inHands.set(number, telephone);
      return telephone;
    },
    async close() {
      for (const one of [text, voice, centre, phones]) await one.close();
    },
  };
}

function inHand(number: string, centre: NetSmpp, phones: Baresip): Telephone {
  let textsRead = 0;
  let callsTaken = 0;
  let answeredAt = 0;
  const told = (): string =>
    `${phones.said()}\n${phones.events.map(event => Object.values(event).join(' ')).join('\n')}`;
  const texts = () => centre.all('submit').filter(({ to }) => `+${to}` === number);
  const happened = (type: string, since = 0): Happened[] =>
    phones.events.slice(since).filter(event => event.type === type && event.line.includes(`:${number}@`));

  const self: Telephone = {
    number,
    async code() {
      const text = await self.text();
      const [code] = /\d{6}/.exec(text) ?? [];
      assert.ok(code, `no code in: ${text}`);
      return code;
    },
    async text() {
      await until(() => texts().length > textsRead);
      const came = texts()[textsRead++];
      return readPart(Buffer.from(String(came?.hex), 'hex'), Number(came?.coding), false).text;
    },
    async answer() {
      await until(() => happened('CALL_INCOMING').length > callsTaken, told);
      callsTaken = happened('CALL_INCOMING').length;
      answeredAt = phones.events.length;
      const recordings = phones.recordings();
      phones.command('accept');
      await until(() => happened('CALL_ESTABLISHED', answeredAt).length > 0, told);
      await until(() => phones.recordings() > recordings, told);
      const question = await until(async () => {
        await sleep(500);
        return questionIn(phones.recording());
      }, told);
      // A # of the first second of the question is none: a second of it more is heard, however long that takes.
      const soFar = phones.recording().length;
      await until(() => phones.recording().length >= soFar + 8000, told);
      return question;
    },
    async press(keys) {
      for (const key of keys) {
        phones.press(key);
        await sleep(300);
      }
    },
    extension: async () =>
      happened('CALL_DTMF_START', answeredAt)
        .map(({ param }) => param)
        .join(''),
    async forget() {
      textsRead = texts().length;
      callsTaken = happened('CALL_INCOMING').length;
    },
    isQuiet: async () => texts().length === textsRead && happened('CALL_INCOMING').length === callsTaken,
  };
  return self;
}

const questions = surveyRecordings({ shipped: shippedRecordings() }).used.flatMap(
  ({ language, name, samples }) =>
    name === 'ask-pound' && (language === 'ja' || language === 'en')
      ? [{ text: promptOf(language, name).text, samples: muLaw.decode(muLaw.encode(samples)) }]
      : [],
);

/**
 * The words of the question that was heard. Half a second of it is enough: on a busy machine baresip drops a packet
 * now and then, and what follows it no longer lies where it was spoken.
 */
const questionIn = (heard: Int16Array): string | undefined =>
  questions.find(({ samples }) => halfSecondsOf(samples).some(part => likeness(heard, part) > 0.9))?.text;

const halfSecondsOf = (samples: Int16Array): Int16Array[] =>
  Array.from({ length: 6 }, (_, n) => samples.subarray(n * 4000, (n + 1) * 4000)).filter(part =>
    part.some(sample => Math.abs(sample) > 5000),
  );
