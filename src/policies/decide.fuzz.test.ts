import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '../http/address.ts';
import { days, hours, minutes } from '../kit/clock.ts';
import type { ApplicationId, GroupId, UserId } from '../kit/ids.ts';
import { satisfiesAcr } from './assurance.ts';
import { compilePolicies } from './compile.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { explain } from './explain.ts';
import type { ClientType } from './policy.ts';
import { clientTypes, policyStates } from './policy.ts';
import { type Answer, type Case, type RawPolicy, reference } from './reference.testing.ts';
import type { AccessRequest } from './request.ts';
import {
  at,
  cast,
  locations,
  now,
  type OfferName,
  offer,
  place,
  policyId,
  type Random,
  random,
} from './testing.ts';

const rounds = 10_000;
const requestsPerRound = 3;

const custom = {
  id: '00000000-0000-7000-8000-0000000000c1',
  displayName: 'Password and a text or a code',
  allowedCombinations: ['password,sms', 'password,softwareOath'],
};
const people = Object.values(cast).map(({ user }) => user);
const anyUser = people.map(u => u.id);
const anyGroup = [...new Set(people.flatMap(u => u.groups))];
const anyRole = ['administrator', 'operator'];
const anyApplication = ['mail', 'portal', 'payroll'];
const anyLocation = ['AllTrusted', place.campus, place.guestWifi, place.demolished];
const names = Object.keys(offer) as OfferName[];
const strengths = [2, 3, 4].map(n => `00000000-0000-0000-0000-00000000000${n}`).concat(custom.id);
const ages = [
  -minutes(10),
  -1000,
  0,
  minutes(1),
  minutes(5),
  minutes(6),
  hours(1),
  hours(2),
  hours(30),
  days(40),
];

/** Makes cases out of a source of randomness. */
function maker({ pick }: Random) {
  const one = <T>(items: readonly T[]): T => items[pick(items.length)] as T;
  const some = <T>(items: readonly T[], upTo = 2): T[] => [
    ...new Set(Array.from({ length: pick(upTo + 1) }, () => one(items))),
  ];
  const seldom = <T>(items: readonly T[]): T[] => (pick(5) === 0 ? some(items) : []);

  const policy = (n: number): RawPolicy => {
    const registering = pick(5) === 0;
    const include = one([['All'], some(anyLocation), some(anyLocation)]);
    const everyTime = pick(3) === 0;
    const grant = one([
      null,
      { builtInControls: ['mfa'] },
      { builtInControls: ['mfa'] },
      { authenticationStrength: { id: one(strengths) } },
      ...(pick(4) === 0 ? [{ builtInControls: ['block'] }] : []),
    ]);
    return {
      id: policyId(n),
      displayName: `Policy ${n}`,
      state: one([...policyStates, 'enabled', 'enabled']),
      conditions: {
        users: {
          includeUsers: one([['All'], ['All'], ['None'], some(anyUser)]),
          excludeUsers: seldom(anyUser),
          includeGroups: seldom(anyGroup),
          excludeGroups: seldom(anyGroup),
          includeRoles: seldom(anyRole),
          excludeRoles: seldom(anyRole),
        },
        applications: registering
          ? { includeUserActions: ['urn:user:registersecurityinfo'] }
          : {
              includeApplications: one([['All'], ['All'], some(anyApplication)]),
              excludeApplications: seldom(anyApplication),
            },
        clientAppTypes: one([['all'], ['all'], ['browser', one(clientTypes)]]),
        ...(pick(2) === 0 || include.length === 0
          ? {}
          : { locations: { includeLocations: include, excludeLocations: some(anyLocation, 1) } }),
      },
      grantControls: grant,
      sessionControls:
        grant !== null && pick(3) > 0
          ? null
          : {
              signInFrequency: {
                isEnabled: grant === null || pick(4) > 0,
                frequencyInterval: everyTime ? 'everyTime' : 'timeBased',
                ...(everyTime ? {} : { type: one(['hours', 'days']), value: 1 + pick(3) }),
                authenticationType: one(['primaryAndSecondaryAuthentication', 'secondaryAuthentication']),
              },
            },
    };
  };

  const acrs = [
    'https://refeds.org/profile/sfa',
    'https://refeds.org/profile/mfa',
    'phr',
    'urn:example:gold',
  ];
  const context = (policies: readonly RawPolicy[]): Case => ({
    policies,
    locations,
    user: one(people),
    application: pick(5) === 0 ? undefined : one(anyApplication),
    address: one([undefined, ...Object.values(at).map(a => a.text)]),
    clientType: one(['browser', 'browser', ...clientTypes]),
    acr: pick(4) === 0 ? some(acrs) : undefined,
    maxAge: pick(6) === 0 ? one([0, minutes(5), hours(1)]) : undefined,
    since: pick(4) === 0 ? now - one([0, minutes(1), minutes(6)]) : undefined,
    recoveryCodes: one([undefined, 'security-info', 'applications']),
    shown: [...(pick(3) > 0 ? (['password'] as const) : []), ...some(names)].map(name => ({
      name,
      at: now - one(ages),
    })),
    offers: [...(pick(8) > 0 ? (['password'] as const) : []), ...some(names, pick(2) * 3)],
    registrable: one<OfferName[]>([some(names, 2), ['phone', 'totp', 'passkey'], []]),
    now,
  });
  return { policies: () => Array.from({ length: pick(5) }, (_, n) => policy(n)), context };
}

function requestOf(c: Case): AccessRequest {
  const address = c.address === undefined ? undefined : parseAddress(c.address);
  const demanded = {
    ...(c.acr === undefined ? {} : { acr: c.acr }),
    ...(c.maxAge === undefined ? {} : { maxAge: c.maxAge }),
  };
  return {
    user: { id: c.user.id as UserId, groups: c.user.groups as GroupId[], roles: c.user.roles },
    target:
      c.application === undefined
        ? { userAction: 'register-security-info' }
        : { application: c.application as ApplicationId },
    address,
    clientType: c.clientType as ClientType,
    registrable: c.registrable.map(name => offer[name]),
    ...(Object.keys(demanded).length === 0 ? {} : { demanded }),
    ...(c.since === undefined ? {} : { since: c.since }),
    ...(c.recoveryCodes === undefined ? {} : { recoveryCodes: c.recoveryCodes }),
  };
}

const answerOf = (d: Decision): Answer => ({
  outcome: d.outcome,
  methods: d.outcome === 'ask' || d.outcome === 'register' ? [...d.methods].sort() : [],
  because: d.because.map(p => p.id),
  reportOnly: d.reportOnly.map(r => r.outcome),
});

test(`${rounds * requestsPerRound} random policies and contexts get the verdict of a slow reference model`, () => {
  const make = maker(random(20_260_404));
  const seen = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const raw = make.policies();
    const policies = compilePolicies(raw, locations, [custom]);
    for (let i = 0; i < requestsPerRound; i += 1) {
      const c = make.context(raw);
      const request = requestOf(c);
      const evidence = c.shown.map(s => ({ ...offer[s.name], at: s.at }));
      const offers = c.offers.map(name => offer[name]);
      const decision = decide(policies, request, evidence, offers, now);
      const at = () => JSON.stringify(c, null, 1);

      assert.deepEqual(answerOf(decision), reference(c), at());
      assert.deepEqual(decision, decide(policies, request, evidence, offers, now));
      assert.deepEqual(decision.faults, []);
      if (decision.outcome === 'ask' || decision.outcome === 'register') {
        assert.ok(decision.methods.length > 0 && decision.missing.length > 0, at());
      }
      if (decision.outcome === 'grant') {
        assert.ok(satisfiesAcr(decision.assurance.acr, evidence) || decision.assurance.acr === '0', at());
      }
      const rows = explain(policies, request, evidence, offers, now);
      const applied = rows.filter(r => r.state === 'enabled' && r.applies);
      if (decision.outcome === 'grant')
        assert.deepEqual(
          applied.map(r => r.policy),
          decision.because,
        );
      else
        assert.ok(
          decision.because.every(p => applied.some(r => r.policy === p && r.met === false)),
          at(),
        );
      seen.set(decision.outcome, (seen.get(decision.outcome) ?? 0) + 1);
    }
  }
  for (const outcome of ['grant', 'ask', 'register', 'block', 'unmet']) {
    assert.ok((seen.get(outcome) ?? 0) > 500, `${outcome}: ${seen.get(outcome)}`);
  }
});

test('another policy never lets anybody in who was not let in without it', () => {
  const make = maker(random(7));
  for (let round = 0; round < 4_000; round += 1) {
    const raw = make.policies();
    const c = make.context(raw);
    const evidence = c.shown.map(s => ({ ...offer[s.name], at: s.at }));
    const outcome = (some: readonly RawPolicy[]) =>
      decide(compilePolicies(some, locations, [custom]), requestOf(c), evidence, [], now).outcome;
    if (outcome(raw) !== 'grant') continue;
    for (const left of raw.keys()) assert.equal(outcome(raw.filter((_, i) => i !== left)), 'grant');
  }
});

test('whatever garbage stands for policies, nothing is thrown, and what cannot be read lets nobody in', () => {
  const { pick } = random(11);
  const make = maker(random(12));
  const junk: readonly unknown[] = [undefined, null, 0, '', 'All', [], {}, ['all'], true, Number.NaN];
  const spoil = (value: unknown): unknown => {
    if (pick(6) === 0) return junk[pick(junk.length)];
    if (Array.isArray(value)) return value.map(spoil);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [pick(30) === 0 ? `${key}s` : key, spoil(inner)]),
    );
  };
  let unread = 0;
  for (let round = 0; round < 5_000; round += 1) {
    const raw = make.policies();
    const c = make.context(raw);
    const policies = compilePolicies(raw.map(spoil), locations.map(spoil), [spoil(custom)]);
    const evidence = [
      { ...offer.password, at: now },
      { ...offer.passkey, at: now },
    ];
    const decision = decide(policies, requestOf(c), evidence, [], now);
    const broken = decision.faults.some(f =>
      policies.all.some(p => p.ref === f.policy && p.state === 'enabled'),
    );
    if (!broken) continue;
    unread += 1;
    assert.equal(decision.outcome, 'block');
  }
  assert.ok(unread > 1000);
});
