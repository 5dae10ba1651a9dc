import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBehindNat, isOwnHouse } from './private-network.ts';

test('our own house is this machine, a private network, and a name that only we can resolve', () => {
  const ours = [
    '127.0.0.1',
    '[::1]',
    '10.9.8.7',
    '172.31.0.1',
    '192.168.1.1',
    '[fd00::5]',
    'localhost',
    'smsc',
  ];
  for (const host of ours) assert.ok(isOwnHouse(host), host);
  const theirs = [
    '172.32.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '[fe80::1]',
    '[2001:db8::1]',
    'api.example.jp',
  ];
  for (const host of theirs) assert.ok(!isOwnHouse(host), host);
});

test('behind address translation are also the networks between houses, and what is no address is not', () => {
  for (const text of ['192.168.0.10', '100.64.9.9', '169.254.0.9', 'fe80::1', '0.0.0.0'])
    assert.ok(isBehindNat(text), text);
  for (const text of ['203.0.113.9', '100.128.0.1', '2001:db8::1', 'phone', ''])
    assert.ok(!isBehindNat(text), text);
});
