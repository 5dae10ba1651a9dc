import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Attempt,
  attempt,
  inShort,
  named,
  type Person,
  password,
  registering,
  skip,
} from './attempt.testing.ts';
import { compilePolicies } from './compile.ts';
import { decide } from './decide.ts';
import type { Evidence } from './evidence.ts';
import type { AccessRequest } from './request.ts';
import { campusSkip, multiFactorEverywhere, securityInfoOffCampus } from './templates.ts';
import {
  ago,
  applications,
  at,
  block,
  cast,
  groups,
  mfa,
  now,
  offCampus,
  offer,
  place,
  policy,
  policyId,
  shown,
  strength,
} from './testing.ts';

const everyOne = 'passkey authenticator hardware-token totp phone';
const prepares = [
  multiFactorEverywhere(named(1, 'enabled')),
  campusSkip(named(2, 'enabledForReportingButNotEnforced')),
];
const phishingResistant = strength('00000000-0000-0000-0000-000000000004');
const acr = (value: string) => ({ demanded: { acr: [value] } });

const sentences: readonly (readonly [string, readonly unknown[], Attempt, string])[] = [
  // nothing but the first factor
  ['Ada gives her name where there are no policies', [], { who: 'Ada', where: at.home }, 'ask password'],
  [
    'Ada gives her password where there are no policies',
    [],
    { who: 'Ada', where: at.home, shown: password },
    'grant',
  ],
  ['Boris may begin with his key', [], { who: 'Boris', where: at.home }, 'ask passkey password'],
  ['Boris’s key is enough', [], { who: 'Boris', where: at.home, shown: [shown('passkey')] }, 'grant'],
  [
    'a code from Dora’s telephone would not say who begins',
    [],
    { who: 'Dora', where: at.home, shown: [shown('totp')] },
    'ask password',
  ],
  [
    'a recovery code alone opens nothing',
    [],
    { who: 'Dora', where: at.home, shown: [shown('recoveryCode')] },
    'ask password',
  ],
  [
    'an app password is nothing in a browser',
    [],
    { who: 'Dora', where: at.home, shown: [shown('appPassword')] },
    'ask password',
  ],
  [
    'an app password is enough for an old mail program',
    [],
    { who: 'Dora', where: at.home, shown: [shown('appPassword')], more: { clientType: 'other' } },
    'grant',
  ],

  // the campus skip of the manual
  ['Ada signs in at home', [skip], { who: 'Ada', where: at.home, shown: password }, 'ask phone'],
  [
    'Ada answers her phone at home',
    [skip],
    { who: 'Ada', where: at.home, shown: [...password, shown('text')] },
    'grant',
  ],
  ['Ada is not sent a text for her mere name', [skip], { who: 'Ada', where: at.home }, 'ask password'],
  ['Ada signs in on campus', [skip], { who: 'Ada', where: at.campus, shown: password }, 'grant'],
  [
    'Ada signs in on campus over IPv6',
    [skip],
    { who: 'Ada', where: at.campusOverIPv6, shown: password },
    'grant',
  ],
  ['Ada signs in at the library', [skip], { who: 'Ada', where: at.library, shown: password }, 'grant'],
  [
    'Ada signs in on the guests’ Wi-Fi',
    [skip],
    { who: 'Ada', where: at.guestWifi, shown: password },
    'ask phone',
  ],
  [
    'Ada comes from nobody knows where',
    [skip],
    { who: 'Ada', where: undefined, shown: password },
    'ask phone',
  ],
  ['Boris’s key alone is MFA', [skip], { who: 'Boris', where: at.home, shown: [shown('passkey')] }, 'grant'],
  [
    'Dora’s recovery code leads into no application',
    [skip],
    { who: 'Dora', where: at.home, shown: password },
    'ask totp',
  ],
  [
    'Dora’s recovery code does not count for mail',
    [skip],
    { who: 'Dora', where: at.home, shown: [...password, shown('recoveryCode')] },
    'ask totp',
  ],
  [
    'Dora’s recovery code may be asked for where the organisation lets it lead to mail',
    [skip],
    { who: 'Dora', where: at.home, shown: password, more: { recoveryCodes: 'applications' } },
    'ask totp recovery-code',
  ],
  [
    'Dora’s recovery code leads to mail where the organisation says so',
    [skip],
    {
      who: 'Dora',
      where: at.home,
      shown: [...password, shown('recoveryCode')],
      more: { recoveryCodes: 'applications' },
    },
    'grant',
  ],
  [
    'and still says nothing without the password',
    [skip],
    { who: 'Dora', where: at.home, shown: [shown('recoveryCode')], more: { recoveryCodes: 'applications' } },
    'ask password',
  ],
  [
    'Chen owes a registration',
    [skip],
    { who: 'Chen', where: at.home, shown: password },
    `register ${everyOne}`,
  ],
  ['Chen gives her name first', [skip], { who: 'Chen', where: at.home }, 'ask password'],
  [
    'Chen has a pass from the office',
    [skip],
    { who: 'Chen', where: at.home, shown: [shown('pass')] },
    'grant',
  ],
  [
    'Chen may register nothing that would help',
    [skip],
    { who: 'Chen', where: at.home, shown: password, more: { registrable: [] } },
    'block cannot-be-met',
  ],
  [
    'Chen may register a phone only',
    [skip],
    { who: 'Chen', where: at.home, shown: password, more: { registrable: [offer.phone] } },
    'register phone',
  ],

  // while the campus skip is being prepared
  [
    'Ada on campus, while the skip is prepared',
    prepares,
    { who: 'Ada', where: at.campus, shown: password },
    'ask phone',
  ],
  [
    'a policy that is off is not there',
    [campusSkip(named(1, 'disabled'))],
    { who: 'Ada', where: at.home, shown: password },
    'grant',
  ],
  [
    'a policy in report-only asks nothing',
    [campusSkip(named(1, 'enabledForReportingButNotEnforced'))],
    { who: 'Ada', where: at.home, shown: password },
    'grant',
  ],

  // what the application asks for, it gets, on campus too
  [
    'the library wants MFA from Ada on campus',
    [skip],
    { who: 'Ada', where: at.campus, shown: password, more: acr('https://refeds.org/profile/mfa') },
    'ask phone',
  ],
  [
    'Chen on campus has nothing for the library',
    [skip],
    { who: 'Chen', where: at.campus, shown: password, more: acr('https://refeds.org/profile/mfa') },
    `register ${everyOne}`,
  ],
  [
    'the office’s pass is not what the library asked for',
    [skip],
    { who: 'Chen', where: at.campus, shown: [shown('pass')], more: acr('https://refeds.org/profile/mfa') },
    `register ${everyOne}`,
  ],
  [
    'nothing can be registered, so the library is told',
    [skip],
    {
      who: 'Chen',
      where: at.campus,
      shown: password,
      more: { ...acr('https://refeds.org/profile/mfa'), registrable: [] },
    },
    'unmet',
  ],
  [
    'nobody reaches a level that nobody knows',
    [],
    { who: 'Boris', where: at.home, shown: [shown('passkey')], more: acr('urn:example:gold') },
    'unmet',
  ],
  [
    'an unknown level beside a known one does no harm',
    [],
    {
      who: 'Boris',
      where: at.home,
      shown: [shown('passkey')],
      more: { demanded: { acr: ['urn:example:gold', 'phr'] } },
    },
    'grant',
  ],
  [
    'an unknown strength is never met',
    [],
    {
      who: 'Boris',
      where: at.home,
      shown: [shown('passkey')],
      more: { demanded: { strength: place.demolished } },
    },
    'unmet',
  ],
  [
    'Ada has no key, and shows her phone before she adds one',
    [],
    { who: 'Ada', where: at.campus, shown: password, more: acr('phr') },
    'ask phone',
  ],
  [
    'Ada has shown her phone and may add a key',
    [],
    { who: 'Ada', where: at.campus, shown: [...password, shown('call')], more: acr('phr') },
    'register passkey',
  ],
  [
    'Dora may show a recovery code before she adds a key',
    [],
    { who: 'Dora', where: at.home, shown: password, more: acr('phr') },
    'ask totp recovery-code',
  ],
  [
    'Dora has shown a recovery code and may add a key',
    [],
    { who: 'Dora', where: at.home, shown: [...password, shown('recoveryCode')], more: acr('phr') },
    'register passkey',
  ],
];

for (const [sentence, policies, what, expected] of sentences) {
  test(sentence, () => {
    assert.equal(inShort(attempt(policies, what)), expected);
  });
}

test('security information: on campus the password is enough, elsewhere MFA or a recovery code', () => {
  const policies = [skip, securityInfoOffCampus(named(2, 'enabled'))];
  const says = (who: Person, where: AccessRequest['address'], evidence: readonly Evidence[]) =>
    inShort(attempt(policies, { who, where, target: registering, shown: evidence }));
  assert.equal(says('Ada', at.campus, password), 'grant');
  assert.equal(says('Ada', at.home, password), 'ask phone');
  assert.equal(says('Ada', undefined, password), 'ask phone');
  assert.equal(says('Ada', at.home, [...password, shown('text')]), 'grant');
  assert.equal(says('Dora', at.home, password), 'ask totp recovery-code');
  assert.equal(says('Dora', at.home, [...password, shown('recoveryCode')]), 'grant');
  assert.equal(says('Chen', at.home, password), `register ${everyOne}`);
});

test('a policy for applications says nothing about security information, and the reverse', () => {
  const onlyRegistering = [securityInfoOffCampus(named(1, 'enabled'))];
  assert.equal(
    inShort(attempt([skip], { who: 'Ada', where: at.home, target: registering, shown: password })),
    'grant',
  );
  assert.equal(inShort(attempt(onlyRegistering, { who: 'Ada', where: at.home, shown: password })), 'grant');
});

test('a block wins over everything, and is told only to whom is known', () => {
  const policies = [
    policy(1, { conditions: { users: { includeGroups: [groups.students] } }, grantControls: block }),
    policy(2, { grantControls: mfa }),
  ];
  const ada = (evidence: readonly Evidence[]) =>
    attempt(policies, { who: 'Ada', where: at.home, shown: evidence });
  assert.equal(inShort(ada([])), 'ask password');
  assert.equal(inShort(ada([shown('text')])), 'ask password');
  assert.equal(inShort(ada(password)), 'block policy');
  assert.equal(inShort(ada([shown('password', ago.yesterday)])), 'block policy');
  assert.equal(inShort(ada([...password, shown('text')])), 'block policy');
  assert.deepEqual(ada(password).outcome === 'block' && ada(password), {
    outcome: 'block',
    reason: 'policy',
    because: [{ id: policyId(1), displayName: 'Policy 1' }],
    reportOnly: [],
    faults: [],
  });
  assert.equal(inShort(attempt(policies, { who: 'Dora', where: at.home, shown: password })), 'ask totp');
});

test('who has no first factor at all is not let in', () => {
  const request = {
    user: cast.Ada.user,
    target: registering,
    address: at.home,
    clientType: 'browser',
  } as const;
  for (const offers of [[], [offer.text], [offer.recoveryCode], [offer.appPassword]]) {
    assert.equal(inShort(decide(compilePolicies([]), request, [], offers, now)), 'block no-first-factor');
  }
});

test('requirements add up', () => {
  const policies = [
    policy(1, { grantControls: mfa }),
    policy(2, {
      conditions: { applications: { includeApplications: ['payroll'] } },
      grantControls: phishingResistant,
    }),
  ];
  const payroll = { target: { application: applications.payroll } };
  const boris = (evidence: readonly Evidence[], more: object = payroll) =>
    attempt(policies, { who: 'Boris', where: at.home, shown: evidence, ...more });
  assert.equal(inShort(boris(password, {})), 'ask passkey');
  assert.equal(inShort(boris([])), 'ask passkey');
  assert.equal(inShort(boris([shown('passkey')])), 'grant');
  assert.equal(inShort(boris([...password, shown('totp')])), 'ask passkey');
  const dora = attempt(policies, {
    who: 'Dora',
    where: at.home,
    shown: [...password, shown('totp')],
    ...payroll,
  });
  assert.equal(inShort(dora), 'register passkey');
  assert.deepEqual(dora.outcome === 'register' && dora.because.map(p => p.id), [policyId(2)]);
  assert.deepEqual(dora.outcome === 'register' && dora.missing, [
    { kind: 'strength', strength: '00000000-0000-0000-0000-000000000004', stale: false },
  ]);
});

test('a network raises no assurance', () => {
  const granted = attempt([skip], { who: 'Ada', where: at.campus, shown: password });
  assert.ok(granted.outcome === 'grant');
  assert.equal(granted.assurance.acr, 'https://refeds.org/profile/sfa');
  assert.deepEqual(granted.assurance.amr, ['pwd']);
});

test('report-only is judged for every policy, and lets nobody in or out', () => {
  const state = 'enabledForReportingButNotEnforced';
  const policies = [
    policy(1, { state, grantControls: mfa }),
    policy(2, { state, grantControls: block }),
    policy(3, { state, conditions: { locations: offCampus }, grantControls: mfa }),
    policy(4, { state, conditions: { users: { includeGroups: [groups.staff] } }, grantControls: block }),
    policy(5, { state, grantControls: phishingResistant }),
    { id: policyId(6), state, displayName: 'Broken', conditions: 'none' },
  ];
  const outcomes = (
    who: Person,
    where: AccessRequest['address'],
    evidence: readonly Evidence[],
    more = {},
  ) => {
    const decision = attempt(policies, { who, where, shown: evidence, more });
    assert.equal(decision.outcome, 'grant');
    return decision.reportOnly.map(r => r.outcome);
  };
  assert.deepEqual(outcomes('Ada', at.campus, password), [
    'interrupted',
    'failure',
    'notApplied',
    'notApplied',
    'interrupted',
    'failure',
  ]);
  assert.deepEqual(outcomes('Ada', at.home, [...password, shown('text')], { registrable: [] }), [
    'success',
    'failure',
    'success',
    'notApplied',
    'failure',
    'failure',
  ]);
});
