import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acrValues, assurance, satisfiesAcr } from './assurance.ts';
import type { Evidence } from './evidence.ts';
import { builtInStrengths, hasStrength, strengthSchema } from './strengths.ts';
import { ago, now, type OfferName, offer, shown } from './testing.ts';

const [sfa, mfa, phr] = acrValues;

const shownAll = (names: string): readonly Evidence[] =>
  names === '' ? [] : names.split(' + ').map(name => shown(name as OfferName));

test('a claim says what was shown and no more', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['', '0', ''],
    ['password', sfa, 'pwd'],
    ['text', '0', 'sms'],
    ['password + text', mfa, 'mfa pwd sms'],
    ['password + call', mfa, 'mfa pwd tel'],
    ['password + totp', mfa, 'mfa otp pwd'],
    ['password + push', mfa, 'hwk mfa pwd'],
    ['totp + text', '0', 'otp sms'],
    ['passkey', phr, 'hwk mfa user'],
    ['password + passkey', phr, 'hwk mfa pwd user'],
    ['unlockedPush', mfa, 'hwk mfa user'],
    // a key that only saw a touch is possession, and its origin binding does not make the password safe
    ['touchedKey', '0', 'hwk user'],
    ['password + touchedKey', mfa, 'hwk mfa pwd user'],
    // the office's pass is one factor to an application, whatever a policy accepts
    ['pass', sfa, 'otp'],
    ['password + pass', sfa, 'otp pwd'],
    ['pass + text', mfa, 'mfa otp sms'],
    // where it counts, a code on paper is something that one has
    ['recoveryCode', '0', 'otp'],
    ['password + recoveryCode', mfa, 'mfa otp pwd'],
    // that is no proof for an application
    ['appPassword', '0', 'pwd'],
    ['password + appPassword', sfa, 'pwd'],
    ['appPassword + totp', '0', 'otp pwd'],
    ['password + password', sfa, 'pwd'],
  ];
  for (const [names, acr, amr] of table) {
    const said = assurance(shownAll(names));
    assert.equal(said.acr, acr, `acr of ${names}`);
    assert.equal(said.amr.join(' '), amr, `amr of ${names}`);
  }
});

test('an app password that claimed possession would still not make a second kind', () => {
  const claiming: Evidence = { ...offer.appPassword, factors: ['possession'], at: now };
  assert.equal(assurance([shown('password'), claiming]).acr, sfa);
});

test('values that RFC 8176 does not have, and mfa itself, are not passed on', () => {
  const boasting: Evidence = { ...offer.password, amr: ['pwd', 'mfa', 'quantum'], at: now };
  assert.deepEqual(assurance([boasting]).amr, ['pwd']);
});

test('the time is that of the last proof', () => {
  assert.equal(
    assurance([shown('password', ago.yesterday), shown('text', ago.lastHour)]).at,
    now - ago.lastHour,
  );
  assert.equal(assurance([]).at, 0);
});

test('a stronger proof satisfies a weaker demand, and an unknown demand is never satisfied', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['text', []],
    ['password', [sfa]],
    ['password + text', [sfa, mfa]],
    ['passkey', [sfa, mfa, phr]],
  ];
  for (const [names, reached] of table) {
    for (const acr of [...acrValues, '0', '', 'https://refeds.org/profile/MFA', 'urn:example:gold']) {
      assert.equal(satisfiesAcr(acr, shownAll(names)), reached.includes(acr), `${names} for ${acr}`);
    }
  }
});

test('the built-in strengths are met by what Entra would take, and by nothing less', () => {
  const table: readonly (readonly [string, boolean, boolean, boolean])[] = [
    // evidence, MFA, passwordless, phishing-resistant
    ['password', false, false, false],
    ['password + appPassword', false, false, false],
    ['password + text', true, false, false],
    ['password + totp', true, false, false],
    ['totp + text', false, false, false],
    ['password + push', true, false, false],
    ['unlockedPush', true, true, false],
    ['password + unlockedPush', true, true, false],
    ['passkey', true, true, true],
    ['touchedKey', false, false, false],
    ['password + touchedKey', true, false, false],
    ['pass', true, false, false],
    ['reusablePass', true, false, false],
  ];
  for (const [names, ...expected] of table) {
    const met = builtInStrengths.map(strength => hasStrength(strength, shownAll(names)));
    assert.deepEqual(met, expected, names);
  }
});

test('a custom strength is met by its combinations only', () => {
  const custom = (...allowedCombinations: string[]) =>
    strengthSchema.parse({
      id: '00000000-0000-7000-8000-0000000000c1',
      displayName: 'Ours',
      allowedCombinations,
    });
  const table: readonly (readonly [string, string, boolean])[] = [
    ['password,sms', 'password + text', true],
    ['sms,password', 'password + text', true],
    ['password,sms', 'password + call', false],
    ['password,sms', 'text', false],
    ['password,voice', 'password + call', true],
    ['password,softwareOath', 'password + totp', true],
    ['password,softwareOath', 'password + token', false],
    ['password,hardwareOath', 'password + token', true],
    ['password,microsoftAuthenticatorPush', 'password + push', true],
    ['deviceBasedPush', 'push', false],
    ['deviceBasedPush', 'unlockedPush', true],
    ['fido2', 'passkey', true],
    ['fido2', 'password + touchedKey', false],
    ['temporaryAccessPassOneTime', 'pass', true],
    ['temporaryAccessPassOneTime', 'reusablePass', false],
    ['temporaryAccessPassMultiUse', 'reusablePass', true],
    ['password,sms', 'passkey', false],
    ['password,sms', 'password + recoveryCode', false],
  ];
  for (const [allowed, names, expected] of table) {
    assert.equal(hasStrength(custom(allowed), shownAll(names)), expected, `${allowed} by ${names}`);
  }
  assert.ok(hasStrength(custom('fido2', 'password,sms'), shownAll('password + text')));
});

test('a custom strength weaker than MFA, unknown, or in a built-in one’s place is refused', () => {
  const good = {
    id: '00000000-0000-7000-8000-0000000000c1',
    displayName: 'Ours',
    allowedCombinations: ['fido2'],
  };
  assert.ok(strengthSchema.safeParse(good).success);
  const refused = [
    { ...good, allowedCombinations: [] },
    { ...good, allowedCombinations: ['password'] },
    { ...good, allowedCombinations: ['sms'] },
    { ...good, allowedCombinations: ['password,password'] },
    { ...good, allowedCombinations: ['windowsHelloForBusiness'] },
    { ...good, allowedCombination: ['fido2'] },
    { ...good, id: '00000000-0000-0000-0000-000000000004' },
  ];
  for (const strength of refused) assert.equal(strengthSchema.safeParse(strength).success, false);
});
