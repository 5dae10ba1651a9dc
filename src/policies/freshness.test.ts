import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../kit/clock.ts';
import { attempt, inShort, password } from './attempt.testing.ts';
import type { Evidence } from './evidence.ts';
import { ago, at, mfa, now, offer, policy, shown } from './testing.ts';

test('sign-in frequency makes old evidence not count, all of it or the second part', () => {
  const every = (signInFrequency: object) => [
    policy(1, {
      grantControls: mfa,
      sessionControls: { signInFrequency: { isEnabled: true, ...signInFrequency } },
    }),
  ];
  const twoHours = { type: 'hours', value: 2 };
  const second = { ...twoHours, authenticationType: 'secondaryAuthentication' };
  const each = { frequencyInterval: 'everyTime' };
  const old = ago.thisMorning;
  const table: readonly (readonly [object, readonly Evidence[], string])[] = [
    [twoHours, [...password, shown('text')], 'grant'],
    [twoHours, [shown('password', old), shown('text', old)], 'ask password'],
    [twoHours, [shown('password', old), shown('text')], 'ask password'],
    [twoHours, [shown('password'), shown('text', old)], 'ask phone'],
    [second, [shown('password', old), shown('text')], 'grant'],
    [second, [shown('password', old), shown('text', old)], 'ask phone'],
    [{ type: 'days', value: 1 }, [shown('password', old), shown('text', old)], 'grant'],
    [{ type: 'days', value: 1 }, [shown('password', ago.yesterday), shown('text')], 'ask password'],
    [each, [shown('password', minutes(4)), shown('text')], 'grant'],
    [each, [shown('password', minutes(6)), shown('text')], 'ask password'],
    [
      { ...twoHours, isEnabled: false },
      [shown('password', ago.yesterday), shown('text', ago.yesterday)],
      'grant',
    ],
  ];
  for (const [frequency, evidence, expected] of table) {
    const decision = attempt(every(frequency), { who: 'Ada', where: at.home, shown: evidence });
    assert.equal(
      inShort(decision),
      expected,
      JSON.stringify([frequency, evidence.map(e => [e.method, now - e.at])]),
    );
  }
  const stale = attempt(every(second), {
    who: 'Ada',
    where: at.home,
    shown: [...password, shown('text', old)],
  });
  assert.deepEqual(stale.outcome === 'ask' && stale.missing, [
    { kind: 'strength', strength: '00000000-0000-0000-0000-000000000002', stale: true },
  ]);
});

test('the strictest frequency holds for all, and never beats always', () => {
  const browser = (mode: string) => ({ persistentBrowser: { isEnabled: true, mode } });
  const hours = (value: number, authenticationType: string) => ({
    signInFrequency: { isEnabled: true, type: 'hours', value, authenticationType },
  });
  const policies = [
    policy(1, {
      sessionControls: { ...hours(8, 'primaryAndSecondaryAuthentication'), ...browser('always') },
    }),
    policy(2, { sessionControls: { ...hours(4, 'secondaryAuthentication'), ...browser('never') } }),
    policy(3, { sessionControls: hours(6, 'secondaryAuthentication') }),
  ];
  const granted = attempt(policies, { who: 'Ada', where: at.home, shown: password });
  assert.ok(granted.outcome === 'grant');
  assert.deepEqual(granted.session, {
    maxAge: minutes(8 * 60),
    secondFactorMaxAge: minutes(4 * 60),
    persistentBrowser: 'never',
  });
  assert.equal(granted.because.length, 3);

  const off = {
    ...hours(8, 'primaryAndSecondaryAuthentication'),
    persistentBrowser: { isEnabled: false, mode: 'never' },
  };
  const left = attempt([policy(1, { sessionControls: off })], {
    who: 'Ada',
    where: at.home,
    shown: password,
  });
  assert.equal(left.outcome === 'grant' && left.session.persistentBrowser, undefined);
});

test('an application that wants it fresh gets it fresh, and does not ask for ever', () => {
  const ada = (maxAge: number, age: number, since?: number) =>
    inShort(
      attempt([], {
        who: 'Ada',
        where: at.home,
        shown: [shown('password', age)],
        more: { demanded: { maxAge }, ...(since === undefined ? {} : { since: now - since }) },
      }),
    );
  assert.equal(ada(minutes(10), minutes(9)), 'grant');
  assert.equal(ada(minutes(10), minutes(11)), 'ask password');
  assert.equal(ada(0, minutes(1)), 'ask password');
  assert.equal(ada(0, minutes(1), minutes(2)), 'grant');
  assert.equal(ada(0, minutes(3), minutes(2)), 'ask password');
  assert.equal(ada(Number.NaN, 0), 'ask password');
});

test('evidence from the future, or without a time, does not count', () => {
  const at_ = (when: number) =>
    inShort(attempt([], { who: 'Ada', where: at.home, shown: [{ ...offer.password, at: when }] }));
  assert.equal(at_(now + 50), 'grant');
  assert.equal(at_(now + minutes(6)), 'ask password');
  assert.equal(at_(Number.NaN), 'ask password');
  assert.equal(at_(Number.POSITIVE_INFINITY), 'ask password');
});
