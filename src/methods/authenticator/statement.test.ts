import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { isSignedBy, keyOf } from './knock.ts';
import { registering, requesting, statement } from './statement.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('a statement is its name and its fields, each with its length in bytes', () => {
  assert.equal(
    text(statement('request', ['a', '玄関', ''])),
    '30:genkan-authenticator/1 request\n1:a\n6:玄関\n0:',
  );
  const from = { device: 'd', at: 5, nonce: 'n', body: '{}' };
  assert.equal(
    text(requesting('https://id.example', 'pull', from)),
    '30:genkan-authenticator/1 request\n18:https://id.example\n4:pull\n1:d\n1:5\n1:n\n2:{}',
  );
});

test('no two statements are the same bytes, however their fields are cut', () => {
  const said = [
    statement('request', ['ab', 'c']),
    statement('request', ['a', 'bc']),
    statement('request', ['a\n2:bc']),
    statement('request', ['abc']),
    statement('request', ['abc', '']),
    statement('register', ['abc']),
    statement('request', ['a\n1:b', 'c']),
  ].map(text);
  assert.equal(new Set(said).size, said.length);
});

test('a signature is of one key and one statement, to the last bit', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const part = (coordinate: string | undefined) => Buffer.from(coordinate ?? '', 'base64url');
  const point = Buffer.concat([Buffer.of(4), part(jwk.x), part(jwk.y)]);
  const said = registering('https://id.example', { token: 't', publicKey: 'p', name: 'n' });
  const signature = sign('sha256', said, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  assert.ok(isSignedBy(point, said, signature.toString('base64url')));
  for (let bit = 0; bit < signature.length * 8; bit += 7) {
    const flipped = Buffer.from(signature);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.ok(!isSignedBy(point, said, flipped.toString('base64url')), `bit ${bit}`);
  }
  for (const other of ['', 'AA', Buffer.alloc(64).toString('base64url')])
    assert.ok(!isSignedBy(point, said, other));
  assert.ok(
    !isSignedBy(
      point,
      requesting('https://id.example', 'pull', { device: 't', at: 1, nonce: 'p', body: 'n' }),
      signature.toString('base64url'),
    ),
  );
});

test('what is not a point of the curve is no key', () => {
  for (const point of [
    Buffer.alloc(0),
    Buffer.alloc(65),
    Buffer.concat([Buffer.of(4), Buffer.alloc(64)]),
    Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)]),
    Buffer.concat([Buffer.of(2), Buffer.alloc(32, 1)]),
  ])
    assert.equal(keyOf(point), undefined);
});
