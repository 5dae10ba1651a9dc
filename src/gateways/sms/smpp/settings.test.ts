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
