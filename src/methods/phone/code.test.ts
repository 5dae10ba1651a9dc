import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { minutes, seconds } from '../../kit/clock.ts';
import { digitsOf, hashOf, judge, lifetime, newCode, sendingAfter, type TextChallenge } from './code.ts';
import { textFor } from './text.ts';

const key = randomBytes(32);
const bound = { user: 'u', correlation: 'c' };
const sentAt = Date.UTC(2026, 3, 6);
const challenge: TextChallenge = {
  way: 'text',
  id: 'one',
  delivery: 'one',
  hash: hashOf(key, '012345', { challenge: 'one', ...bound }),
  to: '+81 XX-XXXX-XX78',
  sentAt,
  expiresAt: sentAt + lifetime,
  triesLeft: 5,
  sends: 1,
  againAt: sentAt + seconds(30),
};
const reasonOf = (typed: string, changes: Partial<TextChallenge> = {}, whose = bound, now = sentAt) => {
  const judged = judge({ ...challenge, ...changes }, typed, whose, key, now);
  return judged.is === 'right' ? 'right' : judged.refusal.reason;
};

test('a code is right for its question, its person and its sign-in, and for no other', () => {
  assert.equal(reasonOf('012345'), 'right');
  assert.equal(reasonOf('012345', { id: 'two' }), 'wrong');
  assert.equal(reasonOf('012345', {}, { ...bound, user: 'v' }), 'wrong');
  assert.equal(reasonOf('012345', {}, { ...bound, correlation: 'd' }), 'wrong');
});

test('a code lives five minutes', () => {
  assert.equal(reasonOf('012345', {}, bound, sentAt + minutes(5)), 'right');
  assert.equal(reasonOf('012345', {}, bound, sentAt + minutes(5) + 1), 'expired');
});

test('five wrong codes end it; what is no code costs nothing', () => {
  let current = challenge;
  for (const left of [4, 3, 2, 1, 0]) {
    for (const typed of ['', '12345', '1234567']) assert.equal(reasonOf(typed, current), 'malformed');
    const judged = judge(current, '999999', bound, key, sentAt);
    assert.ok(judged.is === 'refused' && judged.challenge);
    assert.deepEqual(judged.refusal, { reason: 'wrong', triesLeft: left });
    current = judged.challenge;
  }
  assert.equal(reasonOf('012345', current), 'too-many-tries');
});

test('another code may follow after 30, 60 and 120 seconds, and inherits the tries', () => {
  let previous = challenge;
  let now = sentAt;
  for (const wait of [30, 60, 120]) {
    const early = sendingAfter(previous, now + seconds(wait) - 1);
    assert.deepEqual(early, {
      may: false,
      refusal: { reason: 'too-many-sends', until: now + seconds(wait) },
    });
    now += seconds(wait);
    const next = sendingAfter({ ...previous, triesLeft: 2 }, now);
    assert.ok(next.may);
    assert.equal(next.triesLeft, 2);
    previous = { ...previous, ...next };
  }
  assert.equal(previous.sends, 4);
  const fifth = sendingAfter(previous, now + minutes(10) - 1);
  assert.deepEqual(fifth, { may: false, refusal: { reason: 'too-many-sends', until: now + minutes(10) } });
  assert.deepEqual(sendingAfter({ ...previous, triesLeft: 0 }, now + minutes(20)), {
    may: false,
    refusal: { reason: 'too-many-tries' },
  });
});

test('codes are six digits, evenly spread', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 20_000; i++) {
    const code = newCode();
    assert.match(code, /^\d{6}$/);
    counts[Number(code[0])] = (counts[Number(code[0])] ?? 0) + 1;
  }
  const chi = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  assert.ok(chi < 40, `chi squared ${chi}`);
});

test('a code is read however it was typed or pasted', () => {
  for (const typed of ['012345', ' 012 345 ', '０１２３４５', '012-345', 'コードは 012345 です'])
    assert.equal(digitsOf(typed), '012345');
});

test('a text fits into one message, names the organisation and ends with the line that binds it', () => {
  for (const [language, organisation, host] of [
    ['ja', '京都中央大学', 'login.kyoto-chuo.ac.jp'],
    ['ja', '国立大学法人ひがしにほん先端科学技術大学院大学', 'signin.advanced-institute-east.ac.jp'],
    ['en', 'Kyoto Chuo University', 'login.kyoto-chuo.ac.jp'],
    ['en', '京都中央大学', 'login.kyoto-chuo.ac.jp'],
    ['zh', '京都中央大学', 'login.kyoto-chuo.ac.jp'],
    ['ko', 'Kyoto Chuo University', 'login.kyoto-chuo.ac.jp'],
    ['vi', 'Kyoto Chuo University', 'login.kyoto-chuo.ac.jp'],
    ['vi', '京都中央大学', 'login.kyoto-chuo.ac.jp'],
    [
      'en',
      'A university with a name so long that it fills a whole text message by itself, '.repeat(3),
      'a.example',
    ],
  ] as const) {
    const text = textFor({ language, organisation, host, code: '012345' });
    const ascii = /^[\x20-\x7e\n]*$/.test(text);
    assert.ok(text.length <= (ascii ? 160 : 70), `${text.length}: ${text}`);
    assert.equal(text.split('\n').at(-1), `@${host} #012345`);
    assert.ok(text.startsWith('012345'));
    assert.ok(text.includes(organisation.slice(0, 5)), text);
  }
});
