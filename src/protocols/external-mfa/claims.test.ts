import assert from 'node:assert/strict';
import test from 'node:test';
import type { Evidence } from '../../policies/evidence.ts';
import { acceptedBy, readWants, toldOf } from './claims.ts';

const all = 'face fido fpt hwk iris otp pop retina sc sms swk tel vbm'.split(' ');
const asked = (acr: unknown, amr: unknown = all): string =>
  JSON.stringify({
    id_token: { acr: { essential: true, values: acr }, amr: { essential: true, values: amr } },
  });

const proof = (amr: string[], method: Evidence['method'] = 'phone'): Evidence => ({
  method,
  factors: ['possession'],
  traits: [],
  amr,
  at: 1,
});
const first: Evidence = { method: 'federated', factors: ['knowledge'], traits: [], amr: [], at: 0 };

test('the answer names one level and one method of what was asked for', () => {
  const wants = readWants(asked(['possessionorinherence']));
  assert.ok(wants);
  assert.deepEqual(toldOf(wants, [first, proof(['sms', 'otp'])]), {
    acr: 'possessionorinherence',
    amr: 'sms',
  });
  assert.deepEqual(toldOf(wants, [first, proof(['tel'])]), { acr: 'possessionorinherence', amr: 'tel' });
  assert.deepEqual(toldOf(wants, [first, proof(['otp'], 'totp')]), {
    acr: 'possessionorinherence',
    amr: 'otp',
  });
});

test('the last proof is told, and what was shown to Microsoft never is', () => {
  const wants = readWants(asked(['possession', 'inherence']));
  assert.ok(wants);
  assert.equal(toldOf(wants, [first]), undefined);
  assert.deepEqual(toldOf(wants, [first, proof(['sms']), proof(['otp'], 'totp')]), {
    acr: 'possession',
    amr: 'otp',
  });
});

test('a proof of the kind that was shown already does not answer', () => {
  const wants = readWants(asked(['knowledgeorinherence']));
  assert.ok(wants);
  assert.deepEqual(acceptedBy(wants), ['face', 'fpt', 'iris', 'retina', 'vbm']);
  assert.equal(toldOf(wants, [first, proof(['sms', 'otp'])]), undefined);
});

test('of several values that we could tell, one that was asked for is told', () => {
  const wants = readWants(asked(['possessionorinherence'], ['otp', 'tel']));
  assert.ok(wants);
  assert.deepEqual(toldOf(wants, [proof(['sms', 'otp'])]), { acr: 'possessionorinherence', amr: 'otp' });
});

for (const [what, claims] of Object.entries({
  'nothing that is JSON': '{',
  'no level': '{"id_token":{"amr":{"values":["sms"]}}}',
  'a level that nobody knows': asked(['mfa']),
  'only what one knows': asked(['knowledge']),
  'no method that we know': asked(['possession'], ['pwd', 'magic']),
  'a method of another kind than the level': asked(['inherence'], ['sms', 'tel']),
  'levels that are no list': asked({ 0: 'possession' }),
  null: 'null',
}))
  test(`a request for ${what} asks for nothing that could be answered`, () => {
    assert.equal(readWants(claims), undefined);
  });
