import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEndpoint } from './services.ts';

const production = { others: ['*.push.example', 'push.keyaki.example'], loopback: false };

test('messages go to the services of the makers of browsers, and where administrators said', () => {
  for (const endpoint of [
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QHh',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
    'https://eu.push.example/1',
    'https://push.keyaki.example/1',
  ])
    assert.equal(readEndpoint(endpoint, production)?.href, endpoint);
});

test('and to nobody else, however the address is written', () => {
  for (const endpoint of [
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://fcm.googleapis.com.evil.example/',
    'https://evil.example/fcm.googleapis.com',
    'https://fcm.googleapis.com@evil.example/',
    'https://user:word@fcm.googleapis.com/',
    'https://evilpush.apple.com.example/',
    'https://notpush.apple.com/',
    'https://push.apple.com/',
    'https://localhost/',
    'http://localhost:4000/',
    'http://127.0.0.1:5432/',
    'https://[::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://0x7f.1/',
    'file:///etc/passwd',
    'gopher://fcm.googleapis.com/',
    '//fcm.googleapis.com/',
    'not an address',
    '',
  ])
    assert.equal(readEndpoint(endpoint, production), undefined, endpoint);
});

test('a service on this machine is for tests', () => {
  const tests = { others: [], loopback: true };
  assert.ok(readEndpoint('http://127.0.0.1:8123/push/1', tests));
  for (const endpoint of ['http://127.0.0.2:80/', 'http://10.0.0.1/', 'https://127.0.0.1/', 'http://[::1]/'])
    assert.equal(readEndpoint(endpoint, tests), undefined, endpoint);
});
