import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallScript } from '../gateway.ts';
import { ask, type Conversation, hear, type Speech } from './twiml.ts';

/** The address of the next request is the conversation itself, for these tests to read. */
const spoken: Speech = { recording: () => undefined, heard: about => `?${JSON.stringify(about)}` };
const begin = (expect: CallScript['expect']): Conversation => ({
  delivery: 'd',
  language: 'en',
  expect,
  keys: '',
  questions: 3,
});
const next = (twiml: string): Conversation | undefined => {
  const found = /action="\?(.*?)"/.exec(twiml)?.[1];
  return found === undefined
    ? undefined
    : JSON.parse(found.replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(+n)));
};

/** A whole call: what comes of these batches of digits. */
function call(expect: CallScript['expect'], ...batches: readonly string[]) {
  let at: Conversation | undefined = begin(expect);
  for (const batch of batches) {
    assert.ok(at, 'the call was over');
    const turn = hear(at, batch, spoken);
    if (turn.state) return turn.state;
    at = next(turn.twiml);
  }
  return at;
}

test('a pound confirms; a star before it is what an analog line needs; zero and pound say that it was not them', () => {
  const pound = { keys: '#' } as const;
  assert.equal(call(pound, '#'), 'confirmed');
  assert.equal(call(pound, '*', '#'), 'confirmed');
  assert.equal(call(pound, '0', '#'), 'fraud');
  assert.equal(call(pound, '5', '#'), 'wrong-key');
  assert.equal(call(pound, '', '', ''), 'no-key');
  assert.equal(call(pound, '', '#'), 'confirmed');
});

test('the number of the screen and then pound', () => {
  const number = { keys: 'number', number: '42' } as const;
  assert.equal(call(number, '42#'), 'confirmed');
  assert.equal(call(number, '*42', '#'), 'confirmed');
  assert.equal(call(number, '4', '2', '#'), 'confirmed');
  assert.equal(call(number, '43#'), 'wrong-key');
  assert.equal(call(number, '#'), 'wrong-key');
  assert.equal(call(number, '0#'), 'fraud');
  assert.equal(call(number, '4', '', '42#'), 'confirmed', 'who was too slow begins anew');
});

test('Twilio is told to give every key, as many as are missing, and where', () => {
  const first = ask(begin({ keys: 'number', number: '42' }), spoken);
  assert.match(first, /finishOnKey="" numDigits="3"/);
  assert.match(first, /<Say language="en-US">This is a sign-in/);
  assert.match(hear(begin({ keys: 'number', number: '42' }), '*42', spoken).twiml, /numDigits="1"/);
  assert.match(ask(begin({ keys: '#' }), spoken), /numDigits="1"/);
  const played = ask(begin({ keys: '#' }), {
    ...spoken,
    recording: (l, n) => `https://x/${l}-${n}.wav?a=1&b=2`,
  });
  assert.match(played, /<Play>https:\/\/x\/en-ask-pound\.wav\?a=1&#38;b=2<\/Play>/);
});

test('what is no key of a telephone is a wrong answer', () => {
  assert.equal(call({ keys: '#' }, 'x'), 'wrong-key');
  assert.equal(call({ keys: '#' }, '9'.repeat(500)), 'wrong-key');
});
