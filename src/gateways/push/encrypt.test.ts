import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import { test } from 'node:test';
import { encryptPush } from './encrypt.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

test('a message is encrypted as the example of RFC 8291 §5', () => {
  const key = createECDH('prime256v1');
  key.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
  const message = encryptPush(
    'When I grow up, I want to be a watermelon',
    {
      point: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
      secret: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
    },
    { key, salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') },
  );
  assert.equal(
    message.toString('base64url'),
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('a point that is not on the curve is refused, and so is a message that is too long', () => {
  const key = createECDH('prime256v1').generateKeys();
  const secret = Buffer.alloc(16);
  const off = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]);
  assert.throws(() => encryptPush('x', { point: off, secret }));
  assert.throws(() => encryptPush('x'.repeat(4080), { point: key, secret }));
  assert.equal(encryptPush('x'.repeat(4079), { point: key, secret }).length, 16 + 4 + 1 + 65 + 4096);
});
