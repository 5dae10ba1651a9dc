import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import test from 'node:test';
import { selfSigned } from './certificate.ts';

test('a key becomes a certificate that others can read and that vouches for itself', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const from = Date.UTC(2026, 10, 24);
  const certificate = selfSigned({ name: 'Genkan 鍵', publicKey, privateKey, from });
  const read = new X509Certificate(certificate);
  assert.equal(read.subject, 'CN=Genkan 鍵');
  assert.ok(read.verify(publicKey));
  assert.ok(read.checkIssued(read));
  assert.ok(read.publicKey.equals(publicKey));
  assert.equal(Date.parse(read.validFrom), from - 86_400_000);
  assert.ok(Date.parse(read.validTo) > Date.UTC(2036, 0, 1));
  const told = execFileSync('openssl', ['x509', '-inform', 'der', '-noout', '-text'], { input: certificate });
  assert.match(told.toString(), /Version: 3 \(0x2\)[\s\S]*sha256WithRSAEncryption/);
});
