import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seconds } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { openJustSaved } from './just-saved.ts';
import type { SignIn } from './sign-in.ts';

const clock = { at: 1_000_000, now: () => clock.at };
const signIn = (): SignIn => ({
  id: newId<'sign-in'>(),
  version: 1,
  aim: {
    target: { is: 'security-info' },
    demanded: {},
    notBefore: 0,
    returnTo: '/account',
    loginHint: undefined,
    language: undefined,
  },
  loginName: undefined,
  user: undefined,
  evidence: [],
  asked: {},
  step: { is: 'identify' },
  createdAt: clock.at,
  expiresAt: clock.at + seconds(900),
});
const [hers, his] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

test('what was saved is shown once, and then looked up', () => {
  const saved = openJustSaved(clock);
  const one = signIn();
  saved.keep(one, hers);
  assert.equal(saved.take(one.id, hers), one);
  assert.equal(saved.take(one.id, hers), undefined);
});

test('another browser is not shown it, and takes nothing away', () => {
  const saved = openJustSaved(clock);
  const one = signIn();
  saved.keep(one, hers);
  assert.equal(saved.take(one.id, his), undefined);
  assert.equal(saved.take(one.id, hers), one);
});

test('the last step is shown, and after two seconds nothing is', () => {
  const saved = openJustSaved(clock);
  const one = signIn();
  const next = { ...one, version: 2 };
  saved.keep(one, hers);
  saved.keep(next, hers);
  assert.equal(saved.take(one.id, hers), next);
  saved.keep(next, hers);
  clock.at += seconds(2);
  assert.equal(saved.take(one.id, hers), undefined);
});
