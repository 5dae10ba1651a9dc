import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smppSettings } from './settings.ts';

const read = (more: object) => smppSettings.safeParse({ systemId: 'genkan', password: 'secret', ...more });

test('a centre on the Internet is spoken to in clear only by whoever wrote so', () => {
  const { success, error } = read({ host: 'smpp.example.net' });
  assert.ok(!success);
  assert.deepEqual(
    error.issues.map(({ path, message }) => [path.join('.'), message]),
    [['tls', 'must be said outside of a private network: true, or false if all may be read on the way']],
  );
  for (const tls of [true, false, { serverName: 'smpp' }])
    assert.ok(read({ host: 'smpp.example.net', tls }).success);
  assert.ok(!read({ host: '203.0.113.9' }).success);
  for (const host of ['smsc', 'localhost', '10.1.2.3', '192.168.0.9', 'fd00::9'])
    assert.ok(read({ host }).success, host);
});

test('the centre gives up when the code does, unless it is told otherwise', () => {
  const minutes = (more: object): number | undefined => read({ host: 'smsc', ...more }).data?.validityMinutes;
  assert.equal(minutes({}), 5);
  assert.equal(minutes({ validityMinutes: 60 }), 60);
  assert.equal(minutes({ validityMinutes: 0 }), 0);
});

test('a name as the sender has 11 characters at most: a telephone shows no more, and centres refuse it one by one', () => {
  const problems = (source: object) =>
    read({ host: 'smsc', source }).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];
  const tooLong = [
    ['source.address', 'a name has 11 characters at most; 12 to 20 are for numbers (source.ton says which)'],
  ];
  assert.deepEqual(problems({ address: 'Kyoto Chuo U' }), tooLong);
  assert.deepEqual(problems({ address: '123456789012', ton: 5 }), tooLong);
  for (const fits of [
    {},
    { address: 'Kyoto Chuo' },
    { address: 'KyotoChuo12' },
    { address: '+815012345678' },
    { address: '8150123456789' },
    // A centre may name its accounts by letters; whoever says the type knows what it means there.
    { address: 'short-code-0001', ton: 0 },
  ])
    assert.deepEqual(problems(fits), [], JSON.stringify(fits));
});
