import assert from 'node:assert/strict';
import test from 'node:test';
import { signing } from '../../../src/methods/authenticator/statement.ts';
import { fromText } from './bytes.ts';
import { makeKey, sign } from './key.ts';

test('the key that signs is given to nobody', async () => {
  const { key } = await makeKey();
  assert.deepEqual([key.type, key.extractable, key.usages], ['private', false, ['sign']]);
  for (const format of ['jwk', 'pkcs8'] as const)
    await assert.rejects(crypto.subtle.exportKey(format, key), { name: 'InvalidAccessError' });
  const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey']);
  const wrapped = crypto.subtle.wrapKey('jwk', key, wrapping, { name: 'AES-GCM', iv: new Uint8Array(12) });
  await assert.rejects(wrapped, { name: 'InvalidAccessError' });
});

test('what it signs is known by the point that the server is given', async () => {
  const { key, publicKey } = await makeKey();
  const point = await crypto.subtle.importKey('raw', fromText(publicKey), signing, false, ['verify']);
  const said = new TextEncoder().encode('what was shown');
  const signature = fromText(await sign(key, said));
  assert.ok(await crypto.subtle.verify(signing, point, signature, said));
  assert.ok(!(await crypto.subtle.verify(signing, point, signature, new TextEncoder().encode('another'))));
});
