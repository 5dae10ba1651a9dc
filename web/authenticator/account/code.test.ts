import assert from 'node:assert/strict';
import test from 'node:test';
import { codeAt, codeKey, inTwo, secondsLeft } from './code.ts';

const seed = new TextEncoder().encode('12345678901234567890');

// RFC 6238 appendix B, SHA-1
const vectors = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;

test('codes are those of RFC 6238, of eight digits and of six', async () => {
  const key = await codeKey(seed);
  for (const [seconds, code] of vectors) {
    assert.equal(await codeAt(key, seconds * 1000, { digits: 8, period: 30 }), code);
    assert.equal(await codeAt(key, seconds * 1000 + 999, { digits: 6, period: 30 }), code.slice(2));
  }
});

// RFC 4226 appendix D: one step of a period of a second is one count
test('codes are those of RFC 4226', async () => {
  const key = await codeKey(seed);
  const codes = [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ];
  for (const [counter, code] of codes.entries())
    assert.equal(await codeAt(key, counter * 1000, { digits: 6, period: 1 }), code);
});

test('the key of the codes is given to nobody', async () => {
  const key = await codeKey(seed);
  for (const format of ['raw', 'jwk'] as const)
    await assert.rejects(crypto.subtle.exportKey(format, key), { name: 'InvalidAccessError' });
});

test('a code is shown in two halves, and until its last second', () => {
  assert.equal(inTwo('012345'), '012 345');
  assert.equal(secondsLeft(0, 30), 30);
  assert.equal(secondsLeft(29_999, 30), 1);
  assert.equal(secondsLeft(30_000, 30), 30);
});
