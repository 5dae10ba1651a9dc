import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CredentialId, UserId } from '../../kit/ids.ts';
import { judge } from './answers.ts';
import type { Answer } from './api.ts';
import { lifetime, type Request, standingOf } from './requests.ts';

const request: Request = {
  id: 'r',
  user: 'u' as UserId,
  device: 'd',
  correlation: 'c',
  purpose: 'sign-in',
  challenge: Buffer.alloc(16, 1),
  shown: { application: '履修登録', address: '203.0.113.7', trusted: false },
  number: '42',
  state: 'pending',
  askedAt: 1_000_000,
  expiresAt: 1_000_000 + lifetime,
};
const device = { id: 'd' as CredentialId, user: 'u' as UserId };
const answer: Answer = {
  request: 'r',
  challenge: request.challenge.toString('base64url'),
  user: 'u',
  application: '履修登録',
  address: '203.0.113.7',
  trusted: false,
  askedAt: 1_000_000,
  decision: 'approve',
  number: '42',
};

test('an answer approves what it shows, by the number on the page', () => {
  assert.deepEqual(judge(request, device, answer), { state: 'approved' });
  assert.deepEqual(judge(request, device, { ...answer, number: '24' }), { state: 'wrong' });
  assert.deepEqual(judge(request, device, { ...answer, number: '' }), { state: 'wrong' });
});

test('what was shown is part of it: anything else uses the one try up', () => {
  for (const lie of [
    { application: '成績' },
    { address: '198.51.100.1' },
    { trusted: true },
    { askedAt: 1_000_001 },
    { user: 'v' },
    { challenge: Buffer.alloc(16, 2).toString('base64url') },
    { challenge: 'AA' },
  ])
    assert.deepEqual(judge(request, device, { ...answer, ...lie }), { state: 'wrong', altered: true });
});

test('whoever says no is believed, whatever they were shown', () => {
  const lied = { ...answer, application: '成績', number: '' };
  assert.deepEqual(judge(request, device, { ...lied, decision: 'deny' }), { state: 'declined' });
  assert.deepEqual(judge(request, device, { ...lied, decision: 'report' }), { state: 'reported' });
});

test('another device, person or request is not meant', () => {
  const none = { state: 'not-for-this' };
  assert.deepEqual(judge(request, { ...device, id: 'e' as CredentialId }, answer), none);
  assert.deepEqual(judge(request, { ...device, user: 'v' as UserId }, answer), none);
  assert.deepEqual(judge(request, device, { ...answer, request: 's', decision: 'report' }), none);
});

test('where a question stands, for the page that asked it', () => {
  const at = request.askedAt;
  const over = request.expiresAt + 1;
  assert.equal(standingOf('r', request, at), 'waiting');
  assert.equal(standingOf('r', request, over), 'ignored');
  assert.equal(standingOf('r', undefined, at), 'replaced');
  assert.equal(standingOf('q', request, at), 'replaced');
  assert.equal(standingOf('r', { ...request, state: 'approved' }, over), 'approved');
  assert.equal(standingOf('r', { ...request, state: 'approved' }, over + 5 * 60_000), 'ignored');
  assert.equal(standingOf('r', { ...request, state: 'spent' }, at), 'replaced');
  for (const state of ['declined', 'reported', 'wrong'] as const)
    assert.equal(standingOf('r', { ...request, state }, over), state);
});
