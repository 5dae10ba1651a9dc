import assert from 'node:assert/strict';
import test from 'node:test';
import type { UserId } from '../kit/ids.ts';
import { newId } from '../kit/ids.ts';
import { advance, type Offered, type Registration } from './registration.ts';

const app: Offered = { method: 'totp', kind: 'app' };
const mobile: Offered = { method: 'phone', kind: 'mobile' };

const begun: Registration = {
  id: newId(),
  version: 1,
  user: newId() as UserId,
  loginName: 'hanako',
  within: 'sign-in',
  returnTo: '/',
  first: true,
  offered: [app, mobile],
  asked: {},
  step: { is: 'choose', offered: [app, mobile] },
  createdAt: 0,
  expiresAt: 1,
};

const asked = (from: Registration, adding: Offered, challenge: object): Registration =>
  advance(advance(from, { is: 'chosen', adding }), { is: 'asked', draft: {}, challenge });

test('a method inherits its own last question, and never that of another method', () => {
  const withApp = asked(begun, app, { credential: 'c' });
  const withPhone = asked(advance(withApp, { is: 'went-back' }), mobile, { triesLeft: 5 });
  const wrong = advance(withPhone, {
    is: 'refused',
    refusal: { reason: 'wrong' },
    challenge: { triesLeft: 4 },
  });
  assert.deepEqual(wrong.asked, { totp: { credential: 'c' }, phone: { triesLeft: 4 } });

  const through = asked(advance(wrong, { is: 'went-back' }), app, { credential: 'd' });
  assert.deepEqual(through.asked.phone, { triesLeft: 4 }, 'the tries outlive a detour');
});
