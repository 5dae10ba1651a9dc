import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32, hotp, keyUri, matchingStep, stepOf } from './otp.ts';

const sha1 = Buffer.from('12345678901234567890');
const sha256 = Buffer.from('12345678901234567890123456789012');
const sha512 = Buffer.from('1234567890123456789012345678901234567890123456789012345678901234');

test('RFC 4226 appendix D: the first ten values', () => {
  const expected = [
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
  assert.deepEqual(
    expected.map((_, counter) => hotp(sha1, counter)),
    expected,
  );
});

test('RFC 6238 appendix B: every vector of every algorithm', () => {
  const vectors: [number, string, string, string][] = [
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ];
  for (const [at, a, b, c] of vectors) {
    const step = stepOf(at * 1000);
    assert.equal(hotp(sha1, step, 8, 'sha1'), a);
    assert.equal(hotp(sha256, step, 8, 'sha256'), b);
    assert.equal(hotp(sha512, step, 8, 'sha512'), c);
  }
});

test('a code is good one step early and late, and no further', () => {
  const at = 1_000_000 * 30_000;
  for (const [offset, good] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const)
    assert.equal(
      matchingStep(sha1, hotp(sha1, 1_000_000 + offset), at, { last: 0 }) !== undefined,
      good,
      `${offset}`,
    );
});

test('a spent step, and every step before it, is no good any more', () => {
  const at = 1_000_000 * 30_000;
  assert.equal(matchingStep(sha1, hotp(sha1, 1_000_000), at, { last: 1_000_000 }), undefined);
  assert.equal(matchingStep(sha1, hotp(sha1, 999_999), at, { last: 1_000_000 }), undefined);
  assert.equal(matchingStep(sha1, hotp(sha1, 1_000_001), at, { last: 1_000_000 }), 1_000_001);
});

test('RFC 4648: base32, and a link with a Japanese issuer', () => {
  assert.equal(base32(Buffer.from('foobar')), 'MZXW6YTBOI');
  assert.equal(base32(sha1), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  assert.match(
    keyUri(sha1, '京都大学', 'taro@example'),
    /^otpauth:\/\/totp\/%E4%BA%AC.*:taro%40example\?secret=GEZD/,
  );
});
