import assert from 'node:assert/strict';
import test from 'node:test';
import { readLink } from './link.ts';

const token = `${'A'.repeat(58)}-_9abc`;

test('a link for setting up is read as it is scanned, opened or pasted', () => {
  const read = { issuer: 'https://id.example.ac.jp', token };
  for (const text of [
    `https://id.example.ac.jp/authenticator#register=${token}`,
    `  https://ID.example.ac.jp/authenticator/#register=${token}\n`,
    `https://id.example.ac.jp:443/authenticator?from=mail#register=${token}`,
    `ｈｔｔｐｓ：／／id.example.ac.jp/authenticator#register=${token}`,
  ])
    assert.deepEqual(readLink(text), read, text);
});

test('within this computer no encryption is asked for', () => {
  assert.equal(
    readLink(`http://localhost:4000/authenticator#register=${token}`)?.issuer,
    'http://localhost:4000',
  );
});

test('anything else is not a link for setting up', () => {
  for (const text of [
    '',
    'hello',
    `http://id.example.ac.jp/authenticator#register=${token}`,
    `javascript:alert(1)//authenticator#register=${token}`,
    `https://id.example.ac.jp/elsewhere#register=${token}`,
    'https://id.example.ac.jp/authenticator#register=short',
    `https://id.example.ac.jp/authenticator#register=${token}%0a`,
    `https://id.example.ac.jp/authenticator?register=${token}`,
    'otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP',
  ])
    assert.equal(readLink(text), undefined, text);
});
