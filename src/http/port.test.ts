import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNotListening } from './port.ts';

const at = { host: '127.0.0.1', port: 443, setting: 'listen.port' };

for (const [code, sentence] of [
  ['EADDRINUSE', /^Port 443 on 127\.0\.0\.1 is in use by another program.*listen\.port/],
  ['EACCES', /^Port 443 on 127\.0\.0\.1 may not be opened by this user.*listen\.port/],
] as const)
  test(`a port that is not to be had (${code}) is named, with the setting`, () => {
    const why = whyNotListening(Object.assign(new Error('listen'), { code }), at);
    assert.ok(why instanceof Error && why.name === 'PortRefused');
    assert.match(why.message, sentence);
  });

test('whatever else is wrong is told as it is', () => {
  const error = new Error('the database is away');
  assert.equal(whyNotListening(error, at), error);
});
