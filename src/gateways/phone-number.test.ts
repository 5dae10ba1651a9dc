import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneNumber } from './gateway.ts';
import { maskPhoneNumber, type NumberRules, parsePhoneNumber, readBack } from './phone-number.ts';

const rules: NumberRules = {
  defaultCountry: 'JP',
  allowedCountries: ['JP', 'US', 'IT', 'DE'],
  voip: 'refused',
};

const read = (text: string, changed: Partial<NumberRules> = {}): string => {
  const reading = parsePhoneNumber(text, { ...rules, ...changed });
  if (!reading.ok) return reading.problem;
  return [reading.number, reading.type, reading.extension].filter(Boolean).join(' ');
};

const table: Record<string, string> = {
  '03-1234-5678': '+81312345678 fixed',
  '0312345678': '+81312345678 fixed',
  '(03)1234-5678': '+81312345678 fixed',
  '（０３）１２３４－５６７８': '+81312345678 fixed',
  '813-1234-5678': '+81312345678 fixed',
  '+81 3-1234-5678': '+81312345678 fixed',
  '0467-12-3456': '+81467123456 fixed',
  '０１１-２１１-２１１１': '+81112112111 fixed',
  '090-1234-5678': '+819012345678 mobile',
  '090.1234.5678': '+819012345678 mobile',
  '090 1234 5678\u200e': '+819012345678 mobile',
  '9012345678': '+819012345678 mobile',
  '81 90 1234 5678': '+819012345678 mobile',
  '819012345678': '+819012345678 mobile',
  '+81(0)90-1234-5678': '+819012345678 mobile',
  '+81 080 1234 5678': '+818012345678 mobile',
  '0081-90-1234-5678': '+819012345678 mobile',
  '010 81 90 1234 5678': '+819012345678 mobile',
  'tel:+819012345678': '+819012345678 mobile',
  '０９０−１２３４−５６７８': '+819012345678 mobile',
  '０９０－１２３４－５６７８': '+819012345678 mobile',
  '090ー1234ー5678': '+819012345678 mobile',
  '060-1234-5678': '+816012345678 mobile',
  '070-1234-5678': '+817012345678 mobile',
  '03-1234-5678 内線123': '+81312345678 fixed 123',
  '03-1234-5678（内線 123）': '+81312345678 fixed 123',
  '０３−１２３４−５６７８　内線１２３': '+81312345678 fixed 123',
  '03-1234-5678 ext. 123': '+81312345678 fixed 123',
  '03-1234-5678 x123': '+81312345678 fixed 123',
  '03-1234-5678;ext=123': '+81312345678 fixed 123',
  '+1 650 253 0000': '+16502530000 mobile',
  '+39 333 123 4567': '+393331234567 mobile',
  '+49 0151 23456789': '+4915123456789 mobile',
  '': 'empty',
  '\u3000 ': 'empty',
  hello: 'not-a-number',
  '090-1234-5678 call me': 'not-a-number',
  '+': 'not-a-number',
  '12': 'too-short',
  '+81': 'too-short',
  '090-1234-567': 'invalid',
  '090-1234-56789': 'invalid',
  '110': 'emergency',
  '１１９': 'emergency',
  '118': 'emergency',
  '050-1234-5678': 'voip-not-allowed',
  '0120-123-456': 'toll-free',
  '0800-123-4567': 'toll-free',
  '0570-012-345': 'kind-not-allowed',
  '020-1234-5678': 'kind-not-allowed',
  '0990-123-456': 'kind-not-allowed',
  '+979 123456789': 'kind-not-allowed',
  '+800 1234 5678': 'kind-not-allowed',
  '+1 900 234 5678': 'kind-not-allowed',
  '+88213123456': 'invalid',
  '+44 20 7946 0018': 'country-not-allowed',
  '+686 72012345': 'country-not-allowed',
};

test('numbers are read as people write them, and what may not be reached is refused with a reason', () => {
  for (const [text, expected] of Object.entries(table)) assert.equal(read(text), expected, text);
});

test('a very long text is no number and takes no time', () => {
  assert.equal(read('9'.repeat(100_000)), 'not-a-number');
  assert.equal(read('-('.repeat(50_000)), 'not-a-number');
});

test('050 is read where policy allows it', () => {
  assert.equal(read('050-1234-5678', { voip: 'allowed' }), '+815012345678 voip');
});

test('bare digits that begin with the country code are a guess, and say so', () => {
  for (const [text, guessed] of [
    ['813-1234-5678', true],
    ['090-1234-5678', false],
    ['+81 90 1234 5678', false],
  ] as const) {
    const reading = parsePhoneNumber(text, rules);
    assert.ok(reading.ok);
    assert.equal(reading.guessed, guessed, text);
  }
});

test('a number is read back whole and masked but for its last two digits', () => {
  for (const [number, whole, masked] of [
    ['+819012345678', '+81 90-1234-5678', '+81 XX-XXXX-XX78'],
    ['+81312345678', '+81 3-1234-5678', '+81 X-XXXX-XX78'],
    ['+81467123456', '+81 467-12-3456', '+81 XXX-XX-XX56'],
    ['+16502530000', '+1 650-253-0000', '+1 XXX-XXX-XX00'],
  ] as const) {
    assert.equal(readBack(number as string as PhoneNumber), whole);
    assert.equal(maskPhoneNumber(number as string as PhoneNumber), masked);
  }
});
