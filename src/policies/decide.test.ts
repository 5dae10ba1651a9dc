import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../kit/clock.ts';
import { compilePolicies } from './compile.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
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
  locations,
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

type Person = keyof typeof cast;

interface Attempt {
  readonly who: Person;
  readonly where: AccessRequest['address'];
  readonly target?: AccessRequest['target'];
  readonly shown?: readonly Evidence[];
  readonly more?: Partial<AccessRequest>;
}

const registering = { userAction: 'register-security-info' } as const;

function attempt(
  policies: readonly unknown[],
  { who, where, target, shown: evidence, more }: Attempt,
): Decision {
  const request: AccessRequest = {
    user: cast[who].user,
    target: target ?? { application: applications.mail },
    address: where,
    clientType: 'browser',
    ...more,
  };
  return decide(compilePolicies(policies, locations), request, evidence ?? [], cast[who].has, now);
}

/** A decision in a few words: `ask phone totp`, `grant`, `block policy`. */
function inShort(decision: Decision): string {
  switch (decision.outcome) {
    case 'grant':
    case 'unmet':
      return decision.outcome;
    case 'block':
      return `block ${decision.reason}`;
    default:
      return `${decision.outcome} ${decision.methods.join(' ')}`;
  }
}

const password = [shown('password')];
const skip = campusSkip({ id: policyId(1), displayName: 'Campus skip', state: 'enabled' });
const named = (n: number, state: 'enabled' | 'enabledForReportingButNotEnforced' | 'disabled') => ({
  id: policyId(n),
  displayName: `Policy ${n}`,
  state,
});

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

test('exclusion beats inclusion, and an empty include matches nobody', () => {
  const asks = (users: object, who: Person) =>
    inShort(
      attempt([policy(1, { conditions: { users }, grantControls: block })], {
        who,
        where: at.home,
        shown: password,
      }),
    );
  const { Ada, Boris } = { Ada: cast.Ada.user.id, Boris: cast.Boris.user.id };
  const table: readonly (readonly [object, Person, string])[] = [
    [{ includeUsers: ['All'] }, 'Ada', 'block policy'],
    [{ includeUsers: ['All'], excludeUsers: [Ada] }, 'Ada', 'grant'],
    [{ includeUsers: ['All'], excludeGroups: [groups.students] }, 'Ada', 'grant'],
    [{ includeUsers: ['All'], excludeRoles: ['administrator'] }, 'Boris', 'grant'],
    [{ includeUsers: [Boris], excludeRoles: ['administrator'] }, 'Boris', 'grant'],
    [{ includeUsers: [Ada] }, 'Ada', 'block policy'],
    [{ includeUsers: [Boris] }, 'Ada', 'grant'],
    [{ includeGroups: [groups.students] }, 'Ada', 'block policy'],
    [{ includeRoles: ['administrator'] }, 'Boris', 'block policy'],
    [{ includeRoles: ['administrator'] }, 'Ada', 'grant'],
    [{ includeUsers: ['None'] }, 'Ada', 'grant'],
    [{}, 'Ada', 'grant'],
  ];
  for (const [users, who, expected] of table)
    assert.equal(asks(users, who), expected, JSON.stringify([users, who]));
});

test('applications, client types and locations narrow a policy', () => {
  const asks = (conditions: object, more: Partial<AccessRequest> = {}, where = at.home) =>
    inShort(
      attempt([policy(1, { conditions, grantControls: block })], {
        who: 'Ada',
        where,
        shown: password,
        more,
      }),
    );
  assert.equal(asks({ applications: { includeApplications: ['mail'] } }), 'block policy');
  assert.equal(asks({ applications: { includeApplications: ['portal'] } }), 'grant');
  assert.equal(
    asks({ applications: { includeApplications: ['All'], excludeApplications: ['mail'] } }),
    'grant',
  );
  assert.equal(asks({ applications: {} }), 'grant');
  assert.equal(asks({ clientAppTypes: ['browser'] }), 'block policy');
  assert.equal(asks({ clientAppTypes: ['other', 'exchangeActiveSync'] }), 'grant');
  assert.equal(
    asks({ clientAppTypes: ['mobileAppsAndDesktopClients'] }, { clientType: 'mobileAppsAndDesktopClients' }),
    'block policy',
  );
  const places = (...includeLocations: string[]) => ({ locations: { includeLocations } });
  assert.equal(asks(places('AllTrusted'), {}, at.campus), 'block policy');
  assert.equal(asks(places('AllTrusted'), {}, at.home), 'grant');
  assert.equal(asks(places(place.guestWifi), {}, at.guestWifi), 'block policy');
  assert.equal(asks(places(place.guestWifi), {}, at.campus), 'grant');
  const but = { locations: { includeLocations: ['AllTrusted'], excludeLocations: [place.library] } };
  assert.equal(asks(but, {}, at.library), 'grant');
  assert.equal(asks(but, {}, at.campus), 'block policy');
});

test('where it cannot be told whether somebody is inside, the policy applies', () => {
  const asks = (where: AccessRequest['address'], rule: object) =>
    inShort(
      attempt([policy(1, { conditions: { locations: rule }, grantControls: mfa })], {
        who: 'Ada',
        where,
        shown: password,
      }),
    );
  assert.equal(asks(at.home, { includeLocations: [place.demolished] }), 'ask phone');
  assert.equal(
    asks(at.campus, { includeLocations: ['All'], excludeLocations: [place.demolished] }),
    'ask phone',
  );
  assert.equal(asks(undefined, { includeLocations: [place.guestWifi] }), 'ask phone');
  assert.equal(asks(undefined, { includeLocations: ['All'], excludeLocations: ['AllTrusted'] }), 'ask phone');
});

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

test('what cannot be read blocks, and says why to the operator only', () => {
  const broken: readonly unknown[] = [
    undefined,
    null,
    'MFA',
    {},
    policy(1, { state: 'on', grantControls: mfa }),
    policy(1, { conditions: { applications: { includeApplications: ['all'] } }, grantControls: mfa }),
    policy(1, { grantControls: strength(place.demolished) }),
  ];
  for (const one of broken) {
    const decision = attempt([one], { who: 'Boris', where: at.campus, shown: [shown('passkey')] });
    assert.equal(inShort(decision), 'block fault', JSON.stringify(one));
    assert.equal(decision.faults.length, 1);
    assert.match(decision.faults[0]?.message ?? '', /malformed|unknown-strength/);
  }
  const off = { ...(policy(1, {}) as object), state: 'disabled' };
  assert.equal(inShort(attempt([off], { who: 'Boris', where: at.campus, shown: password })), 'grant');
});

test('an exception inside a condition blocks; in report-only it is a failure', () => {
  const trap = {
    ...cast.Ada.user,
    get groups(): never {
      throw new Error('the directory fell over');
    },
  };
  const one = (state: string) => {
    const policies = compilePolicies([policy(1, { state, grantControls: mfa })]);
    const request: AccessRequest = {
      user: trap,
      target: { application: applications.mail },
      address: at.campus,
      clientType: 'browser',
    };
    return decide(policies, request, [...password, shown('text')], cast.Ada.has, now);
  };
  const enforced = one('enabled');
  assert.equal(inShort(enforced), 'block fault');
  assert.deepEqual(enforced.faults, [
    { policy: { id: policyId(1), displayName: 'Policy 1' }, message: 'the directory fell over' },
  ]);
  const reported = one('enabledForReportingButNotEnforced');
  assert.equal(inShort(reported), 'grant');
  assert.equal(reported.reportOnly[0]?.outcome, 'failure');
  assert.equal(reported.faults.length, 1);
  assert.equal(inShort(one('disabled')), 'grant');
});

test('arguments that have lost their shape block', () => {
  const policies = compilePolicies([skip], locations);
  const request: AccessRequest = {
    user: cast.Ada.user,
    target: { application: applications.mail },
    address: at.home,
    clientType: 'browser',
  };
  const lost: readonly (readonly [unknown, unknown])[] = [
    [undefined, []],
    [[{ method: 'password' }], []],
    [[null], []],
    [[{ method: 'phone', amr: ['sms'], at: now }, ...password], cast.Ada.has],
  ];
  for (const [evidence, offers] of lost) {
    const decision = decide(policies, request, evidence as Evidence[], offers as [], now);
    assert.equal(inShort(decision), 'block fault', JSON.stringify([evidence, offers]));
    assert.equal(decision.faults.length, 1);
  }
  const phone = { method: 'phone', traits: [], amr: ['sms'], at: now };
  const unread = [...password, phone] as readonly Evidence[];
  assert.equal(inShort(decide(policies, request, unread, cast.Ada.has, now)), 'block fault');
  // A factor that nobody knows is not a second kind.
  const guessed = [...password, { ...phone, factors: ['telepathy'] }] as readonly unknown[];
  assert.equal(inShort(decide(policies, request, guessed as Evidence[], cast.Ada.has, now)), 'ask phone');
  const nobody = decide(policies, {} as AccessRequest, password, cast.Ada.has, now);
  assert.equal(nobody.outcome, 'block');
});
